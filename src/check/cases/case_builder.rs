//! The builder of one policy's cases: what all of them have in common.

use std::{sync::Arc, time::Duration};

use corsproof_fixture::{Challenges, Interception, Protocols, Scenario, Withhold};
use fetch_model::{
    CredentialsMode, Origin, is_cors_safelisted_method, request_header::is_cors_safelisted_request_header,
};

use crate::{
    case::{Body, Case, CaseId, Expectation, ExpectedRead, Isolation, Place, Request, Step, Via},
    check::{
        cases::probe::{Probe, Question},
        policy::{Policy, PolicyFile, UnsafeMethods},
    },
};

/// How many requests may be before one: a page asks for some cases side by side, and each may have a preflight.
const TURNS: u32 = 32;
/// The same for a case that goes alone.
const TURNS_ALONE: u32 = 6;

/// The cases that check a policy file, each with the question that it answers.
pub(in crate::check) fn probes(file: &PolicyFile, protocols: Protocols) -> Vec<Probe> {
    let mut probes = Vec::new();
    for (index, policy) in file.policies.iter().enumerate() {
        let mut builder = CaseBuilder { file, policy, index, probes: Vec::new() };
        builder.readers();
        builder.strangers();
        builder.undeclared_grants();
        builder.errors();
        builder.preflights();
        builder.caches();
        builder.same_origin();
        if protocols == Protocols::Http1AndHttp2 {
            builder.over_http1();
        }
        probes.append(&mut builder.probes);
    }
    probes
}

/// Makes the cases of one policy.
pub(super) struct CaseBuilder<'a> {
    pub(super) file: &'a PolicyFile,
    pub(super) policy: &'a Policy,
    index: usize,
    probes: Vec<Probe>,
}

impl CaseBuilder<'_> {
    pub(super) fn add(&mut self, question: Question, case: Case) {
        let name = case.id.0.strip_prefix(&self.prefix()).unwrap_or(&case.id.0).to_owned();
        self.probes.push(Probe { policy: self.index, question, name, case: Arc::new(case) });
    }

    /// The beginning of the identities of the policy's cases.
    fn prefix(&self) -> String {
        format!("{}{} ", self.file.name, self.policy.path)
    }

    pub(super) fn credentials(&self) -> CredentialsMode {
        if self.policy.credentials { CredentialsMode::Include } else { CredentialsMode::Omit }
    }

    /// A declared origin that is not the server's own.
    pub(super) fn cross_origin_reader(&self) -> Option<Origin> {
        self.cross_origin_readers().into_iter().next()
    }

    pub(super) fn cross_origin_readers(&self) -> Vec<Origin> {
        self.policy.readers().into_iter().filter(|origin| *origin != self.file.server.origin).collect()
    }

    /// A declared method that needs no preflight and changes nothing, or else GET.
    pub(super) fn simple_method(&self) -> String {
        let declared = self.policy.methods.iter().find(|method| matches!(method.as_str(), "GET" | "HEAD"));
        declared.cloned().unwrap_or_else(|| "GET".to_owned())
    }

    /// A declared request that needs a preflight, if any does.
    pub(super) fn preflighted_request(&self) -> Option<Request> {
        let method = self.policy.methods.iter().find(|method| !is_cors_safelisted_method(method));
        if let Some(method) = method {
            return Some(self.request(method));
        }
        if self.always_needs_preflight() {
            return Some(self.request(&self.policy.methods[0]));
        }
        let header = self.policy.request_headers.iter().find(|header| needs_preflight(header))?;
        let mut request = self.request(&self.policy.methods[0]);
        request.add_header(header);
        Some(request)
    }

    /// Whether a header that pages always set needs a preflight.
    pub(super) fn always_needs_preflight(&self) -> bool {
        self.policy.headers_sent.iter().any(|(name, value)| !is_cors_safelisted_request_header(name, value))
    }

    pub(super) fn request(&self, method: &str) -> Request {
        self.request_to(&self.policy.path, method)
    }

    pub(super) fn request_to(&self, path: &str, method: &str) -> Request {
        let body = Some(&self.policy.body).filter(|_| matches!(method, "POST" | "PUT" | "PATCH"));
        let content_type = body.and_then(|body| body.content_type.clone());
        let content_type = content_type.map(|value| ("Content-Type".to_owned(), value));
        Request {
            method: Some(method.to_owned()),
            credentials: Some(self.credentials()),
            body: body.map(|body| Body::Text(body.text.clone())),
            headers: self.policy.headers_sent.iter().cloned().chain(content_type).collect(),
            ..Request::new(Via::Fetch, &format!("{}{path}", self.file.server.origin))
        }
    }

    pub(super) fn step(&self, page: &Origin, request: Request, read: ExpectedRead) -> Step {
        let expect = Expectation { read, ..Expectation::default() };
        let answer_limit = Some(self.policy.answer_within + self.turns());
        Step { expect, answer_limit, ..Step::new(page.clone(), request) }
    }

    /// How long a request may wait for its turn, where the server is asked no faster than it bears.
    fn turns(&self) -> Duration {
        let interval =
            self.file.server.rate.map_or(Duration::ZERO, |rate| Duration::from_secs_f64(1.0 / rate));
        interval * if self.asks_alone() { TURNS_ALONE } else { TURNS }
    }

    /// Whether cases go one after the other, because side by side they would wait for each other.
    fn asks_alone(&self) -> bool {
        self.file.server.rate.is_some_and(|rate| rate < 1.0)
    }

    /// Nothing scripted; what may change something is stopped where the file wants it so.
    pub(super) fn scenario(&self) -> Scenario {
        // Nobody answers a prompt for a password: a 401 is to be read.
        let interception = Interception { challenges: Challenges::Unprompted, ..Interception::default() };
        let scenario = Scenario { interception, ..Scenario::default() };
        match self.policy.unsafe_methods {
            UnsafeMethods::Sent => scenario,
            UnsafeMethods::Withheld => withholding(scenario),
        }
    }

    /// The lines of the file in which the policy stands.
    fn place(&self) -> Place {
        let Policy { line, last_line, .. } = *self.policy;
        Place { file: self.file.path.clone(), line, last_line, text: Arc::clone(&self.file.text) }
    }

    pub(super) fn case(&self, name: &str, steps: Vec<Step>) -> Case {
        let id = CaseId(format!("{}{name}", self.prefix()));
        let case = Case::of_real_server(id, self.place(), &self.policy.path, steps);
        let isolation = if self.asks_alone() { Isolation::Alone } else { case.isolation };
        Case { scenario: Arc::new(self.scenario()), isolation, ..case }
    }
}

pub(super) fn withholding(scenario: Scenario) -> Scenario {
    let interception = Interception { withhold: Withhold::UnsafeMethods, ..scenario.interception };
    Scenario { interception, ..scenario }
}

/// Whether the header that [`Request::add_header`] sets is CORS-unsafe.
pub(super) fn needs_preflight(name: &str) -> bool {
    !matches!(name.to_ascii_lowercase().as_str(), "accept" | "accept-language" | "content-language")
}
