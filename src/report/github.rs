//! Annotations for GitHub Actions: what differs or failed, on the line of its case; what a check found, on the line of
//! the policy it is about.
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::{collections::BTreeMap, io};

use browsers::Engine;

use super::words::{self, counted};
use crate::{
    judge::Verdict,
    printable::{printable, printable_lines},
    stream::{CaseRecord, CheckedFile, Expectedness, ResultRecord, Run, SourceFile},
};

/// How many causes an annotation tells.
const WHYS: usize = 3;

/// The level of an annotation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Notice,
    Warning,
    Error,
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The differences or failures of one case in some engines: one annotation, since GitHub shows only the first few
/// of a step.
struct Annotation<'a> {
    case: &'a CaseRecord,
    level: Level,
    engines: Vec<(Engine, &'static str)>,
    /// Each remark, and the browsers for which it is true.
    lines: Vec<(String, Vec<String>)>,
}

/// The annotations of a run, a line each.
///
/// # Errors
/// None.
pub(crate) fn github(run: &Run) -> io::Result<String> {
    let mut text = String::new();
    for (engine, of_engine) in &run.engines {
        if let Some(why) = &of_engine.failure {
            let title = property(&format!("{engine} gave up"));
            text.push_str(&format!("::error title={title}::{}\n", data(why)));
        }
    }
    for annotation in annotations(run) {
        let case = annotation.case;
        let file = run.file(case).map_or(case.file.as_str(), |file| file.public_path());
        let place = Place { file, line: case.line };
        text.push_str(&line(annotation.level, &place, &annotation.title(), &annotation.text()));
    }
    for checked in &run.checks {
        let file = run.policy_file(checked).map_or(checked.file.as_str(), SourceFile::public_path);
        of_check(&mut text, checked, file);
    }
    Ok(text)
}

/// The lines of a file that an annotation is attached to.
struct Place<'a> {
    file: &'a str,
    line: usize,
}

fn line(level: Level, place: &Place<'_>, title: &str, text: &str) -> String {
    format!(
        "::{} file={},line={},title={}::{}\n",
        level.word(),
        property(place.file),
        place.line,
        property(title),
        data(text),
    )
}

/// Writes the annotations of a policy file's findings, except those that the file expects.
fn of_check(text: &mut String, checked: &CheckedFile, file: &str) {
    if let Some(why) = &checked.no_server {
        text.push_str(&line(Level::Error, &Place { file, line: 1 }, "not checked", &printable_lines(why)));
    }
    for finding in &checked.findings {
        let level = match finding.expectation {
            Expectedness::Unexpected => Level::Error,
            Expectedness::Tolerated => Level::Notice,
            Expectedness::Expected => continue,
        };
        let engines: Vec<&str> = finding.engines.iter().map(|engine| engine.name()).collect();
        let title = format!(
            "{}: {} of {} in {}",
            finding.severity.word(),
            finding.kind.word(),
            finding.path,
            engines.join(", ")
        );
        let lines = [&finding.found, &finding.means, &finding.change].map(|line| printable(line));
        text.push_str(&line(level, &Place { file, line: finding.line }, &title, &lines.join("\n")));
    }
    if !checked.unobserved.is_empty() {
        let title = format!("{} could not be observed", counted(checked.unobserved.len(), "case"));
        let mut whys: Vec<String> =
            checked.unobserved.iter().map(|case| printable_lines(&case.why)).collect();
        whys.dedup();
        whys.truncate(WHYS);
        text.push_str(&line(Level::Error, &Place { file, line: 1 }, &title, &whys.join("\n")));
    }
    for vanished in &checked.vanished {
        let title = format!("expected and not found: {}", vanished.kind.word());
        let what = "The file says that this must be found. Take the [[expect]] out if it is mended.";
        text.push_str(&line(Level::Error, &Place { file, line: vanished.line }, &title, what));
    }
}

/// One a case, the errors first.
fn annotations(run: &Run) -> Vec<Annotation<'_>> {
    let mut by_case: BTreeMap<usize, Annotation<'_>> = BTreeMap::new();
    for (case, result) in run.results() {
        let Some((level, what)) = told(result) else { continue };
        // What those show is told by the findings.
        if run.is_of_check(case) {
            continue;
        }
        let place = run.cases.iter().position(|other| other.id == case.id).unwrap_or(usize::MAX);
        let annotation = by_case.entry(place).or_insert_with(|| Annotation {
            case,
            level,
            engines: Vec::new(),
            lines: Vec::new(),
        });
        annotation.level = annotation.level.max(level);
        if !annotation.engines.contains(&(result.engine, what)) {
            annotation.engines.push((result.engine, what));
        }
        let browser = browser(run, result.engine);
        for line in lines(result) {
            match annotation.lines.iter_mut().find(|(known, _)| *known == line) {
                Some((_, browsers)) => browsers.push(browser.clone()),
                None => annotation.lines.push((line, vec![browser.clone()])),
            }
        }
    }
    let mut annotations: Vec<_> = by_case.into_values().collect();
    annotations.sort_by_key(|annotation| std::cmp::Reverse(annotation.level));
    annotations
}

/// An engine and its version, as `firefox 153.7.0`.
fn browser(run: &Run, engine: Engine) -> String {
    let version = run.engines.get(&engine).and_then(|of_engine| of_engine.version.as_deref());
    version.map_or_else(|| engine.to_string(), |version| format!("{engine} {version}"))
}

/// Whether a result is annotated, and what it did. Known differences would drown the others.
fn told(result: &ResultRecord) -> Option<(Level, &'static str)> {
    match &result.verdict {
        Verdict::Differs { .. } => Some((Level::Error, "differs")),
        Verdict::Failed { .. } => Some((Level::Error, "could not be observed")),
        _ if result.is_flaky() => Some((Level::Warning, "is flaky")),
        Verdict::Agrees | Verdict::Known { .. } | Verdict::NotApplicable { .. } => None,
    }
}

fn lines(result: &ResultRecord) -> Vec<String> {
    match &result.verdict {
        Verdict::Differs { differences } => {
            differences.iter().map(|difference| printable(&words::difference(difference))).collect()
        }
        Verdict::Failed { why } => vec![why.clone()],
        Verdict::Agrees | Verdict::Known { .. } | Verdict::NotApplicable { .. } => vec![words::flaky(result)],
    }
}

impl Annotation<'_> {
    /// The remarks with their browsers, and where to read on.
    fn text(&self) -> String {
        let mut lines: Vec<String> =
            self.lines.iter().map(|(line, browsers)| format!("{} ({})", line, browsers.join(", "))).collect();
        lines.push(format!("{} · {}", self.case.id, self.case.spec));
        lines.join("\n")
    }

    /// `differs in chromium, webkit; could not be observed in firefox`
    fn title(&self) -> String {
        let mut whats: Vec<(&str, Vec<&str>)> = Vec::new();
        for (engine, what) in &self.engines {
            match whats.iter_mut().find(|(known, _)| known == what) {
                Some((_, engines)) => engines.push(engine.name()),
                None => whats.push((what, vec![engine.name()])),
            }
        }
        let parts = whats.iter().map(|(what, engines)| format!("{what} in {}", engines.join(", ")));
        parts.collect::<Vec<_>>().join("; ")
    }
}

/// A text as a command's message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as a command's property.
fn property(text: &str) -> String {
    data(&printable(text)).replace(':', "%3A").replace(',', "%2C")
}
