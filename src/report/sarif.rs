//! SARIF 2.1.0, for code scanning: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.
//!
//! [`Log`] is the format; whatever finds something puts [`Alert`]s into it. A run's alerts are its differences: each
//! case file is a rule. Known differences are there too, suppressed; what failed says nothing about any code and is
//! a notification of the tool's. A check's alerts are its findings, on the lines of the policy they are about: each
//! kind of finding is a rule, and those that the file expects are suppressed.

use std::{collections::BTreeMap, io};

use serde_json::{Value, json};

use super::{policy, words};
use crate::{
    judge::Verdict,
    stream::{CaseRecord, Completeness, ResultRecord, Run},
};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// A SARIF rule: alerts of the same kind share one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// The rule's id, the same in every run.
    pub id: String,
    /// The rule's subject in one line.
    pub title: String,
    /// The URL of the text that explains the rule.
    pub help: String,
}

/// The level of an alert, <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>, section 3.27.10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Error,
    Warning,
    Note,
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A range of lines in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// The file, from the root of the repository, with `/` between the parts.
    pub file: String,
    pub line: usize,
    pub last_line: usize,
}

/// A SARIF result: a rule that is broken at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alert {
    /// The rule that is broken.
    pub rule: Rule,
    pub level: Level,
    pub message: String,
    /// Where the cause is to be corrected.
    pub region: Region,
    /// The part of the file that the alert is about: a case's identity.
    pub subject: String,
    /// The fingerprint that identifies the alert over several runs.
    pub fingerprint: String,
    /// Why the alert is suppressed; `None`: it is not.
    pub suppressed: Option<String>,
}

/// All that was found, and how the tool fared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Log {
    pub alerts: Vec<Alert>,
    /// What the tool could not observe.
    pub notifications: Vec<String>,
    /// Whether the run ended before all cases ran.
    pub interrupted: bool,
    /// The command line that started the run.
    pub command: Option<String>,
    /// The time of the run's start, by RFC 3339.
    pub started: Option<String>,
}

impl Log {
    /// The log as JSON text.
    ///
    /// # Errors
    /// None that can be foreseen: text and numbers alone.
    pub(crate) fn text(&self) -> io::Result<String> {
        let mut rules: BTreeMap<&str, &Rule> = BTreeMap::new();
        for alert in &self.alerts {
            rules.entry(&alert.rule.id).or_insert(&alert.rule);
        }
        let index = |id: &str| rules.keys().position(|known| *known == id);
        let results: Vec<Value> = self.alerts.iter().map(|alert| alert.json(index(&alert.rule.id))).collect();
        let log = json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "corsproof",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "informationUri": env!("CARGO_PKG_REPOSITORY"),
                    "rules": rules.values().map(|rule| rule.json()).collect::<Vec<_>>(),
                } },
                "invocations": [self.invocation()],
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        Ok(serde_json::to_string_pretty(&log)? + "\n")
    }

    fn invocation(&self) -> Value {
        let notification = |text: &String| json!({ "level": "error", "message": { "text": text } });
        let mut invocation = json!({
            "executionSuccessful": self.notifications.is_empty() && !self.interrupted,
            "toolExecutionNotifications": self.notifications.iter().map(notification).collect::<Vec<_>>(),
        });
        if let Some(command) = &self.command {
            invocation["commandLine"] = json!(command);
        }
        if let Some(started) = &self.started {
            invocation["startTimeUtc"] = json!(started);
        }
        invocation
    }
}

impl Rule {
    fn json(&self) -> Value {
        json!({
            "id": self.id,
            "shortDescription": { "text": self.title },
            "helpUri": self.help,
        })
    }
}

impl Alert {
    fn json(&self, rule_index: Option<usize>) -> Value {
        let Region { file, line, last_line } = &self.region;
        let mut result = json!({
            "ruleId": self.rule.id,
            "ruleIndex": rule_index,
            "level": self.level.word(),
            "message": { "text": self.message },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": uri(file), "uriBaseId": "%SRCROOT%" },
                    "region": { "startLine": line, "endLine": last_line.max(line) },
                },
                "logicalLocations": [{ "fullyQualifiedName": self.subject }],
            }],
            "partialFingerprints": { "corsproof/v1": self.fingerprint },
        });
        if let Some(why) = &self.suppressed {
            result["suppressions"] =
                json!([{ "kind": "external", "status": "accepted", "justification": why }]);
        }
        result
    }
}

/// A path as a relative reference.
fn uri(path: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    path.bytes()
        .map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// A run as SARIF.
///
/// # Errors
/// None that can be foreseen.
pub(crate) fn sarif(run: &Run) -> io::Result<String> {
    let started = run.beginning();
    let mut log = Log {
        interrupted: run.completeness == Completeness::CutShort,
        command: started.as_ref().map(|started| started.command.clone()),
        started: started.map(|started| started.started),
        ..Log::default()
    };
    for (engine, of_engine) in &run.engines {
        log.notifications.extend(of_engine.failure.iter().map(|why| format!("{engine}: {why}")));
    }
    for (case, result) in run.results() {
        match &result.verdict {
            Verdict::Failed { why } => {
                log.notifications.push(format!("{} in {}: {why}", case.id, result.engine));
            }
            // What those come to stands in the findings.
            _ if run.is_of_check(case) => {}
            _ => log.alerts.extend(alert(run, case, result)),
        }
    }
    for checked in &run.checks {
        log.notifications.extend(checked.no_server.clone());
        log.alerts.extend(policy::alerts(run, checked));
    }
    log.text()
}

/// The alert of a result, unless the result agrees or does not apply.
fn alert(run: &Run, case: &CaseRecord, result: &ResultRecord) -> Option<Alert> {
    let (level, message, suppressed) = match &result.verdict {
        Verdict::Differs { differences } => {
            let lines: Vec<String> = differences.iter().map(words::difference).collect();
            (Level::Error, lines.join("\n"), None)
        }
        Verdict::Known { note, link, since } => {
            (Level::Note, note.clone(), Some(format!("known since {since}: {note} {link}")))
        }
        Verdict::Agrees | Verdict::NotApplicable { .. } | Verdict::Failed { .. } => return None,
    };
    let version = run.engines.get(&result.engine).and_then(|of_engine| of_engine.version.as_deref());
    Some(Alert {
        rule: Rule { id: case.id.file().to_owned(), title: case.title.clone(), help: case.spec.clone() },
        level,
        message: format!("{} {}: {message}", result.engine, version.unwrap_or_default()),
        region: Region {
            file: run.file(case).map_or(case.file.as_str(), |file| file.public_path()).to_owned(),
            line: case.line,
            last_line: case.last_line,
        },
        subject: case.id.0.clone(),
        fingerprint: format!("{}@{}", case.id, result.engine),
        suppressed,
    })
}
