//! Text laid out for a width: labels, hanging indents, rules.

use super::ink::{Ink, Tone};
use crate::printable::printable;

/// The column where labelled text begins.
const TEXT_COLUMN: usize = 16;

/// Text that grows line by line. Everything that comes from outside (a server, a browser, a file)
/// has its control characters made visible, so that no answer under test can drive the terminal.
#[derive(Debug)]
pub(crate) struct Sheet {
    ink: Ink,
    width: usize,
    text: String,
}

impl Sheet {
    /// An empty sheet for lines of `width` columns.
    pub(crate) fn new(ink: Ink, width: usize) -> Self {
        Self { ink, width: width.max(40), text: String::new() }
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Writes an empty line.
    pub(crate) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A line over the whole width.
    pub(crate) fn rule(&mut self) {
        let rule = "─".repeat(self.width);
        self.line(&[(Tone::Quiet, &rule)]);
    }

    /// One line in pieces, not wrapped.
    pub(crate) fn line(&mut self, pieces: &[(Tone, &str)]) {
        let mut line = String::new();
        for (tone, piece) in pieces {
            line.push_str(&self.ink.paint(*tone, &printable(piece)));
        }
        self.text.push_str(line.trim_end_matches(' '));
        self.text.push('\n');
    }

    /// Text from column `indent` on; lines that it does not fit are hung below its beginning.
    pub(crate) fn paragraph(&mut self, indent: usize, tone: Tone, text: &str) {
        let margin = " ".repeat(indent);
        for line in wrap(text, self.width.saturating_sub(indent)) {
            self.line(&[(Tone::Normal, &margin), (tone, &line)]);
        }
    }

    /// Writes a label in the margin and text beside it.
    pub(crate) fn labelled(&mut self, label: &str, tone: Tone, text: &str) {
        let margin = " ".repeat(TEXT_COLUMN);
        let mut label = format!("  {label:<width$}", width = TEXT_COLUMN - 2);
        for line in wrap(text, self.width.saturating_sub(TEXT_COLUMN)) {
            self.line(&[(Tone::Quiet, &label), (tone, &line)]);
            label.clone_from(&margin);
        }
    }

    /// Writes lines from column `indent` on, without wrapping.
    pub(crate) fn verbatim(&mut self, indent: usize, tone: Tone, text: &str) {
        let margin = " ".repeat(indent);
        for line in text.lines() {
            self.line(&[(Tone::Normal, &margin), (tone, line)]);
        }
    }

    /// More lines under a label, `deeper` columns to the right of its text.
    pub(crate) fn under(&mut self, deeper: usize, tone: Tone, text: &str) {
        self.paragraph(TEXT_COLUMN + deeper, tone, text);
    }
}

/// `text` in lines of at most `width` columns, broken at spaces. A URL stays whole even where it is
/// longer, so that it can be copied; any other word that is longer is cut.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines().map(printable) {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            add_word(&mut lines, &mut line, word, width);
        }
        lines.push(line);
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

fn add_word(lines: &mut Vec<String>, line: &mut String, word: &str, width: usize) {
    let length = word.chars().count();
    let may_be_cut = length > width && !word.contains("://");
    if !line.is_empty() {
        if !may_be_cut && line.chars().count() + 1 + length > width {
            lines.push(std::mem::take(line));
        } else {
            line.push(' ');
        }
    }
    for char in word.chars() {
        if may_be_cut && line.chars().count() >= width {
            lines.push(std::mem::take(line));
        }
        line.push(char);
    }
}

/// `text` cut after `most` characters, with what it measures in all.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most).collect();
    format!("{start}… ({length} characters in all)")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("one two three", 7, &["one two", "three"])]
    #[case("exact fit", 9, &["exact fit"])]
    #[case("see https://api.example.com/data now", 10, &["see", "https://api.example.com/data", "now"])]
    #[case("x: aaaaaaaa b", 5, &["x: aa", "aaaaa", "a b"])]
    #[case("two\nlines", 40, &["two", "lines"])]
    #[case("", 40, &[""])]
    #[case("größe über alles", 10, &["größe über", "alles"])]
    fn text_is_broken_at_spaces(#[case] text: &str, #[case] width: usize, #[case] lines: &[&str]) {
        assert_eq!(wrap(text, width), lines);
    }

    #[test]
    fn long_text_tells_its_length() {
        assert_eq!(shorten(&"a".repeat(1_024), 4), "aaaa… (1024 characters in all)");
        assert_eq!(shorten("aaaa", 4), "aaaa");
    }
}
