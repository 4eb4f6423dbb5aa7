//! The probes of a diagnosis: a handful of cases for one URL.

use std::{path::PathBuf, sync::Arc};

use corsproof_fixture::{Interception, Scenario, Withhold};
use fetch_model::{CredentialsMode, Origin};

use super::{
    request_init::{DEFAULT_CREDENTIALS, PREFLIGHTED_HEADER, RequestInit},
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
        /// The request that was named, with credentials.
        AsAskedCredentialed = "as-asked-credentialed",
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

/// The cases for what `asked` names, or the three usual ones.
pub(super) fn probes(target: &Target, from: &Origin, asked: &RequestInit) -> Vec<Probe> {
    let with = |credentials| RequestInit { credentials, ..asked.clone() };
    let without = with(DEFAULT_CREDENTIALS);
    let with = with(CredentialsMode::Include);
    let role = |credentials| if asked.credentials == credentials { Role::Asked } else { Role::Beside };
    let (of_simple, of_credentialed) = (role(DEFAULT_CREDENTIALS), role(CredentialsMode::Include));
    let questions = if asked.is_plain() {
        let header = (PREFLIGHTED_HEADER.to_owned(), None);
        let preflighted = RequestInit { headers: vec![header], ..without.clone() };
        vec![
            (Question::Simple, of_simple, without),
            (Question::Preflighted, Role::Beside, preflighted),
            (Question::Credentialed, of_credentialed, with),
        ]
    } else {
        vec![(Question::AsAsked, of_simple, without), (Question::AsAskedCredentialed, of_credentialed, with)]
    };
    questions.into_iter().map(|(question, role, asked)| probe(target, from, question, role, &asked)).collect()
}

fn probe(target: &Target, from: &Origin, question: Question, role: Role, asked: &RequestInit) -> Probe {
    let step = Step::new(from.clone(), asked.request(target.url.as_str()));
    let id = CaseId(format!("diagnose/{}", question.word()));
    let place = Place { file: PathBuf::from("diagnose"), line: 1, last_line: 1, text: "".into() };
    let mut case = Case::of_real_server(id, place, target.url.as_str(), vec![step]);
    // One after the other, as a person would: what costs the browser (a prompt for a password) costs no other case.
    case.isolation = Isolation::Alone;
    // Nobody has asked for a change twice over.
    if role == Role::Beside && asked.is_unsafe() {
        let interception = Interception { withhold: Withhold::UnsafeMethods, ..Interception::default() };
        case.scenario = Arc::new(Scenario { interception, ..Scenario::default() });
    }
    Probe { question, role, case: Arc::new(case) }
}
