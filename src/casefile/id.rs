//! A case's identity: stable, unique, readable.

use sha2::{Digest, Sha256};

use crate::{case::CaseId, casefile::matrix::Variant};

/// The longest value, in characters, that stands in an identity unabridged.
const LONGEST: usize = 40;

/// The identity of one variant: `folder/file/name[key=value,key=value]`.
pub(super) fn identity(base: &str, variant: &Variant) -> CaseId {
    if variant.values.is_empty() {
        return CaseId(base.to_owned());
    }
    let pairs: Vec<String> =
        variant.values.iter().map(|value| format!("{}={}", value.name, written(&value.text))).collect();
    CaseId(format!("{base}[{}]", pairs.join(",")))
}

/// A value as an identity shows it: as it is where that is short and plain, else a short hash.
fn written(value: &str) -> String {
    if value.is_empty() {
        return "''".to_owned();
    }
    if value.chars().count() <= LONGEST && is_plain(value) {
        return value.to_owned();
    }
    let digest = Sha256::digest(value.as_bytes());
    format!("~{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2])
}

/// Whether nothing in it is unprintable or means something else in an identity. A comma is plain
/// before a space: the one between two values has none after it.
fn is_plain(value: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"*._:/+;= -".contains(&byte);
    value.replace(", ", " ").bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::casefile::matrix::NamedValue;

    #[rstest]
    #[case("PUT", "PUT")]
    #[case("*", "*")]
    #[case("", "''")]
    #[case("GET, PUT", "GET, PUT")]
    #[case("GET,PUT", "~397dd6")]
    #[case("https://app.example.com/", "https://app.example.com/")]
    #[case("https://a-name-of-more-than-forty.example.com", "~c9b855")]
    #[case("a\tb", "~894891")]
    #[case("[x]", "~225893")]
    #[case("ä", "~33e6d7")]
    fn values(#[case] value: &str, #[case] expected: &str) {
        assert_eq!(written(value), expected);
    }

    #[test]
    fn pairs_in_the_order_of_the_file() {
        let value =
            |name: &str, text: &str| NamedValue { name: name.to_owned(), text: text.to_owned(), span: 0..0 };
        let variant = Variant { values: vec![value("b", "1"), value("a", "2")] };
        assert_eq!(identity("x/y/z", &variant).0, "x/y/z[b=1,a=2]");
        assert_eq!(identity("x/y/z", &Variant::default()).0, "x/y/z");
    }
}
