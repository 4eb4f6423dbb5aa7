//! A case: everything a run needs, nothing left to look up.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use browsers::Engine;
use corsproof_fixture::Scenario;
use serde::Serialize;

use super::{
    conditions::{Isolation, Need, ServedBy},
    expectation::{ExpectedRequest, Known},
    id::CaseId,
    step::Step,
};

/// Where a case stands, for messages and annotations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    /// The file, as it was named or found.
    pub file: PathBuf,
    /// The line of its `[[case]]`, from 1.
    pub line: usize,
    /// The last line of what belongs to it.
    pub last_line: usize,
    /// The text of the file.
    #[serde(skip)]
    pub text: Arc<str>,
}

/// One thing to show.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// Its identity.
    pub id: CaseId,
    /// Where it is written.
    pub place: Place,
    /// The file's title.
    pub title: String,
    /// The anchor of the standard it is about.
    pub spec: String,
    /// Ids of requirements (`R73`).
    pub covers: Vec<String>,
    /// Which statement of the seed document it shows, in a few words.
    pub seed: Option<String>,
    /// The row of the same-origin policy's table that it shows: an action, in a few words.
    pub sop: Option<String>,
    /// The cases that are the same but for the one thing put right; all must be readable.
    pub twins: Vec<CaseId>,
    /// What an engine must have for the case to mean anything.
    pub needs: Vec<Need>,
    /// Whether it may share a page, a server and a moment with other cases.
    pub isolation: Isolation,
    /// What is asked, in order; at least one.
    pub steps: Vec<Step>,
    /// Who answers it.
    pub served_by: ServedBy,
    /// Its scripted servers, and what the network does with requests to real ones.
    pub scenario: Arc<Scenario>,
    /// The requests that must reach a server, in order, over all steps.
    pub sent: Vec<ExpectedRequest>,
    /// Engines that are known to differ, and how.
    pub known: BTreeMap<Engine, Known>,
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
