//! Text from outside (a server, a browser, a file), made safe to print.

/// `text` with control and direction characters as `\u{1b}`, tabs as `\t`.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for char in text.chars() {
        if steers(char) {
            shown.extend(char.escape_default());
        } else {
            shown.push(char);
        }
    }
    shown
}

/// [`printable`] line by line.
pub(crate) fn printable_lines(text: &str) -> String {
    text.lines().map(printable).collect::<Vec<_>>().join("\n")
}

/// `text` with another character of the same length for each that steers a terminal, so that what is known by its
/// offset in bytes stays in its place. Line ends and tabs stay.
pub(crate) fn printable_in_place(text: &str) -> String {
    let stand_in = |char: char| match (char, char.len_utf8()) {
        ('\n' | '\r' | '\t', _) => char,
        (char, _) if !steers(char) => char,
        (_, 1) => '?',
        (_, 2) => '¿',
        _ => '\u{fffd}',
    };
    text.chars().map(stand_in).collect()
}

/// Whether a terminal obeys the character, or shows others elsewhere because of it.
pub(crate) fn steers(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("\u{1b}[31mred", r"\u{1b}[31mred")]
    #[case("a\tb\r\n\0", r"a\tb\r\n\u{0}")]
    #[case("\u{202e}gpj.exe", r"\u{202e}gpj.exe")]
    #[case("\u{9b}31m", r"\u{9b}31m")]
    #[case("Zürich \u{e9}", "Zürich é")]
    fn control_characters_are_shown_not_obeyed(#[case] text: &str, #[case] shown: &str) {
        assert_eq!(printable(text), shown);
    }

    #[rstest]
    #[case("a\u{1b}[31m\tb\r\n", "a?[31m\tb\r\n")]
    #[case("\u{9b}x\u{61c}", "¿x¿")]
    #[case("x\u{202e}y", "x\u{fffd}y")]
    fn stand_ins_keep_offsets(#[case] text: &str, #[case] shown: &str) {
        assert_eq!(printable_in_place(text), shown);
        assert_eq!(text.len(), shown.len());
    }
}
