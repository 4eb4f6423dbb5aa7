//! Problems in documents, collected and reported with the text underlined.

use std::{
    collections::{BTreeSet, HashSet},
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use textwrap::{WordSeparator, WordSplitter};

use crate::{
    document::{
        pattern::Subject,
        shape::TableShape,
        source::{Source, Span},
        tree::Node,
    },
    printable::printable_lines,
};

/// One thing that is wrong: where, what was found, what was expected, what to do.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    message: String,
    subject: Subject,
    place: Place,
    labels: Vec<(Span, String)>,
    help: Option<String>,
}

#[derive(Clone, Debug)]
enum Place {
    Nowhere,
    Path(PathBuf),
    Source(Arc<Source>),
}

/// The longest message, in characters: what is quoted in it may be as long as a file.
const LONGEST_MESSAGE: usize = 500;

fn cut(message: String) -> String {
    match message.char_indices().nth(LONGEST_MESSAGE) {
        Some((at, _)) => format!("{}...", &message[..at]),
        None => message,
    }
}

impl Problem {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: printable_lines(&cut(message.into())),
            subject: Subject::Case,
            place: Place::Nowhere,
            labels: Vec::new(),
            help: None,
        }
    }

    /// Underlines a part of the file; the first part is the one whose line is named.
    #[must_use]
    pub(crate) fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        self.labels.push((span, printable_lines(&label.into())));
        self
    }

    /// Underlines a value, and where it is used if it comes from the matrix.
    #[must_use]
    pub(crate) fn at_node(self, node: &Node, label: impl Into<String>) -> Self {
        let blame = node.blame();
        let from_matrix = blame != node.span;
        let problem = self.at(blame, label);
        if from_matrix { problem.at(node.span.clone(), "used here") } else { problem }
    }

    /// Says what it is one of, where it is not how a case is written.
    #[must_use]
    pub(crate) fn about(mut self, subject: Subject) -> Self {
        self.subject = subject;
        self
    }

    /// Adds the advice that stands below the excerpt.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(printable_lines(&help.into()));
        self
    }

    /// A problem of a file or folder as such.
    #[must_use]
    pub(crate) fn of_path(mut self, path: &Path) -> Self {
        self.place = Place::Path(path.to_owned());
        self
    }

    #[must_use]
    pub(crate) fn of_source(mut self, source: &Arc<Source>) -> Self {
        self.place = Place::Source(Arc::clone(source));
        self
    }

    /// The file or folder with the problem.
    pub(crate) fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::Nowhere => None,
            Place::Path(path) => Some(path),
            Place::Source(source) => Some(&source.path),
        }
    }

    /// Whether the problem is about the file's content or about an unknown requirement.
    pub(crate) fn subject(&self) -> Subject {
        self.subject
    }

    fn order(&self) -> (Option<&Path>, usize) {
        (self.path(), self.labels.first().map_or(0, |(span, _)| span.start))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

impl Diagnostic for Problem {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        match &self.place {
            Place::Source(source) => Some(source.as_ref()),
            Place::Nowhere | Place::Path(_) => None,
        }
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = |(number, (span, text)): (usize, &(Span, String))| {
            let text = Some(text.clone()).filter(|text| !text.is_empty());
            if number == 0 {
                LabeledSpan::new_primary_with_span(text, span.clone())
            } else {
                LabeledSpan::new_with_span(text, span.clone())
            }
        };
        Some(Box::new(self.labels.iter().enumerate().map(label)))
    }
}

/// The problems found in one file so far. The same one is kept once, however many cases meet it
/// (through `defaults`, or in each variant of a matrix).
pub(crate) struct FileProblems {
    source: Arc<Source>,
    root: &'static TableShape,
    problems: Vec<Problem>,
    seen: HashSet<(usize, String)>,
}

impl FileProblems {
    /// `root`: the keys of such a file.
    pub(crate) fn new(source: &Arc<Source>, root: &'static TableShape) -> Self {
        Self { source: Arc::clone(source), root, problems: Vec::new(), seen: HashSet::new() }
    }

    /// The file that these problems are in.
    pub(crate) fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The keys of such a file.
    pub(crate) fn root(&self) -> &'static TableShape {
        self.root
    }

    pub(crate) fn report(&mut self, problem: Problem) {
        let problem = problem.of_source(&self.source);
        if self.seen.insert((problem.order().1, problem.message.clone())) {
            self.problems.push(problem);
        }
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

/// The number of problems that are drawn: nobody reads more before mending some.
const MOST_DRAWN: usize = 100;

/// Everything that is wrong in all files that were read, in their order; never empty.
#[derive(Debug)]
pub(crate) struct Problems(Vec<Problem>);

/// Whether problems are drawn in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    /// With ANSI colours.
    Colour,
}

impl Problems {
    pub(crate) fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort_by(|one, other| one.order().cmp(&other.order()));
        Self(problems)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// All of them as text for people, at most `width` columns wide, with a last line that counts them.
    pub(crate) fn render(&self, style: Style, width: usize) -> String {
        let theme = match style {
            Style::Plain => GraphicalTheme::unicode_nocolor(),
            Style::Colour => GraphicalTheme::unicode(),
        };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(width)
            .with_links(false)
            .with_break_words(false)
            .with_word_separator(WordSeparator::AsciiSpace)
            .with_word_splitter(WordSplitter::NoHyphenation);
        let mut text = String::new();
        for problem in self.0.iter().take(MOST_DRAWN) {
            if handler.render_report(&mut text, problem).is_err() {
                text.push_str(&problem.message);
            }
            text.push('\n');
        }
        if let Some(more) = self.count().checked_sub(MOST_DRAWN).filter(|more| *more > 0) {
            text.push_str(&format!("... and {more} more\n\n"));
        }
        text.push_str(&self.summary());
        text.push('\n');
        text
    }

    fn summary(&self) -> String {
        let files: BTreeSet<&Path> = self.0.iter().filter_map(Problem::path).collect();
        let count = |number: usize, thing: &str| match number {
            1 => format!("1 {thing}"),
            _ => format!("{number} {thing}s"),
        };
        format!("{} in {}", count(self.count(), "problem"), count(files.len(), "file"))
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Style::Plain, 100))
    }
}

impl std::error::Error for Problems {}
