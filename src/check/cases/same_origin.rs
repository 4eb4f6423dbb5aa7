//! Cases of the server's own origin, where CORS has no say, and cases over HTTP/1.1.

use std::sync::Arc;

use corsproof_fixture::{Interception, Scenario, UpstreamProtocol};

use super::{case_builder::CaseBuilder, probe::Question};
use crate::case::ExpectedRead;

impl CaseBuilder<'_> {
    /// Adds the case of a page of the server's own origin, where CORS is not involved.
    pub(super) fn same_origin(&mut self) {
        let server = self.file.server.origin.clone();
        let step = self.step(&server, self.request("OPTIONS"), ExpectedRead::Allowed);
        let case = self.case("plain-options", vec![step]);
        self.add(Question::PlainOptions, case);
        let step = self.step(&server, self.request(&self.simple_method()), ExpectedRead::Allowed);
        let case = self.case("no-origin", vec![step]);
        self.add(Question::NoOrigin, case);
    }

    /// Adds the case over HTTP/1.1, where the server speaks both versions; all other cases use HTTP/2 then.
    pub(super) fn over_http1(&mut self) {
        if let Some(origin) = self.cross_origin_reader() {
            let request = self.preflighted_request().unwrap_or_else(|| self.request(&self.simple_method()));
            let step = self.step(&origin, request, ExpectedRead::Allowed);
            let mut case = self.case("over-http1", vec![step]);
            let interception =
                Interception { protocol: UpstreamProtocol::Http1, ..self.scenario().interception };
            case.scenario = Arc::new(Scenario { interception, ..Scenario::default() });
            self.add(Question::OverHttp1, case);
        }
    }
}
