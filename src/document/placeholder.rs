//! Placeholders: `{name}` in a text stands for a value of the case's matrix, or, in an answer, for
//! something that only the server knows when it is asked.

use std::ops::Range;

/// The placeholders that the server fills for each request.
pub(crate) const RUN_TIME: [&str; 7] = [
    "origin",
    "method",
    "cookie",
    "access-control-request-method",
    "access-control-request-headers",
    "token",
    "n",
];

/// The placeholders of a text, in order, each with its place (braces included). A name is lower-case
/// letters, digits and `-`, and begins with a letter; other braces are literal.
pub(crate) fn placeholders(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(open) = text[from..].find('{').map(|at| from + at) {
            from = open + 1;
            let length = text[from..].bytes().take_while(|byte| is_name_byte(*byte)).count();
            let end = from + length;
            if text.as_bytes().get(from).is_some_and(u8::is_ascii_lowercase) && text[end..].starts_with('}') {
                let name = &text[from..end];
                from = end + 1;
                return Some((open..from, name));
            }
        }
        None
    })
}

/// Whether a text can be a placeholder's name.
pub(crate) fn is_name(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_lowercase) && text.bytes().all(is_name_byte)
}

fn is_name_byte(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')
}

#[cfg(test)]
mod tests {
    use corsproof_fixture::Source;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("{a}", &["a"])]
    #[case("x{a}{b-2}y", &["a", "b-2"])]
    #[case("{{a}}", &["a"])]
    #[case("{ {a", &[])]
    #[case("{A} {} {2} {a b} {\"a\":1}", &[])]
    fn names(#[case] text: &str, #[case] expected: &[&str]) {
        assert!(placeholders(text).map(|(_, name)| name).eq(expected.iter().copied()));
    }

    #[test]
    fn places_hold_the_braces() {
        let text = "ä{a}-{b}";
        assert!(placeholders(text).map(|(place, _)| &text[place]).eq(["{a}", "{b}"]));
    }

    #[test]
    fn the_servers_fill_exactly_these() {
        let answer = |name: &str| Source::Text(format!("200\nX: {{{name}}}"));
        for name in RUN_TIME {
            assert_eq!(answer(name).check(), Ok(()), "{name}");
        }
        let error = answer("nothing").check().expect_err("no server fills this");
        let names = RUN_TIME.map(|name| format!("{{{name}}}")).join(", ");
        assert!(error.hint.contains(&names), "{}", error.hint);
    }
}
