//! Header names, values and lists, <https://fetch.spec.whatwg.org/#terminology-headers>.
//!
//! Values are isomorphic text: U+0000 to U+00FF stand for one byte each.

/// The `token` production of HTTP, which methods and header names match.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// <https://fetch.spec.whatwg.org/#http-tab-or-space>
fn is_http_tab_or_space(c: char) -> bool {
    matches!(c, '\t' | ' ')
}

/// <https://fetch.spec.whatwg.org/#http-whitespace>
fn is_http_whitespace(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' ')
}

/// <https://fetch.spec.whatwg.org/#header-name>
pub fn is_header_name(name: &str) -> bool {
    is_token(name)
}

/// <https://fetch.spec.whatwg.org/#header-value>
pub fn is_header_value(value: &str) -> bool {
    !value.starts_with(is_http_tab_or_space)
        && !value.ends_with(is_http_tab_or_space)
        && value.chars().all(|c| !matches!(c, '\0' | '\n' | '\r') && u32::from(c) <= 0xFF)
}

/// <https://fetch.spec.whatwg.org/#concept-header-value-normalize>
pub fn normalize_value(value: &str) -> &str {
    value.trim_matches(is_http_whitespace)
}

/// <https://fetch.spec.whatwg.org/#concept-header-list>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderList(Vec<(String, String)>);

impl HeaderList {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// The fields in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// <https://fetch.spec.whatwg.org/#header-list-contains>
    pub fn contains(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    /// <https://fetch.spec.whatwg.org/#concept-header-list-get>: the values joined with `, `.
    pub fn get(&self, name: &str) -> Option<String> {
        self.contains(name).then(|| self.values(name).collect::<Vec<_>>().join(", "))
    }

    /// <https://fetch.spec.whatwg.org/#concept-header-list-append>: takes over the spelling of a name that
    /// is there already.
    pub fn append(&mut self, name: &str, value: &str) {
        let name = self
            .0
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map_or_else(|| name.to_owned(), |(other, _)| other.clone());
        self.0.push((name, value.to_owned()));
    }

    /// <https://fetch.spec.whatwg.org/#concept-header-list-delete>
    pub fn delete(&mut self, name: &str) {
        self.0.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    }

    /// <https://fetch.spec.whatwg.org/#concept-header-list-combine>: what an XHR's `setRequestHeader()` does.
    pub fn combine(&mut self, name: &str, value: &str) {
        match self.0.iter_mut().find(|(other, _)| other.eq_ignore_ascii_case(name)) {
            Some((_, first)) => *first = format!("{first}, {value}"),
            None => self.0.push((name.to_owned(), value.to_owned())),
        }
    }

    /// The value of each field called `name`, in order.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// <https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine>, but for `Set-Cookie`, which no
    /// caller lets through.
    pub fn sort_and_combine(&self) -> std::collections::BTreeMap<String, String> {
        convert_header_names_to_a_sorted_lowercase_set(self.0.iter().map(|(name, _)| name.as_str()))
            .into_iter()
            .filter_map(|name| self.get(&name).map(|value| (name, value)))
            .collect()
    }
}

impl FromIterator<(String, String)> for HeaderList {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

/// <https://fetch.spec.whatwg.org/#convert-header-names-to-a-sorted-lowercase-set>
pub fn convert_header_names_to_a_sorted_lowercase_set<'a>(
    names: impl IntoIterator<Item = &'a str>,
) -> std::collections::BTreeSet<String> {
    names.into_iter().map(str::to_ascii_lowercase).collect()
}

/// The failure of <https://fetch.spec.whatwg.org/#extract-header-list-values>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unparsable;

/// <https://fetch.spec.whatwg.org/#extract-header-list-values> for headers whose ABNF is a list of tokens
/// (Access-Control-Allow-Methods, -Allow-Headers and -Expose-Headers, <https://fetch.spec.whatwg.org/#http-new-header-syntax>).
/// `None` where the list has no such header.
///
/// # Errors
/// [`Unparsable`] where any of the fields does not match its ABNF.
pub fn extract_header_list_values(name: &str, list: &HeaderList) -> Result<Option<Vec<String>>, Unparsable> {
    // 1. Null if the header is not there.
    if !list.contains(name) {
        return Ok(None);
    }
    // 2. Omitted: none of these headers allows just one value.
    // 3.-4. The members of each field, in order.
    let mut values = Vec::new();
    for value in list.values(name) {
        values.extend(list_of_tokens(value)?);
    }
    Ok(Some(values))
}

/// HTTP's `#rule`: members separated by commas, with optional white space; empty members do not count.
fn list_of_tokens(value: &str) -> Result<Vec<String>, Unparsable> {
    value
        .split(',')
        .map(|member| member.trim_matches(is_http_tab_or_space))
        .filter(|member| !member.is_empty())
        .map(|member| if is_token(member) { Ok(member.to_owned()) } else { Err(Unparsable) })
        .collect()
}

/// The same for Access-Control-Max-Age, whose ABNF is `delta-seconds` and allows one field alone.
///
/// # Errors
/// [`Unparsable`] where there are several fields, or one that is not all digits.
pub fn extract_max_age(list: &HeaderList) -> Result<Option<u64>, Unparsable> {
    let mut values = list.values("Access-Control-Max-Age");
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(_), Some(_)) => Err(Unparsable),
        (Some(value), None) if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
            // More seconds than fit are more than any limit that a user agent imposes.
            Ok(Some(value.parse().unwrap_or(u64::MAX)))
        }
        (Some(_), None) => Err(Unparsable),
    }
}
