//! The probes of a diagnosis: a handful of cases for one URL.

use std::{path::PathBuf, sync::Arc};

use fetch_model::{CredentialsMode, Origin};

use super::{
    request_init::{PREFLIGHTED_HEADER, RequestInit},
    target::Target,
};
use crate::{
    case::{Case, CaseId, Isolation, Place, Step},
    words::words,
};

words! {
    /// What a case asks.
    pub(crate) Question {
        /// A GET with nothing set, which needs no preflight.
        Simple = "simple",
        /// A GET with a header that needs one.
        Preflighted = "preflighted",
        /// A GET with credentials.
        Credentialed = "credentialed",
        /// The request that was named.
        AsAsked = "as-asked",
    }
}

words! {
    /// Why it is asked.
    pub(crate) Role {
        /// It is what the diagnosis is about.
        Asked = "asked",
        /// It helps to understand.
        Beside = "beside",
    }
}

/// A case of a diagnosis, the question that it answers, and why that question is asked.
#[derive(Clone, Debug)]
pub(super) struct Probe {
    pub question: Question,
    pub role: Role,
    pub case: Arc<Case>,
}

/// The case for what `asked` names; where nothing is named, the three usual ones.
pub(super) fn probes(target: &Target, from: &Origin, asked: &RequestInit) -> Vec<Probe> {
    let probe = |question, role, asked: &RequestInit| probe(target, from, question, role, asked);
    if *asked != RequestInit::default() {
        return vec![probe(Question::AsAsked, Role::Asked, asked)];
    }
    let header = (PREFLIGHTED_HEADER.to_owned(), None);
    let preflighted = RequestInit { headers: vec![header], ..asked.clone() };
    let credentialed = RequestInit { credentials: CredentialsMode::Include, ..asked.clone() };
    vec![
        probe(Question::Simple, Role::Asked, asked),
        probe(Question::Preflighted, Role::Beside, &preflighted),
        probe(Question::Credentialed, Role::Beside, &credentialed),
    ]
}

fn probe(target: &Target, from: &Origin, question: Question, role: Role, asked: &RequestInit) -> Probe {
    let step = Step::new(from.clone(), asked.request(target.url.as_str()));
    let id = CaseId(format!("diagnose/{}", question.word()));
    let place = Place { file: PathBuf::from("diagnose"), line: 1, last_line: 1, text: "".into() };
    let mut case = Case::of_real_server(id, place, target.url.as_str(), vec![step]);
    // One after the other, as a person would: what costs the browser (a prompt for a password) costs no other case.
    case.isolation = Isolation::Alone;
    Probe { question, role, case: Arc::new(case) }
}
