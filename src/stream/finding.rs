//! Something that is wrong with a server's policy, and what that rests on.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseId,
    check::{self, Kind, Mismatch, Severity},
    engine::Engine,
    standard::Reason,
};

/// Something that is wrong with a server's policy.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct Finding {
    /// What.
    pub finding: Kind,
    /// How bad it is here.
    pub severity: Severity,
    /// Whether the file expects it.
    pub expectation: Expectation,
    /// The path of the policy.
    pub path: String,
    /// The line of its `[[policy]]`, from 1.
    pub line: usize,
    /// The last line of what belongs to it.
    pub last_line: usize,
    /// What was found, in a sentence or two.
    pub found: String,
    /// What somebody would see of it.
    pub means: String,
    /// What to change.
    pub change: String,
    /// In which engines it shows.
    pub engines: BTreeSet<Engine>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// Whether a finding is what the file expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// An `[[expect]]` says so.
    Expected,
    /// The file expects nothing and it is advice: it stands, and the check passes.
    Tolerated,
    /// The check does not pass with it.
    Unexpected,
}

/// What a finding rests on: one case in one engine.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct Evidence {
    /// The case.
    pub case: CaseId,
    /// The engine.
    pub engine: Engine,
    /// What was asked and answered, in order.
    pub exchanges: Vec<Exchange>,
    /// What came of the last step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<ScriptSaw>,
}

/// A request and its answer, as far as they matter.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct Exchange {
    /// `GET /data`
    pub request: String,
    /// Names and values.
    pub request_headers: Vec<(String, String)>,
    /// `200`, or why there is none.
    pub answer: String,
    /// Names and values.
    pub answer_headers: Vec<(String, String)>,
}

/// What a script saw in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "read", rename_all = "kebab-case")]
pub enum ScriptSaw {
    /// It read the answer.
    Allowed,
    /// It did not.
    Blocked {
        /// Why, by the standard.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
}

impl Finding {
    pub(super) fn of(finding: &check::Finding, checked: &check::Checked) -> Self {
        let is_unexpected = checked.mismatches.iter().any(|mismatch| {
            matches!(mismatch, Mismatch::Unexpected(kind, severity, path)
                if (*kind, *severity, path) == (finding.kind, finding.severity, &finding.path))
        });
        let policy = checked.file.policies.iter().find(|policy| policy.path == finding.path);
        let (line, last_line) = policy.map_or((1, 1), |policy| (policy.line, policy.last_line));
        Self {
            finding: finding.kind,
            severity: finding.severity,
            expectation: match (is_unexpected, &checked.file.expects) {
                (true, _) => Expectation::Unexpected,
                (false, Some(_)) => Expectation::Expected,
                (false, None) => Expectation::Tolerated,
            },
            path: finding.path.clone(),
            line,
            last_line,
            found: finding.found.clone(),
            means: check::consequence(finding.kind).to_owned(),
            change: check::advice(finding.kind, checked.file.server.framework),
            engines: finding.engines.clone(),
            evidence: finding.evidence.as_ref().map(Evidence::of),
        }
    }
}

impl Evidence {
    fn of(evidence: &check::Evidence) -> Self {
        let exchange = |shown: &check::Shown| Exchange {
            request: shown.request.clone(),
            request_headers: shown.request_headers.clone(),
            answer: shown.answer.clone(),
            answer_headers: shown.answer_headers.clone(),
        };
        Self {
            case: evidence.case.clone(),
            engine: evidence.engine,
            exchanges: evidence.exchanges.iter().map(exchange).collect(),
            outcome: evidence.outcome.as_ref().map(|outcome| match outcome {
                check::ShownOutcome::Read => ScriptSaw::Allowed,
                check::ShownOutcome::Blocked(reason) => ScriptSaw::Blocked { reason: *reason },
            }),
        }
    }
}
