//! Filters that select cases by their identities.

/// Selects cases by their identity: `*` is any text, everything else is literal. What names a folder,
/// a file or a case with a matrix selects all that is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filter(String);

impl Filter {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the filter selects the case with this identity.
    pub(crate) fn selects(&self, id: &str) -> bool {
        let inside = id.match_indices(['/', '[']).map(|(at, _)| &id[..at]);
        inside.chain([id]).any(|part| matches(&self.0, part))
    }
}

/// Whether `text` is `pattern` with each `*` replaced by any text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const ID: &str = "cors-check/allow-origin/other[value=https://a.example/]";

    #[rstest]
    #[case(ID, true)]
    #[case("*", true)]
    #[case("", false)]
    #[case("cors-check", true)]
    #[case("cors-check/", false)]
    #[case("cors", false)]
    #[case("cors*", true)]
    #[case("cors-check/allow-origin", true)]
    #[case("cors-check/allow-origin/other", true)]
    #[case("cors-check/allow-origin/oth", false)]
    #[case("*/allow-origin/*", true)]
    #[case("*value=https*", true)]
    #[case("*[value=?ttps*", false)]
    #[case("*a*a*a*", true)]
    #[case("*other*allow*", false)]
    #[case("*.example/]", true)]
    fn selects(#[case] filter: &str, #[case] expected: bool) {
        assert_eq!(Filter::new(filter).selects(ID), expected);
    }
}
