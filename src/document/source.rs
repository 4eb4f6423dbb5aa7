//! The text of a document, and its lines and spans.

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use miette::NamedSource;

/// A range of bytes in a file's text.
pub(crate) type Span = Range<usize>;

/// A case file: its name for people, its part of every identity, its text.
#[derive(Debug)]
pub(crate) struct Source {
    /// The path, as the user named it or as the search found it.
    pub(crate) path: PathBuf,
    /// The file's identity: `folder/file`, without extension.
    pub(crate) id: String,
    named: NamedSource<String>,
    shared: Arc<str>,
}

impl Source {
    pub(crate) fn new(path: &Path, id: String, text: String) -> Self {
        let shared = Arc::from(text.as_str());
        let named = NamedSource::new(path.display().to_string(), text);
        Self { path: path.to_owned(), id, named, shared }
    }

    /// The whole text, shared instead of copied.
    pub(crate) fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.shared)
    }

    pub(crate) fn text(&self) -> &str {
        self.named.inner()
    }

    /// The text with its path, for miette's excerpts.
    pub(crate) fn named(&self) -> &NamedSource<String> {
        &self.named
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.text().bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
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
