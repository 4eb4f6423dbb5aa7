//! The formats of `--report FORMAT=PATH`, a row each.

use std::{
    collections::HashSet,
    fmt, io,
    path::{Path, PathBuf},
    str::FromStr,
};

use super::{
    FinalReport, Report,
    file::{LineFile, ReportFile},
    final_report::Render,
    github::github,
    html::html,
    json::json,
    junit::junit,
    markdown::markdown,
    ndjson::Ndjson,
    sarif::sarif,
    trace::trace,
    wptreport::WptReport,
};
use crate::words::words;

words! {
    /// The formats of reports that are files.
    pub(crate) Format {
        /// A page for people.
        Html = "html",
        /// The events themselves: `corsproof/events/1`.
        Ndjson = "ndjson",
        /// For programs: `corsproof/run/1`.
        Json = "json",
        /// For CI servers.
        JUnit = "junit",
        /// Annotations of GitHub Actions.
        GitHub = "github",
        /// For pull requests and step summaries.
        Markdown = "markdown",
        /// For code scanning.
        Sarif = "sarif",
        /// For the dashboards of web-platform-tests.
        WptReport = "wptreport",
        /// A timeline, for browsers to show.
        Trace = "trace",
    }
}

/// The facts about a format.
struct Row {
    writer: Writer,
    stdout: StandardOutput,
    /// Why it is no report of a check, where it is none.
    no_check: Option<&'static str>,
}

/// How a format turns events into text.
enum Writer {
    /// As a text, when the run is over.
    Whole(Render),
    /// Event by event, by its own [`Report`].
    Own(fn(&Path) -> io::Result<Box<dyn Report>>),
}

/// Whether a report may share standard output with the text for people.
#[derive(PartialEq, Eq)]
enum StandardOutput {
    /// Standard output stays for people, so the report needs a file.
    ForPeopleAlone,
    /// The format may stand beside the text for people.
    Shared,
}

impl Row {
    /// The usual: a text for a file.
    const fn whole(render: Render) -> Self {
        Self { writer: Writer::Whole(render), stdout: StandardOutput::ForPeopleAlone, no_check: None }
    }
}

impl Format {
    fn row(self) -> Row {
        match self {
            Self::Html => Row::whole(html),
            Self::Ndjson => Row {
                writer: Writer::Own(|path| Ok(Box::new(Ndjson::new(LineFile::create(path)?)))),
                stdout: StandardOutput::ForPeopleAlone,
                no_check: None,
            },
            Self::Json => Row::whole(json),
            Self::JUnit => Row::whole(junit),
            Self::GitHub => {
                Row { writer: Writer::Whole(github), stdout: StandardOutput::Shared, no_check: None }
            }
            Self::Markdown => Row::whole(markdown),
            Self::Sarif => Row::whole(sarif),
            Self::Trace => Row::whole(trace),
            Self::WptReport => Row {
                writer: Writer::Own(|path| Ok(Box::new(WptReport::create(path)?))),
                stdout: StandardOutput::ForPeopleAlone,
                no_check: Some(
                    "wptreport lays a run of the suite beside other suites; a check of a server has no place there",
                ),
            },
        }
    }
}

/// A report that the user asked for: its format and its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReportRequest {
    pub format: Format,
    /// The path to write to; `-` is standard output.
    pub path: PathBuf,
}

impl ReportRequest {
    /// The JSON on standard output, where that is for a program.
    pub(crate) fn json() -> Self {
        Self { format: Format::Json, path: STANDARD_OUTPUT.into() }
    }

    /// Opens the report, before anything runs.
    ///
    /// # Errors
    /// Where its file cannot be written.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Report>> {
        match self.format.row().writer {
            Writer::Whole(render) => Ok(Box::new(FinalReport::new(render, ReportFile::create(&self.path)?))),
            Writer::Own(create) => create(&self.path),
        }
    }

    /// Whether the report goes to standard output.
    pub(crate) fn is_for_standard_output(&self) -> bool {
        self.path == Path::new(STANDARD_OUTPUT)
    }

    /// Makes sure that standard output is left to people: annotations alone may stand between what they read.
    ///
    /// # Errors
    /// With what to write instead.
    pub(crate) fn leave_standard_output(requests: &[Self]) -> Result<(), String> {
        let is_in_the_way = |request: &&Self| {
            request.is_for_standard_output() && request.format.row().stdout == StandardOutput::ForPeopleAlone
        };
        match requests.iter().find(is_in_the_way) {
            Some(other) => {
                let name = other.format.word();
                let text = "and 'corsproof report' renders it later";
                Err(format!("standard output is for people; write {name}=PATH, {text}"))
            }
            None => Ok(()),
        }
    }

    /// Makes sure that each report can be one of a check.
    ///
    /// # Errors
    /// With why one cannot.
    pub(crate) fn check_formats(requests: &[Self]) -> Result<(), String> {
        match requests.iter().find_map(|request| request.format.row().no_check) {
            Some(why) => Err(why.to_owned()),
            None => Ok(()),
        }
    }

    /// Makes sure that each report has a file of its own.
    ///
    /// # Errors
    /// With the path that is named twice.
    pub(crate) fn check_paths(requests: &[Self]) -> Result<(), String> {
        let mut paths = HashSet::new();
        match requests.iter().find(|request| !paths.insert(&request.path)) {
            Some(twice) => {
                Err(format!("two reports cannot both be {}; name another file", twice.path.display()))
            }
            None => Ok(()),
        }
    }
}

/// The path that is no file.
pub(super) const STANDARD_OUTPUT: &str = "-";

/// A text that asks for no report.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadReportRequest {
    /// The text has no `=`.
    #[error("write FORMAT=PATH, for instance json=run.json; formats are {known}", known = known())]
    NoFormat,
    /// Nothing follows the `=`.
    #[error("no path after '{0}='; write {0}=PATH")]
    NoPath(&'static str),
    /// A format that there is not.
    #[error("there is no format called '{0}'; formats are {known}", known = known())]
    UnknownFormat(String),
}

fn known() -> String {
    Format::WORDS.join(", ")
}

impl FromStr for ReportRequest {
    type Err = BadReportRequest;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, path) = text.split_once('=').ok_or(BadReportRequest::NoFormat)?;
        let format =
            Format::from_word(name).ok_or_else(|| BadReportRequest::UnknownFormat(name.to_owned()))?;
        if path.is_empty() {
            return Err(BadReportRequest::NoPath(format.word()));
        }
        Ok(Self { format, path: path.into() })
    }
}

impl fmt::Display for ReportRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.format.word(), self.path.display())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("json=run.json", Ok(ReportRequest { format: Format::Json, path: "run.json".into() }))]
    #[case("junit=a=b.xml", Ok(ReportRequest { format: Format::JUnit, path: "a=b.xml".into() }))]
    #[case("run.json", Err(BadReportRequest::NoFormat))]
    #[case("json=", Err(BadReportRequest::NoPath("json")))]
    #[case("yaml=x", Err(BadReportRequest::UnknownFormat("yaml".to_owned())))]
    #[case("JSON=x", Err(BadReportRequest::UnknownFormat("JSON".to_owned())))]
    fn requests_are_read(#[case] text: &str, #[case] expected: Result<ReportRequest, BadReportRequest>) {
        assert_eq!(text.parse(), expected);
    }

    #[test]
    fn an_unknown_format_lists_the_known_ones() {
        let error = "yaml=x".parse::<ReportRequest>().expect_err("no such format");
        assert_eq!(
            error.to_string(),
            "there is no format called 'yaml'; formats are html, ndjson, json, junit, github, markdown, sarif, wptreport, trace"
        );
    }
}
