//! A case: everything a run needs, nothing left to look up.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use browsers::Engine;
use corsproof_fixture::Scenario;
use serde::Serialize;

use super::{
    conditions::{Isolation, Need, ServedBy},
    expectation::{ExpectedRequest, KnownDifference},
    id::CaseId,
    step::Step,
};

/// The place of a case in its file, for messages and annotations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    /// The path, as the user named it or as the search found it.
    pub file: PathBuf,
    /// The line of the case's `[[case]]`, from 1.
    pub line: usize,
    /// The last line that belongs to the case, from 1.
    pub last_line: usize,
    /// The whole text of the case file; reports quote the case's lines from it.
    #[serde(skip)]
    pub text: Arc<str>,
}

/// A case: what a page does, what the servers answer, and what the standard demands of the outcome.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub id: CaseId,
    /// The case file, and the lines in it.
    pub place: Place,
    pub title: String,
    /// The anchor in the standard that the case is about.
    pub spec: String,
    /// The requirements that the case covers, by id (`R73`).
    pub covers: Vec<String>,
    /// The statement of the seed document that the case shows, in a few words.
    pub seed: Option<String>,
    /// The row of the same-origin policy's table that it shows: an action, in a few words.
    pub sop: Option<String>,
    /// The cases that are the same but for the one thing put right; all must be readable.
    pub twins: Vec<CaseId>,
    /// The features that an engine must have for the case to mean anything.
    pub needs: Vec<Need>,
    /// Whether the case may run beside other cases, on a page and a server that they share.
    pub isolation: Isolation,
    /// The steps, in order; at least one.
    pub steps: Vec<Step>,
    /// Whether a script or a real server answers the requests.
    pub served_by: ServedBy,
    /// The scripts of the servers, and what the network does with requests to real ones.
    pub scenario: Arc<Scenario>,
    /// The requests that must reach a server, in order, over all steps.
    pub sent: Vec<ExpectedRequest>,
    /// The engines that are known to differ from the standard in this case.
    pub known: BTreeMap<Engine, KnownDifference>,
}

impl Case {
    /// A case that a real server answers, with nothing scripted.
    pub(crate) fn of_real_server(id: CaseId, place: Place, title: &str, steps: Vec<Step>) -> Self {
        Self {
            id,
            place,
            title: title.to_owned(),
            spec: "https://fetch.spec.whatwg.org/#http-cors-protocol".to_owned(),
            covers: Vec::new(),
            seed: None,
            sop: None,
            twins: Vec::new(),
            needs: Vec::new(),
            isolation: Isolation::Shared,
            steps,
            served_by: ServedBy::RealServer,
            scenario: Arc::default(),
            sent: Vec::new(),
            known: BTreeMap::new(),
        }
    }
}
