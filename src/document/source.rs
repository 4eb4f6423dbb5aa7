//! The text of a document, and its lines and spans.

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::printable::{printable, printable_in_place};

/// A range of bytes in a file's text.
pub(crate) type Span = Range<usize>;

/// A document: its name for people, its part of every identity, its text.
#[derive(Debug)]
pub(crate) struct Source {
    /// The path, as the user named it or as the search found it.
    pub(crate) path: PathBuf,
    /// The file's identity: `folder/file`, without extension.
    pub(crate) id: String,
    text: Arc<str>,
    /// The text and the path for excerpts: nothing in them drives a terminal.
    shown: Shown,
    /// The offset at which each line begins.
    lines: Vec<usize>,
}

impl Source {
    pub(crate) fn new(path: &Path, id: String, text: String) -> Self {
        let shown = Shown { path: printable(&path.display().to_string()), text: printable_in_place(&text) };
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        Self { path: path.to_owned(), id, text: Arc::from(text), shown, lines }
    }

    /// The whole text, shared instead of copied.
    pub(crate) fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset)
    }

    /// The last line, from 1, of a part of the file that is neither empty nor a comment: those belong to what follows.
    pub(crate) fn last_line(&self, part: Span) -> usize {
        let mut lines: Vec<&str> = self.text().get(part.clone()).unwrap_or_default().lines().collect();
        while lines.last().is_some_and(|line| line.trim().is_empty() || line.starts_with('#')) {
            lines.pop();
        }
        self.line(part.start) + lines.len().saturating_sub(1)
    }

    /// Where a part of a string's value stands in the file, given where the string itself stands.
    pub(crate) fn inside(&self, string: &Span, part: &Span) -> Span {
        let Some(written) = self.text().get(string.clone()) else { return string.clone() };
        let places = places_of(written);
        let place = |offset: usize| places.get(offset).or(places.last()).copied().unwrap_or(0);
        let (start, end) = (place(part.start), place(part.end));
        string.start + start..string.start + end.max(start)
    }
}

/// A text and its path as excerpts show them, byte for byte where they are in the document.
#[derive(Debug)]
struct Shown {
    path: String,
    text: String,
}

/// Excerpts. Only the lines around a span are looked at: a file may have thousands of problems.
impl SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let skipped = self.line(span.offset()).saturating_sub(1 + before);
        let start = self.lines[skipped];
        let following = self.line(span.offset() + span.len()) + after + 1;
        let end = self.lines.get(following).copied().unwrap_or(self.shown.text.len());
        let part = &self.shown.text[start..end];
        let read = part.read_span(&(span.offset() - start, span.len()).into(), before, after)?;
        let place = (read.span().offset() + start, read.span().len()).into();
        Ok(Box::new(MietteSpanContents::new_named(
            self.shown.path.clone(),
            &part.as_bytes()[read.span().offset()..][..read.span().len()],
            place,
            read.line() + skipped,
            read.column(),
            read.line_count() + skipped,
        )))
    }
}

/// For each byte of the value of a TOML string, and for its end, the byte of the string as written.
fn places_of(written: &str) -> Vec<usize> {
    let quote =
        ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| written.starts_with(quote)).unwrap_or("");
    let mut at = quote.len();
    if quote.len() == 3 {
        at += line_end(&written[at..]);
    }
    let end = written.len().saturating_sub(quote.len()).max(at);
    let mut places = Vec::with_capacity(end - at + 1);
    while at < end {
        let rest = &written[at..end];
        let (taken, given) = match rest.strip_prefix('\\') {
            Some(escape) if quote.starts_with('"') => read_escape(escape),
            _ => {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                (length, length)
            }
        };
        places.extend((0..given).map(|byte| at + byte.min(taken - 1)));
        at += taken;
    }
    places.push(end);
    places
}

/// How many bytes an escape takes (with its backslash), and how many it gives.
fn read_escape(after: &str) -> (usize, usize) {
    let digits = match after.chars().next() {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        Some(white) if white.is_ascii_whitespace() => {
            return (1 + after.len() - after.trim_ascii_start().len(), 0);
        }
        Some(other) => return (1 + other.len_utf8(), 1),
        None => return (1, 0),
    };
    let code = after.get(1..=digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    (2 + digits, code.and_then(char::from_u32).map_or(1, char::len_utf8))
}

/// The length of the line end that `text` begins with.
fn line_end(text: &str) -> usize {
    ["\r\n", "\n"].into_iter().find(|end| text.starts_with(end)).map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::basic(r#"s = "abc def""#, "def")]
    #[case::literal("s = 'abc def'", "def")]
    #[case::lines("s = \"\"\"\nabc\ndef\n\"\"\"", "def")]
    #[case::lines_of_dos("s = \"\"\"\r\nabc\r\ndef\r\n\"\"\"", "def")]
    #[case::escapes(r#"s = "\u00e4\t\\\"def\n""#, "def")]
    #[case::folded("s = \"\"\"abc \\\n   def\"\"\"", "def")]
    #[case::beyond_ascii("s = 'äöü def'", "def")]
    fn finds_a_part_of_a_string(#[case] text: &str, #[case] part: &str) {
        let tree = toml::de::DeTable::parse(text).expect("good TOML");
        let node = tree.get_ref().get("s").expect("s is there");
        let value = node.get_ref().as_str().expect("s is a string");
        let at = value.find(part).expect("the part is there");
        let source = Source::new(Path::new("a.toml"), "a".to_owned(), text.to_owned());
        let span = source.inside(&node.span(), &(at..at + part.len()));
        assert_eq!(&text[span], part);
    }
}
