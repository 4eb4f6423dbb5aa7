//! The findings of a check as SARIF alerts, on the lines of their policies.

use crate::{
    report::{
        conversation,
        sarif::{Alert, Level, Region, Rule},
    },
    stream::{CheckedFile, Expectedness, Finding, Run, Severity, SourceFile, Vanished},
};

/// The alerts of one policy file: findings, missing expectations, cases that were not observed.
pub(in crate::report) fn alerts(run: &Run, checked: &CheckedFile) -> Vec<Alert> {
    let file = run.policy_file(checked).map_or(checked.file.as_str(), SourceFile::public_path);
    let findings = checked.findings.iter().map(|finding| of_finding(checked, file, finding));
    findings.chain(checked.vanished.iter().map(|vanished| of_vanished(checked, file, vanished))).collect()
}

/// The text of the standard that the alerts of a check refer to.
const OF_POLICIES: &str = "https://fetch.spec.whatwg.org/#http-cors-protocol";

fn of_finding(checked: &CheckedFile, file: &str, finding: &Finding) -> Alert {
    let engines: Vec<&str> = finding.engines.iter().map(|engine| engine.name()).collect();
    let mut lines = vec![
        finding.found.clone(),
        finding.means.clone(),
        format!("To change: {}", finding.change),
        format!("Seen in {}.", engines.join(", ")),
    ];
    if let Some(evidence) = &finding.evidence {
        lines.extend(evidence.exchanges.iter().map(conversation::line));
        lines.extend(evidence.outcome.map(conversation::saw));
    }
    Alert {
        rule: Rule {
            id: finding.kind.word().to_owned(),
            title: finding.means.clone(),
            help: OF_POLICIES.to_owned(),
        },
        level: match (finding.severity, finding.expectation) {
            (Severity::Broken | Severity::Unsafe, _) => Level::Error,
            (Severity::Advice, Expectedness::Unexpected) => Level::Warning,
            (Severity::Advice, _) => Level::Note,
        },
        message: lines.join("\n"),
        region: Region { file: file.to_owned(), line: finding.line, last_line: finding.last_line },
        subject: format!("{}{}", checked.origin, finding.path),
        fingerprint: format!("{file}{} {}", finding.path, finding.kind.word()),
        suppressed: (finding.expectation == Expectedness::Expected)
            .then(|| format!("{} expects it", checked.file)),
    }
}

fn of_vanished(checked: &CheckedFile, file: &str, vanished: &Vanished) -> Alert {
    let word = vanished.kind.word();
    let path = vanished.path.as_deref().unwrap_or_default();
    Alert {
        rule: Rule {
            id: "expected-and-not-found".to_owned(),
            title: "The policy file expects a finding that is not there.".to_owned(),
            help: OF_POLICIES.to_owned(),
        },
        level: Level::Error,
        message: format!("Expected and not found: {word}. Take the [[expect]] out if it is mended."),
        region: Region { file: file.to_owned(), line: vanished.line, last_line: vanished.line },
        subject: format!("{}{path}", checked.origin),
        fingerprint: format!("{file}{path} expected {word}"),
        suppressed: None,
    }
}
