//! What is printed for people, on its way to a terminal or to a CI's log.

use crate::{printable::steers, report::Ink};

/// Lines for people. Nothing in them that came from outside drives a terminal, or a runner of GitHub Actions, which
/// obeys what a step prints: a line that begins with `::`, and `##[` wherever it stands.
/// <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>
#[derive(Debug)]
pub(super) struct Sink {
    ink: Ink,
    reader: Reader,
    /// Whether nothing but blanks was printed since the line began.
    at_start: bool,
}

/// Who reads what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    Person,
    /// A runner of GitHub Actions, which obeys some lines.
    Runner,
}

impl Reader {
    /// The reader that the environment tells of.
    pub(super) fn of_environment() -> Self {
        match std::env::var_os("GITHUB_ACTIONS") {
            Some(value) if value == "true" => Self::Runner,
            _ => Self::Person,
        }
    }
}

impl Sink {
    pub(super) fn new(ink: Ink, reader: Reader) -> Self {
        Self { ink, reader, at_start: true }
    }

    /// The text as it may be printed: colours are kept where there are colours, other escapes are shown, and commands
    /// to a runner are broken by a backslash.
    pub(super) fn pass(&mut self, text: &str) -> String {
        let mut passed = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(char) = rest.chars().next() {
            let colour = match self.ink {
                Ink::Coloured => colour(rest),
                Ink::Plain => None,
            };
            if let Some(colour) = colour {
                passed.push_str(colour);
                rest = &rest[colour.len()..];
                continue;
            }
            if let Some(command) = self.command(rest) {
                passed.push_str(&command[..command.len() - 1]);
                passed.push('\\');
                passed.push_str(&command[command.len() - 1..]);
                rest = &rest[command.len()..];
                self.at_start = false;
                continue;
            }
            match char {
                '\n' | '\t' => passed.push(char),
                char if steers(char) => passed.extend(char.escape_default()),
                char => passed.push(char),
            }
            self.at_start = char == '\n' || (self.at_start && char.is_whitespace());
            rest = &rest[char.len_utf8()..];
        }
        passed
    }

    /// The beginning of a command to the runner.
    fn command<'a>(&self, text: &'a str) -> Option<&'a str> {
        let begins = |prefix: &str| text.starts_with(prefix).then(|| &text[..prefix.len()]);
        match self.reader {
            Reader::Person => None,
            Reader::Runner => begins("##[").or_else(|| begins("::").filter(|_| self.at_start)),
        }
    }
}

/// The escape sequence at the beginning of a text that sets a colour or a weight, ours or none.
/// <https://ecma-international.org/publications-and-standards/standards/ecma-48/>, SGR.
fn colour(text: &str) -> Option<&str> {
    let parameters = text.strip_prefix("\u{1b}[")?;
    let end = parameters.find(|char: char| !char.is_ascii_digit() && char != ';')?;
    let conceals = |code: &str| code.trim_start_matches('0') == "8";
    (parameters[end..].starts_with('m') && !parameters[..end].split(';').any(conceals))
        .then(|| &text[..text.len() - parameters.len() + end + 1])
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain(Ink::Plain, "\u{1b}[31mred\u{1b}[0m", r"\u{1b}[31mred\u{1b}[0m")]
    #[case::colour(Ink::Coloured, "\u{1b}[1;31mred\u{1b}[0m", "\u{1b}[1;31mred\u{1b}[0m")]
    #[case::concealed(Ink::Coloured, "\u{1b}[8mhidden", r"\u{1b}[8mhidden")]
    #[case::concealed_too(Ink::Coloured, "\u{1b}[1;08mhidden", r"\u{1b}[1;08mhidden")]
    #[case::title(Ink::Coloured, "\u{1b}]0;title\u{7}", r"\u{1b}]0;title\u{7}")]
    #[case::cleared(Ink::Coloured, "\u{1b}[2J\u{9b}2J", r"\u{1b}[2J\u{9b}2J")]
    #[case::direction(Ink::Coloured, "a\u{202e}b", r"a\u{202e}b")]
    #[case::lines(Ink::Plain, "a\tb\nc", "a\tb\nc")]
    #[case::returned(Ink::Plain, "good\rbad!", r"good\rbad!")]
    fn terminals_obey_nothing_but_colours(#[case] ink: Ink, #[case] text: &str, #[case] passed: &str) {
        assert_eq!(Sink::new(ink, Reader::Person).pass(text), passed);
    }

    #[rstest]
    #[case("::error::x", r":\:error::x")]
    #[case("a\n  ::add-mask::x", "a\n  :\\:add-mask::x")]
    #[case("a ::error::x", "a ::error::x")]
    #[case("a ##[error]x", r"a ##\[error]x")]
    #[case("## [x] :: y", "## [x] :: y")]
    fn runners_obey_nothing(#[case] text: &str, #[case] passed: &str) {
        assert_eq!(Sink::new(Ink::Plain, Reader::Runner).pass(text), passed);
        assert_eq!(Sink::new(Ink::Plain, Reader::Person).pass(text), text);
    }

    #[test]
    fn a_line_goes_on_in_the_next_piece() {
        let mut sink = Sink::new(Ink::Plain, Reader::Runner);
        assert_eq!(["a", "::b\n", " ", "::c"].map(|piece| sink.pass(piece)).concat(), "a::b\n :\\:c");
    }

    #[test]
    fn colour_does_not_hide_a_command() {
        let mut sink = Sink::new(Ink::Coloured, Reader::Runner);
        assert_eq!(sink.pass("\u{1b}[1m::error::x"), "\u{1b}[1m:\\:error::x");
    }
}
