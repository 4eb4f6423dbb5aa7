//! Cases of the declared origins, with each method and each header.

use fetch_model::{CacheMode, CredentialsMode, Origin};

use super::{case_builder::CaseBuilder, probe::Question};
use crate::case::{ExpectedRead, Isolation};

/// How often an identical request is made.
const REPEATS: usize = 4;

impl CaseBuilder<'_> {
    /// Adds the cases of each declared origin: each method, alone and with each header.
    pub(super) fn readers(&mut self) {
        let policy = self.policy;
        let credentials = self.credentials();
        for origin in policy.readers() {
            for method in policy.methods.clone() {
                let headers = policy.request_headers.iter().cloned().map(Some);
                for header in std::iter::once(None).chain(headers) {
                    self.reader(&origin, &method, header, credentials);
                }
            }
            if credentials == CredentialsMode::Include {
                let method = policy.methods[0].clone();
                self.reader(&origin, &method, None, CredentialsMode::Omit);
            }
        }
        if let Some(origin) = policy.readers().first() {
            let mut step = self.step(origin, self.request(&policy.methods[0]), ExpectedRead::Allowed);
            step.request.cache = Some(CacheMode::NoStore);
            let mut case = self.case("repeat", vec![step; REPEATS]);
            case.isolation = Isolation::Alone;
            self.add(Question::Repeat, case);
        }
    }

    fn reader(
        &mut self,
        origin: &Origin,
        method: &str,
        header: Option<String>,
        credentials: CredentialsMode,
    ) {
        let mut request = self.request(method);
        request.credentials = Some(credentials);
        if let Some(header) = &header {
            request.add_header(header);
        }
        let with = header.iter().map(|header| format!(" {header}")).collect::<String>();
        let without = match (credentials, self.policy.credentials) {
            (CredentialsMode::Omit, true) => " without credentials",
            _ => "",
        };
        let name = format!("reader[{origin} {method}{with}{without}]");
        let case = self.case(&name, vec![self.step(origin, request, ExpectedRead::Allowed)]);
        let question =
            Question::Reader { origin: origin.clone(), method: method.to_owned(), header, credentials };
        self.add(question, case);
    }
}
