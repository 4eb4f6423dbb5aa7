//! `--report FORMAT=PATH`.

use std::{
    collections::HashSet,
    fmt, io,
    path::{Path, PathBuf},
    str::FromStr,
};

use super::{
    Report, Whole,
    file::{LineFile, ReportFile},
    github::github,
    html::html,
    json::json,
    junit::junit,
    markdown::markdown,
    ndjson::Ndjson,
    sarif::sarif,
    wptreport::WptReport,
};

/// The formats of reports that are files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The events themselves: `corsproof/events/1`.
    Ndjson,
    /// For programs: `corsproof/run/1`.
    Json,
    /// For CI servers.
    JUnit,
    /// Annotations of GitHub Actions.
    GitHub,
    /// For pull requests and step summaries.
    Markdown,
    /// For code scanning.
    Sarif,
    /// For the dashboards of web-platform-tests.
    WptReport,
    /// A page for people.
    Html,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Html,
        Self::Ndjson,
        Self::Json,
        Self::JUnit,
        Self::GitHub,
        Self::Markdown,
        Self::Sarif,
        Self::WptReport,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Json => "json",
            Self::JUnit => "junit",
            Self::GitHub => "github",
            Self::Markdown => "markdown",
            Self::Sarif => "sarif",
            Self::WptReport => "wptreport",
            Self::Html => "html",
        }
    }
}

/// A report that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRequest {
    /// How it is written.
    pub format: Format,
    /// Where; `-` is standard output.
    pub path: PathBuf,
}

impl ReportRequest {
    /// Opens the report, before anything runs.
    ///
    /// # Errors
    /// Where its file cannot be written.
    pub fn open(&self) -> io::Result<Box<dyn Report>> {
        let whole =
            |render| Ok(Box::new(Whole::new(render, ReportFile::create(&self.path)?)) as Box<dyn Report>);
        match self.format {
            Format::Ndjson => Ok(Box::new(Ndjson::new(LineFile::create(&self.path)?))),
            Format::Json => whole(json),
            Format::JUnit => whole(junit),
            Format::GitHub => whole(github),
            Format::Markdown => whole(markdown),
            Format::Html => whole(html),
            Format::Sarif => whole(sarif),
            Format::WptReport => Ok(Box::new(WptReport::create(&self.path)?)),
        }
    }

    /// Whether it goes to standard output.
    pub fn is_for_standard_output(&self) -> bool {
        self.path == Path::new(STANDARD_OUTPUT)
    }

    /// Makes sure that standard output is left to people: annotations alone may stand between what they read.
    ///
    /// # Errors
    /// With what to write instead.
    pub fn leave_standard_output(requests: &[Self]) -> Result<(), String> {
        let is_in_the_way =
            |request: &&Self| request.is_for_standard_output() && request.format != Format::GitHub;
        match requests.iter().find(is_in_the_way) {
            Some(other) => {
                let name = other.format.name();
                let text = "and 'corsproof report' renders it later";
                Err(format!("standard output is for people; write {name}=PATH, {text}"))
            }
            None => Ok(()),
        }
    }

    /// Makes sure that each report has a file of its own.
    ///
    /// # Errors
    /// With the path that is named twice.
    pub fn check_paths(requests: &[Self]) -> Result<(), String> {
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
pub enum BadReportRequest {
    /// There is no `=`.
    #[error("write FORMAT=PATH, for instance json=run.json; formats are {known}", known = known())]
    NoFormat,
    /// Nothing after the `=`.
    #[error("no path after '{0}='; write {0}=PATH")]
    NoPath(&'static str),
    /// A format that there is not.
    #[error("there is no format called '{0}'; formats are {known}", known = known())]
    UnknownFormat(String),
}

fn known() -> String {
    Format::ALL.map(Format::name).join(", ")
}

impl FromStr for ReportRequest {
    type Err = BadReportRequest;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, path) = text.split_once('=').ok_or(BadReportRequest::NoFormat)?;
        let format = Format::ALL
            .into_iter()
            .find(|format| format.name() == name)
            .ok_or_else(|| BadReportRequest::UnknownFormat(name.to_owned()))?;
        if path.is_empty() {
            return Err(BadReportRequest::NoPath(format.name()));
        }
        Ok(Self { format, path: path.into() })
    }
}

impl fmt::Display for ReportRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.format.name(), self.path.display())
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
            "there is no format called 'yaml'; formats are html, ndjson, json, junit, github, markdown, sarif, wptreport"
        );
    }
}
