//! The report for CI servers: a suite an engine. A difference is a failure, what could not be observed
//! an error; known differences and cases that do not apply are skipped, and say why. Of a check: a suite a policy
//! file, a test case a point of its checklist.

use std::io;

use browsers::Engine;
use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestRerun, TestSuite};

use super::{
    COMMAND,
    difference::{self, ResultContext},
    ink::Ink,
    policy,
    sheet::Sheet,
    words,
};
use crate::{
    judge::{Difference, Verdict},
    printable::printable,
    stream::{CaseRecord, EngineRun, ResultRecord, Run},
};

/// Columns of a difference in a failure's text.
const WIDTH: usize = 100;

/// A run as JUnit XML.
///
/// # Errors
/// Where a text cannot be XML.
pub(crate) fn junit(run: &Run) -> io::Result<String> {
    let mut report = quick_junit::Report::new("corsproof");
    report.set_time(run.duration);
    let command = run.started.first().map_or(COMMAND, |started| &started.again);
    for (engine, of_engine) in &run.engines {
        let suite = suite(run, *engine, of_engine, command);
        // Of a check there is nothing to tell here but that an engine could not be had.
        if run.checks.is_empty() || !suite.test_cases.is_empty() || of_engine.failure.is_some() {
            report.add_test_suite(suite);
        }
    }
    report.add_test_suites(run.checks.iter().map(|checked| policy::junit_suite(run, checked)));
    report.to_string().map_err(io::Error::other)
}

fn suite(run: &Run, engine: Engine, of_engine: &EngineRun, command: &str) -> TestSuite {
    let mut suite = TestSuite::new(engine.name());
    suite.set_time(of_engine.duration);
    if let Some(version) = &of_engine.version {
        suite.add_property(Property::new("version", version));
    }
    if let Some(why) = &of_engine.failure {
        suite.set_system_err(printable(why));
    }
    let results = run.results().filter(|(case, result)| result.engine == engine && !run.is_of_check(case));
    suite.add_test_cases(results.map(|(case, result)| test_case(case, result, command)));
    suite
}

fn test_case(case: &CaseRecord, result: &ResultRecord, command: &str) -> TestCase {
    let mut test = TestCase::new(&case.id.0, status(case, result, command));
    test.set_classname(format!("{}.{}", result.engine, case.id.file()));
    test.set_time(result.duration);
    test.extra.insert("file".into(), case.file.clone().into());
    test.extra.insert("line".into(), case.line.to_string().into());
    test
}

fn status(case: &CaseRecord, result: &ResultRecord, command: &str) -> TestCaseStatus {
    let mut status = match &result.verdict {
        Verdict::Agrees => return agreed(result),
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
            let context = ResultContext { engine: result.engine.name(), command };
            difference::render(&mut sheet, &context, case, result, differences);
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
            status.set_description(case.place());
        }
    }
    status
}

/// A success; where it was none at first, a flaky one.
fn agreed(result: &ResultRecord) -> TestCaseStatus {
    let mut status = TestCaseStatus::success();
    for earlier in &result.earlier {
        let (kind, message) = match earlier {
            Verdict::Differs { differences } => (NonSuccessKind::Failure, message(differences)),
            Verdict::Failed { why } => (NonSuccessKind::Error, printable(why)),
            Verdict::Agrees | Verdict::Known { .. } | Verdict::NotApplicable { .. } => continue,
        };
        let mut rerun = TestRerun::new(kind);
        rerun.set_type(earlier.word());
        rerun.set_message(message);
        status.add_rerun(rerun);
    }
    status
}

/// All differences in a line: `read: author blocked, browser allowed`.
fn message(differences: &[Difference]) -> String {
    let parts: Vec<String> =
        differences.iter().map(|difference| printable(&words::difference(difference))).collect();
    parts.join("; ")
}
