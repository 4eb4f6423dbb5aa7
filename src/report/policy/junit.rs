//! A policy file as a suite of JUnit: a test case a point of the checklist, and one a thing that is missing. What its
//! file expects is skipped, as known differences are, and advice that fails nothing passes.

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::words::conclusion;
use crate::{
    printable::{printable, printable_lines},
    report::conversation,
    stream::{
        CheckedFile, CheckedPoint, Expectedness, Finding, Run, SourceFile, Standing, Unobserved, Vanished,
    },
};

/// The test suite of one policy file.
pub(in crate::report) fn suite(run: &Run, checked: &CheckedFile) -> TestSuite {
    let file = run.policy_file(checked).map_or(checked.file.as_str(), SourceFile::public_path);
    let mut suite = TestSuite::new(file);
    suite.set_system_out(printable(&conclusion(checked)));
    let case = |name: &str, line: usize, status: TestCaseStatus| {
        let mut case = TestCase::new(name, status);
        case.set_classname(file);
        case.extra.insert("file".into(), file.into());
        case.extra.insert("line".into(), line.to_string().into());
        case
    };
    if let Some(why) = &checked.no_server {
        suite.add_test_case(case("server", 1, error("no-server", why)));
    }
    for point in &checked.checklist {
        let findings: Vec<&Finding> = checked.findings_on(point.point).collect();
        let line = findings.first().map_or(1, |finding| finding.line);
        let mut case = case(point.point.word(), line, of_point(point, &findings));
        let notes = findings.iter().filter(|finding| finding.expectation == Expectedness::Tolerated);
        let notes: Vec<String> = notes.map(|finding| told(finding)).collect();
        if !notes.is_empty() {
            case.set_system_out(notes.join("\n\n"));
        }
        suite.add_test_case(case);
    }
    for vanished in &checked.vanished {
        let name = format!("expects {}", vanished.kind.word());
        suite.add_test_case(case(&name, vanished.line, of_vanished(vanished)));
    }
    for unobserved in &checked.unobserved {
        let Unobserved { case: id, engine, why } = unobserved;
        suite.add_test_case(case(&format!("{id} in {engine}"), 1, error("failed", why)));
    }
    suite
}

fn of_point(point: &CheckedPoint, findings: &[&Finding]) -> TestCaseStatus {
    let of = |wanted: Expectedness| -> Vec<&Finding> {
        findings.iter().copied().filter(|finding| finding.expectation == wanted).collect()
    };
    let (unexpected, expected) = (of(Expectedness::Unexpected), of(Expectedness::Expected));
    let words = |findings: &[&Finding]| {
        let words: Vec<&str> = findings.iter().map(|finding| finding.kind.word()).collect();
        words.join(", ")
    };
    if let Some(worst) = unexpected.first() {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type(worst.severity.word());
        let found: Vec<&str> = unexpected.iter().map(|finding| finding.found.as_str()).collect();
        status.set_message(printable(&format!("{}: {}", words(&unexpected), found.join(" "))));
        let told: Vec<String> = unexpected.iter().map(|finding| told(finding)).collect();
        status.set_description(told.join("\n\n"));
        return status;
    }
    if !expected.is_empty() {
        let mut status = TestCaseStatus::skipped();
        status.set_message(printable(&format!("expected by the file: {}", words(&expected))));
        return status;
    }
    match point.standing {
        Standing::NotApplicable => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(printable(&format!("not applicable: {}", point.note)));
            status
        }
        Standing::Unknown => error("not-observed", &point.note),
        Standing::Pass | Standing::Advice | Standing::Broken | Standing::Unsafe => TestCaseStatus::success(),
    }
}

fn of_vanished(vanished: &Vanished) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type("expected-and-not-found");
    status.set_message(format!(
        "the file says that {} must be found, and it is not; take the [[expect]] out if it is mended",
        vanished.kind.word()
    ));
    status
}

fn error(kind: &str, why: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_type(kind);
    status.set_message(printable_lines(why));
    status
}

/// A finding as the lines of a test's message.
fn told(finding: &Finding) -> String {
    let engines: Vec<&str> = finding.engines.iter().map(|engine| engine.name()).collect();
    let mut lines = vec![
        format!(
            "{}: {} of {} in {}",
            finding.severity.word(),
            finding.kind.word(),
            finding.path,
            engines.join(", ")
        ),
        format!("found:  {}", finding.found),
        format!("means:  {}", finding.means),
        format!("change: {}", finding.change),
    ];
    if let Some(evidence) = &finding.evidence {
        lines.push(format!("case:   {} in {}", evidence.case, evidence.engine));
        lines.extend(
            evidence.exchanges.iter().map(|exchange| format!("seen:   {}", conversation::line(exchange))),
        );
        lines.extend(evidence.outcome.map(|outcome| format!("so:     {}", conversation::saw(outcome))));
    }
    lines.iter().map(|line| printable(line)).collect::<Vec<_>>().join("\n")
}
