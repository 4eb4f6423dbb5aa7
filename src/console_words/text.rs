//! Text that was copied from a console, made one line.

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;

static ESCAPES: LazyLock<Regex> = LazyLock::new(|| Regex::new("\u{1b}\\[[0-9;]*m").expect("a regex"));

/// `text` on one line, with straight quotes and single spaces: consoles, terminals and chats wrap lines, curl quotes and
/// put marks of their own in front of lines.
pub(super) fn one_line(text: &str) -> String {
    let text: Cow<'_, str> = ESCAPES.replace_all(text, "");
    let mut line = String::with_capacity(text.len());
    for part in text.lines() {
        let part = part.trim_start_matches(|char: char| char.is_whitespace() || ">│|".contains(char));
        // A word that was broken at its hyphen, as Access-Control-Allow-Origin is.
        let continues = line.ends_with("- ") && part.starts_with(|char: char| char.is_alphabetic());
        let is_within_word = line.trim_end_matches("- ").ends_with(|char: char| char.is_alphanumeric());
        if continues && is_within_word {
            line.pop();
        }
        for char in part.chars().filter_map(straight) {
            if !(char == ' ' && line.ends_with(' ')) {
                line.push(char);
            }
        }
        if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

/// The character as consoles write it; `None` for what has no width.
fn straight(char: char) -> Option<char> {
    match char {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' => Some('\''),
        '\u{201c}'..='\u{201f}' | '\u{2033}' => Some('"'),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        char if char.is_whitespace() => Some(' '),
        char => Some(char),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(
        "CORS header \u{2018}Access-Control-Allow-Origin\u{2019} missing",
        "CORS header 'Access-Control-Allow-Origin' missing"
    )]
    #[case("\u{201c}http://a\u{200b}.example/\u{201d}", "\"http://a.example/\"")]
    #[case("No 'Access-Control-Allow-\r\n    Origin' header", "No 'Access-Control-Allow-Origin' header")]
    #[case("> quoted\n> twice", "quoted twice")]
    #[case("a list - \nof things", "a list - of things")]
    #[case("\u{1b}[31mred\u{1b}[0m\u{a0}text\tand  more", "red text and more")]
    fn it_is_one_line(#[case] text: &str, #[case] line: &str) {
        assert_eq!(one_line(text).trim_end(), line);
    }
}
