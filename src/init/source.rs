//! The source files of a project, as far as text shows what is in them: calls, their arguments, string literals.
//!
//! No parser of any language: what is written as the documentation of a framework writes it is found, and what is
//! computed is not.

use std::{
    collections::VecDeque,
    fs,
    ops::Range,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use regex::Regex;

use crate::input_file::{self, Accepted};

/// How many files of a project are read.
const FILES: usize = 300;
/// How many bytes a source file has at most; a longer one was not written by a person.
const LENGTH: u64 = 512 * 1024;
/// How deep below the folder is looked.
const DEPTH: usize = 6;

/// Folders in which no code of the project's own is.
const NOT_ITS_OWN: [&str; 11] = [
    "node_modules",
    "target",
    "dist",
    "build",
    "out",
    "coverage",
    "venv",
    "env",
    "__pycache__",
    "test",
    "tests",
];

/// A string literal, of any of the languages.
static LITERAL: LazyLock<Regex> =
    LazyLock::new(|| expression(r#""((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\$]|\\.)*)`"#));

/// A regular expression that is known to be one.
pub(super) fn expression(text: &str) -> Regex {
    Regex::new(text).expect("it is written here")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    JavaScript,
    Python,
    Rust,
}

impl Language {
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "js" | "mjs" | "cjs" | "ts" | "mts" | "cts" | "jsx" | "tsx" => Some(Self::JavaScript),
            "py" => Some(Self::Python),
            "rs" => Some(Self::Rust),
            _ => None,
        }
    }

    /// String literals, which stay, or comments, which go.
    fn literal_or_comment(self) -> &'static Regex {
        static C: LazyLock<Regex> = LazyLock::new(|| {
            expression(r#"(?s)("(?:[^"\\]|\\.)*?"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|//[^\n]*|/\*.*?\*/"#)
        });
        // An apostrophe may begin a lifetime.
        static RUST: LazyLock<Regex> =
            LazyLock::new(|| expression(r#"(?s)("(?:[^"\\]|\\.)*?"|'"')|//[^\n]*|/\*.*?\*/"#));
        // What stands in three quotation marks is prose.
        static PYTHON: LazyLock<Regex> = LazyLock::new(|| {
            expression(r#"(?s)""".*?"""|'''.*?'''|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|#[^\n]*"#)
        });
        match self {
            Self::JavaScript => &C,
            Self::Rust => &RUST,
            Self::Python => &PYTHON,
        }
    }
}

/// A file without its comments.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Where it is, from the project's folder.
    pub path: PathBuf,
    pub language: Language,
    pub text: String,
}

impl Source {
    pub(super) fn new(path: PathBuf, text: &str) -> Option<Self> {
        let language = Language::of(&path)?;
        let text = language.literal_or_comment().replace_all(text, "$1");
        // The tests of a Rust file stand at its end, and serve what nobody else does.
        let own = match language {
            Language::Rust => text.split("#[cfg(test)]").next().unwrap_or_default(),
            Language::JavaScript | Language::Python => &text,
        };
        Some(Self { path, language, text: own.to_owned() })
    }

    /// What `name` is set to, as `name = ...`; `None` where no line does.
    pub(super) fn initializer(&self, name: &str) -> Option<&str> {
        let is_name = |char: char| char.is_alphanumeric() || char == '_';
        if name.is_empty() || !name.chars().all(is_name) {
            return None;
        }
        let set = expression(&format!(r"\b{name}\s*(?::[^=\n]*)?=\s*"));
        let start = set
            .find_iter(&self.text)
            .map(|found| found.end())
            .find(|end| !self.text[*end..].starts_with(['=', '>']))?;
        Some(value_at(&self.text, start))
    }
}

/// The value that begins at `start`, up to the comma, semicolon or line end that ends it outside all brackets.
pub(super) fn value_at(text: &str, start: usize) -> &str {
    let mut depth = 0_usize;
    let mut literal: Option<char> = None;
    let mut is_escaped = false;
    for (offset, char) in text[start..].char_indices() {
        if let Some(quote) = literal {
            match char {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                _ if char == quote => literal = None,
                _ => {}
            }
            continue;
        }
        match char {
            '"' | '\'' | '`' => literal = Some(char),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return &text[start..start + offset],
            ')' | ']' | '}' => depth -= 1,
            ',' | ';' | '\n' if depth == 0 && offset > 0 => return &text[start..start + offset],
            _ => {}
        }
    }
    &text[start..]
}

/// The statement in which `start` is, from there to the semicolon or the bracket that ends it.
pub(super) fn statement_at(text: &str, start: usize) -> Range<usize> {
    let mut end = start;
    while end < text.len() {
        let value = value_at(text, end);
        end += value.len();
        match text[end..].chars().next() {
            Some(',' | '\n') => end += 1,
            _ => break,
        }
    }
    start..end
}

/// The range of what stands in the brackets whose opening one ends at `start`.
pub(super) fn in_brackets(text: &str, start: usize) -> Range<usize> {
    let mut end = start;
    while end < text.len() {
        let value = value_at(text, end);
        end += value.len();
        match text[end..].chars().next() {
            Some(',' | ';' | '\n') => end += 1,
            _ => break,
        }
    }
    start..end
}

/// The string literals in `text`.
pub(super) fn literals(text: &str) -> impl Iterator<Item = &str> {
    LITERAL
        .captures_iter(text)
        .filter_map(|found| (1..=3).find_map(|group| found.get(group)))
        .map(|found| found.as_str())
}

/// The source files of the project in `folder`, without its tests and what others wrote, those on top first.
pub(super) fn files(folder: &Path) -> Vec<Source> {
    let mut folders = VecDeque::from([(folder.to_owned(), 0)]);
    let mut found = Vec::new();
    while let Some((below, depth)) = folders.pop_front() {
        let Ok(entries) = fs::read_dir(&below) else { continue };
        let mut entries: Vec<fs::DirEntry> = entries.flatten().collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_own = !name.starts_with('.') && !NOT_ITS_OWN.contains(&name.as_str());
            match entry.file_type() {
                // A link may lead anywhere, also to a folder above.
                Ok(kind) if kind.is_dir() && is_own && depth < DEPTH => {
                    folders.push_back((entry.path(), depth + 1));
                }
                Ok(kind) if kind.is_file() && is_own => found.extend(read(folder, &entry.path())),
                _ => {}
            }
            if found.len() >= FILES {
                return found;
            }
        }
    }
    found
}

fn read(folder: &Path, path: &Path) -> Option<Source> {
    Language::of(path)?;
    let name = path.file_stem()?.to_str()?;
    if name.ends_with(".test") || name.ends_with(".spec") || name.starts_with("test_") {
        return None;
    }
    // A byte in another encoding, mostly in a comment, costs that byte alone.
    let bytes = input_file::read(path, Accepted::Regular, LENGTH).ok()?;
    Source::new(path.strip_prefix(folder).ok()?.to_owned(), &String::from_utf8_lossy(&bytes))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("a.js", "get('/a') // get('/b')\n/* get('/c') */ 'http://x'", "get('/a') \n 'http://x'")]
    #[case("a.py", "get(\"/a\")  # get('/b')\n'#no comment'", "get(\"/a\")  \n'#no comment'")]
    #[case("a.py", "\"\"\"\n@app.get('/prose')\n\"\"\"\nget('/a')", "\nget('/a')")]
    #[case("a.rs", "route(a);\n#[cfg(test)]\nmod tests { route(b) }", "route(a);\n")]
    #[case("a.rs", "fn of<'a>(x: &'a str) { \"//no\" } // gone", "fn of<'a>(x: &'a str) { \"//no\" } ")]
    fn comments_go_and_literals_stay(#[case] path: &str, #[case] text: &str, #[case] left: &str) {
        assert_eq!(Source::new(path.into(), text).expect("a source").text, left);
    }

    #[rstest]
    #[case("cors({ origin: ['a', 'b'], credentials: true })", "origin: ", "['a', 'b']")]
    #[case("x(origin: 'a,)b')", "origin: ", "'a,)b'")]
    #[case("let a = get(b).post(c);", "= ", "get(b).post(c)")]
    #[case("origins = [\n  \"a\",\n  \"b\"\n]\nmore", "= ", "[\n  \"a\",\n  \"b\"\n]")]
    fn a_value_ends_where_its_brackets_do(#[case] text: &str, #[case] after: &str, #[case] value: &str) {
        let start = text.find(after).expect("it is there") + after.len();
        assert_eq!(value_at(text, start), value);
    }

    #[test]
    fn arguments_are_what_stands_in_the_brackets() {
        let text = "route(\"/a\", get(b)\n  .post(c)); more(d)";
        assert_eq!(&text[in_brackets(text, 6)], "\"/a\", get(b)\n  .post(c)");
        // What is not closed ends with the text.
        assert_eq!(in_brackets("open(a, b", 5), 5..9);
        assert_eq!(&text[statement_at(text, 0)], "route(\"/a\", get(b)\n  .post(c))");
    }

    #[test]
    fn a_variable_is_found_by_what_sets_it() {
        let source =
            Source::new("a.ts".into(), "if (pages == 1) {}\nconst pages: string[] = ['a']\nuse(pages)")
                .expect("one");
        assert_eq!(source.initializer("pages"), Some("['a']"));
        assert_eq!(source.initializer("other"), None);
        assert_eq!(source.initializer("a.b("), None);
    }
}
