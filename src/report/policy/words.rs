//! The words that every report of a check shares.

use crate::{
    report::{ink::Tone, words::counted},
    stream::{CheckedFile, Run, Severity, Standing},
};

/// A standing's sign, never a colour alone.
pub(in crate::report) fn mark(standing: Standing) -> (Tone, &'static str, &'static str) {
    match standing {
        Standing::Pass => (Tone::Good, "✓", "passes"),
        Standing::Advice => (Tone::Notice, "!", "advice"),
        Standing::Broken => (Tone::Bad, "✗", "broken"),
        Standing::Unsafe => (Tone::Bad, "✗", "unsafe"),
        Standing::Unknown => (Tone::Bad, "?", "is not known"),
        Standing::NotApplicable => (Tone::Quiet, "–", "does not apply"),
    }
}

/// The sign in front of a finding of this severity.
pub(in crate::report) fn sign(severity: Severity) -> &'static str {
    mark(Standing::of(severity)).1
}

/// `1 unsafe, 2 advice`; `nothing wrong`.
pub(in crate::report) fn counts<'a>(checks: impl IntoIterator<Item = &'a CheckedFile>) -> String {
    let findings: Vec<Severity> =
        checks.into_iter().flat_map(|checked| &checked.findings).map(|finding| finding.severity).collect();
    let count = |severity| findings.iter().filter(|found| **found == severity).count();
    let counts: Vec<String> = Severity::ALL
        .iter()
        .filter(|severity| count(**severity) > 0)
        .map(|severity| format!("{} {}", count(*severity), severity.word()))
        .collect();
    if counts.is_empty() { "nothing wrong".to_owned() } else { counts.join(", ") }
}

/// `1 unsafe; 52 cases in chromium`, and first that something is not known, where it is not.
pub(in crate::report) fn conclusion(checked: &CheckedFile) -> String {
    if checked.no_server.is_some() {
        return "not checked: there was no server".to_owned();
    }
    let engines: Vec<&str> = checked.engines.iter().map(|engine| engine.name()).collect();
    let seen_in = if engines.is_empty() { "no engine".to_owned() } else { engines.join(", ") };
    let cases = format!("{} in {seen_in}", counted(checked.cases, "case"));
    if checked.unobserved.is_empty() {
        return format!("{}; {cases}", counts([checked]));
    }
    let unknown =
        format!("not all is known: {} could not be observed", counted(checked.unobserved.len(), "case"));
    match checked.findings.is_empty() {
        true => format!("{unknown}; {cases}"),
        false => format!("{unknown}; so far {}; {cases}", counts([checked])),
    }
}

impl Run {
    /// Whether every check of it is as expected; true where there is none.
    pub(in crate::report) fn has_expected_checks(&self) -> bool {
        self.checks.iter().all(CheckedFile::is_as_expected)
    }
}
