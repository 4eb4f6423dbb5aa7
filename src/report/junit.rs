//! The report for CI servers: a suite an engine. A difference is a failure, what could not be observed
//! an error; known differences and cases that do not apply are skipped, and say why.

use std::io;

use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestSuite};

use super::{
    Report,
    difference::{self, Told},
    file::ReportFile,
    ink::Ink,
    sheet::{Sheet, printable},
    words,
};
use crate::{
    engine::Engine,
    judge::{Difference, Verdict},
    run::{CaseResult, Event},
};

/// Columns of a difference in a failure's text.
const WIDTH: usize = 100;

/// Collects a run and writes it as JUnit XML.
#[derive(Debug)]
pub struct JUnit {
    file: ReportFile,
    command: String,
    report: quick_junit::Report,
    suites: Vec<(Engine, TestSuite)>,
}

impl JUnit {
    /// Will write to `file`. `command`: what a case is added to, to run it alone.
    pub fn new(file: ReportFile, command: &str) -> Self {
        Self {
            file,
            command: command.to_owned(),
            report: quick_junit::Report::new("corsproof"),
            suites: Vec::new(),
        }
    }

    fn suite(&mut self, engine: Engine) -> &mut TestSuite {
        let index = self.suites.iter().position(|(known, _)| *known == engine).unwrap_or_else(|| {
            self.suites.push((engine, TestSuite::new(engine.name())));
            self.suites.len() - 1
        });
        &mut self.suites[index].1
    }
}

impl Report for JUnit {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::EngineStarted(info) => {
                let suite = self.suite(info.engine);
                // A browser that died has a successor of the same version.
                if suite.properties.is_empty() {
                    suite.add_property(Property::new("version", &info.version));
                }
            }
            Event::EngineFailed { engine, why } => {
                self.suite(*engine).set_system_err(printable(why));
            }
            Event::CaseFinished(result) => {
                let test_case = test_case(result, &self.command);
                self.suite(result.engine).add_test_case(test_case);
            }
            Event::EngineFinished { engine, duration } => {
                self.suite(*engine).set_time(*duration);
            }
            Event::Finished { duration, .. } => {
                self.report.set_time(*duration);
            }
            Event::Started { .. } | Event::Note { .. } => {}
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.report.add_test_suites(self.suites.into_iter().map(|(_, suite)| suite));
        let text = self.report.to_string().map_err(io::Error::other)?;
        self.file.write(text.as_bytes())
    }
}

fn test_case(result: &CaseResult, command: &str) -> TestCase {
    let case = &result.case;
    let mut test = TestCase::new(&case.id.0, status(result, command));
    test.set_classname(format!("{}.{}", result.engine, case.id.file()));
    test.set_time(result.duration);
    test.extra.insert("file".into(), case.place.file.display().to_string().into());
    test.extra.insert("line".into(), case.place.line.to_string().into());
    test
}

fn status(result: &CaseResult, command: &str) -> TestCaseStatus {
    let mut status = match &result.verdict {
        Verdict::Agrees => return TestCaseStatus::success(),
        Verdict::Differs { .. } => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Verdict::Failed { .. } => TestCaseStatus::non_success(NonSuccessKind::Error),
        Verdict::Known { .. } | Verdict::NotApplicable { .. } => TestCaseStatus::skipped(),
    };
    status.set_type(result.verdict.word());
    match &result.verdict {
        Verdict::Agrees => {}
        Verdict::Differs { differences } => {
            status.set_message(message(differences));
            let mut sheet = Sheet::new(Ink::Plain, WIDTH);
            let told = Told { engine: result.engine.name(), command };
            difference::render(&mut sheet, &told, result, differences);
            status.set_description(sheet.into_text());
        }
        Verdict::Known { note, link, since } => {
            status.set_message(printable(&format!("known: {note} (since {since}) {link}")));
        }
        Verdict::NotApplicable { why } => {
            status.set_message(printable(&format!("not applicable: {why}")));
        }
        Verdict::Failed { why } => {
            status.set_message(printable(why));
            status.set_description(format!(
                "{}:{}",
                result.case.place.file.display(),
                result.case.place.line
            ));
        }
    }
    status
}

/// All differences in a line: `read: author blocked, browser allowed`.
fn message(differences: &[Difference]) -> String {
    let parts: Vec<String> = differences
        .iter()
        .map(|Difference { field, expected, by, found, with }| {
            let (by, with) = (words::voice(*by), words::voice(*with));
            printable(&format!("{field}: {by} {expected}, {with} {found}"))
        })
        .collect();
    parts.join("; ")
}
