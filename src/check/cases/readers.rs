//! Cases of the declared origins, with each method and each header.

use fetch_model::{CacheMode, CredentialsMode, Origin};

use super::{case_builder::CaseBuilder, probe::Question};
use crate::case::{ExpectedRead, Isolation, Step};

/// How often an identical request is made.
const REPEATS: usize = 4;

/// How often each declared origin has its turn.
const TURNS: usize = 2;

impl CaseBuilder<'_> {
    /// Adds the cases of each declared origin: each method, alone, with each header and with all of them, as pages ask.
    pub(super) fn readers(&mut self) {
        let policy = self.policy;
        let credentials = self.credentials();
        let further = policy.further_headers();
        for origin in policy.readers() {
            for method in policy.methods.clone() {
                self.reader(&origin, &method, &[], credentials);
                for header in &further {
                    self.reader(&origin, &method, std::slice::from_ref(header), credentials);
                }
                if further.len() > 1 {
                    self.reader(&origin, &method, &further, credentials);
                }
            }
            if credentials == CredentialsMode::Include {
                let method = policy.methods[0].clone();
                self.reader(&origin, &method, &[], CredentialsMode::Omit);
            }
        }
        let step = |origin: &Origin| {
            let mut step = self.step(origin, self.request(&policy.methods[0]), ExpectedRead::Allowed);
            step.request.cache = Some(CacheMode::NoStore);
            step
        };
        let steps: Vec<Step> = policy.readers().iter().map(step).collect();
        if let [first, others @ ..] = &steps[..] {
            let mut case = self.case("repeat", vec![first.clone(); REPEATS]);
            case.isolation = Isolation::Alone;
            self.add(Question::Repeat, case);
            if !others.is_empty() {
                let in_turn = steps.iter().cycle().take(steps.len() * TURNS).cloned().collect();
                let mut case = self.case("in-turn", in_turn);
                case.isolation = Isolation::Alone;
                self.add(Question::InTurn, case);
            }
        }
    }

    fn reader(&mut self, origin: &Origin, method: &str, headers: &[String], credentials: CredentialsMode) {
        let mut request = self.request(method);
        request.credentials = Some(credentials);
        headers.iter().for_each(|header| request.add_header(header));
        let with = match headers {
            [] => String::new(),
            [header] => format!(" {header}"),
            _ => " all headers".to_owned(),
        };
        let without = match (credentials, self.policy.credentials) {
            (CredentialsMode::Omit, true) => " without credentials",
            _ => "",
        };
        let name = format!("reader[{origin} {method}{with}{without}]");
        let case = self.case(&name, vec![self.step(origin, request, ExpectedRead::Allowed)]);
        let question = Question::Reader {
            origin: origin.clone(),
            method: method.to_owned(),
            headers: headers.to_vec(),
            credentials,
        };
        self.add(question, case);
    }
}
