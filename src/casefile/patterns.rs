//! The forms of text that the keys of case files ask for.

use url::Url;

use super::requirements;
use crate::document::pattern::{Pattern, Placeholders, Subject, is_token};

pub(crate) static NAME: Pattern = Pattern {
    words: "lower-case letters, digits and -",
    expression: "^[a-z0-9-]+$",
    holds: |text| {
        !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    },
    subject: Subject::Case,
    placeholders: Placeholders::Forbidden,
};

pub(crate) static ANCHOR: Pattern = Pattern {
    words: "a URL with an anchor, as https://fetch.spec.whatwg.org/#cors-check",
    expression: "^https?://[^#]+#.+$",
    holds: |text| is_web_url(text) && text.split_once('#').is_some_and(|(_, anchor)| !anchor.is_empty()),
    subject: Subject::Case,
    placeholders: Placeholders::Allowed,
};

pub(crate) static REQUIREMENT: Pattern = Pattern {
    words: "the id of a requirement, R1 to R204",
    expression: "^R([1-9]|[1-9][0-9]|1[0-8][0-9]|19[0-9]|20[0-4])$",
    holds: requirements::is_known,
    subject: Subject::Requirement,
    placeholders: Placeholders::Allowed,
};

pub(crate) static LINK: Pattern = Pattern {
    words: "a URL, or the path of a file",
    expression: r"^(https?://\S+|[^\s:]+)$",
    holds: |text| is_web_url(text) || (!text.is_empty() && !text.contains([':', ' ', '\t', '\n'])),
    subject: Subject::Case,
    placeholders: Placeholders::Allowed,
};

pub(crate) static SENT: Pattern = Pattern {
    words: "\"METHOD\" or \"METHOD URL\"",
    expression: r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+( \S+)?$",
    holds: |text| {
        let (method, url) = text.split_once(' ').unwrap_or((text, "-"));
        is_token(method) && !url.is_empty() && !url.contains(char::is_whitespace)
    },
    subject: Subject::Case,
    placeholders: Placeholders::Allowed,
};

fn is_web_url(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && Url::parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::document::pattern::{METHOD, NOT_BLANK, holds_or_may};

    /// An editor, which has the expression, and the reader, which has the function, must agree.
    #[rstest]
    #[case(&NOT_BLANK, "a", true)]
    #[case(&NOT_BLANK, " \n", false)]
    #[case(&NAME, "not-listed-2", true)]
    #[case(&NAME, "Not", false)]
    #[case(&NAME, "a/b", false)]
    #[case(&NAME, "", false)]
    #[case(&ANCHOR, "https://fetch.spec.whatwg.org/#cors-check", true)]
    #[case(&ANCHOR, "https://fetch.spec.whatwg.org/#", false)]
    #[case(&ANCHOR, "fetch.spec.whatwg.org/#cors-check", false)]
    #[case(&REQUIREMENT, "R1", true)]
    #[case(&REQUIREMENT, "R99", true)]
    #[case(&REQUIREMENT, "R999", false)]
    #[case(&REQUIREMENT, "R01", false)]
    #[case(&REQUIREMENT, "R", false)]
    #[case(&LINK, "https://bugs.example/1", true)]
    #[case(&LINK, "docs/known/webkit.md", true)]
    #[case(&LINK, "bug 1", false)]
    #[case(&LINK, "ftp://bugs.example/1", false)]
    #[case(&METHOD, "M-SEARCH", true)]
    #[case(&METHOD, "GET ", false)]
    #[case(&SENT, "GET", true)]
    #[case(&SENT, "GET https://api.example.com/data", true)]
    #[case(&SENT, "GET  https://api.example.com/data", false)]
    #[case(&SENT, "GET a b", false)]
    #[case(&SENT, "", false)]
    fn expression_and_function_agree(#[case] pattern: &Pattern, #[case] text: &str, #[case] holds: bool) {
        assert_eq!((pattern.holds)(text), holds, "the function");
        let schema = json!({ "pattern": pattern.expression });
        assert_eq!(jsonschema::is_valid(&schema, &json!(text)), holds, "the expression");
    }

    /// The expression counts what the function looks up.
    #[test]
    fn the_expression_knows_the_last_requirement() {
        let last = requirements::REQUIREMENTS.iter().map(|section| section.requirements.len()).sum::<usize>();
        let schema = json!({ "pattern": REQUIREMENT.expression });
        for (number, holds) in [(last - 1, true), (last, true), (last + 1, false)] {
            let is_valid = jsonschema::is_valid(&schema, &json!(format!("R{number}")));
            assert_eq!(is_valid, holds, "R{number}: REQUIREMENT's expression must end with R{last}");
        }
        assert!(REQUIREMENT.words.ends_with(&format!("R1 to R{last}")), "so must its words: R{last}");
    }

    #[rstest]
    #[case(&REQUIREMENT, "{id}", true)]
    #[case(&NAME, "{id}", false)]
    #[case(&METHOD, "{Verb}", false)]
    fn a_placeholder_may_become_it(#[case] pattern: &Pattern, #[case] text: &str, #[case] may: bool) {
        assert_eq!(holds_or_may(pattern, text), may);
    }
}
