//! Cases of origins that the policy does not declare.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use corsproof_fixture::{Resource, Source, Turn};
use fetch_model::{CredentialsMode, Origin, is_cors_safelisted_method, method};
use url::Url;

use super::{
    case_builder::{CaseBuilder, needs_preflight},
    grants::UNDECLARED_HEADER,
    probe::Question,
};
use crate::{
    case::{Context, ExpectedRead, Need},
    check::{
        policy::{Origins, UnsafeMethods, promise::DeclaredOrigin},
        strangers::{Disguise, Stranger, strangers},
    },
};

/// The URL of the harness's own redirect to the server.
const REDIRECT: &str = "https://redirect.attacker.example/";

impl CaseBuilder<'_> {
    /// Adds the cases in which undeclared origins ask: all of them for what declared pages ask for without a preflight and
    /// with one, and one that has nothing in common with any for everything.
    pub(super) fn strangers(&mut self) {
        let Origins::List(declared) = &self.policy.origins else { return self.everybody_with_credentials() };
        // What a pattern may be meant to let in is nobody's mistake.
        let is_declared = |page: &Origin| declared.iter().any(|declared| declared.may_be(page));
        let mut strangers = strangers(&self.policy.readers(), is_declared, &self.file.server.origin);
        strangers.extend(near_misses(declared));
        let (usual, others): (Vec<StrangersRequest>, Vec<StrangersRequest>) = self.strangers_requests();
        let mut asked: BTreeSet<Disguise> = BTreeSet::new();
        for stranger in &strangers {
            // Of many names of one kind the first stands for all where it comes to preflights.
            let is_further = !asked.insert(stranger.disguise)
                && matches!(
                    stranger.disguise,
                    Disguise::Localhost | Disguise::Hosting | Disguise::SpecialCharacter
                );
            let requests = if is_further { usual.get(..1).unwrap_or_default() } else { &usual[..] };
            for request in requests {
                self.stranger(stranger, request);
            }
        }
        if let Some(unrelated) = strangers.first() {
            for request in &others {
                self.stranger(unrelated, request);
            }
            self.errors_of_strangers(&unrelated.page);
            self.preflight_first(&unrelated.page);
            self.without_credentials(&unrelated.page);
            self.change(&unrelated.page);
        }
    }

    /// What declared pages ask for: what every stranger asks for too (one request without a preflight, one with), and the
    /// rest.
    fn strangers_requests(&self) -> (Vec<StrangersRequest>, Vec<StrangersRequest>) {
        let policy = self.policy;
        let is_sent =
            |method: &str| policy.unsafe_methods == UnsafeMethods::Sent || method::is_safe_method(method);
        let further = policy.further_headers();
        let mut plain: Vec<StrangersRequest> = Vec::new();
        let mut preflighted: Vec<StrangersRequest> = Vec::new();
        for method in &policy.methods {
            for headers in [&[][..], &further] {
                let request = StrangersRequest { method: method.clone(), headers: headers.to_vec() };
                let list = if self.is_plain(&request) { &mut plain } else { &mut preflighted };
                if !list.contains(&request) {
                    list.push(request);
                }
            }
        }
        // The safe ones first; what is withheld and has no preflight says nothing, unless it is all that there is.
        plain.sort_by_key(|request| !method::is_safe_method(&request.method));
        let only = plain.len() == 1 && preflighted.is_empty();
        plain.retain(|request| only || is_sent(&request.method));
        // What a page would really send: the most headers, by a method that needs asking.
        preflighted
            .sort_by_key(|request| (is_cors_safelisted_method(&request.method), request.headers.is_empty()));
        let mut usual: Vec<StrangersRequest> = Vec::new();
        for list in [&mut plain, &mut preflighted] {
            if !list.is_empty() {
                usual.push(list.remove(0));
            }
        }
        plain.append(&mut preflighted);
        // That one has a case of its own.
        plain.retain(|request| request.method != "POST" || !request.headers.is_empty());
        (usual, plain)
    }

    fn is_plain(&self, request: &StrangersRequest) -> bool {
        !self.always_needs_preflight()
            && is_cors_safelisted_method(&request.method)
            && !request.headers.iter().any(|name| needs_preflight(name))
    }

    /// Everybody may read, but nobody with credentials.
    fn everybody_with_credentials(&mut self) {
        if let Some(origin) = self.policy.readers().last() {
            let mut request = self.request(&self.policy.methods[0]);
            request.credentials = Some(CredentialsMode::Include);
            let step = self.step(origin, request, ExpectedRead::Blocked);
            let case = self.case("stranger[with credentials]", vec![step]);
            self.add(Question::StrangerWithCredentials, case);
        }
    }

    /// A page that is really loaded from the stranger's origin.
    fn stranger(&mut self, stranger: &Stranger, asked: &StrangersRequest) {
        let mut request = self.request(&asked.method);
        asked.headers.iter().for_each(|header| request.add_header(header));
        let mut step = self.step(&stranger.page, request, ExpectedRead::Blocked);
        let mut scenario = self.scenario();
        let name = match stranger.disguise {
            Disguise::SandboxedFrame => {
                step.context = Context::SandboxedIframe;
                "null".to_owned()
            }
            // The harness's own server redirects GETs alone: a preflight would end there.
            Disguise::Redirect if self.is_plain(asked) => {
                scenario.resources.extend(redirect_to(&step.request.url, self.policy.credentials));
                REDIRECT.clone_into(&mut step.request.url);
                "null by redirect".to_owned()
            }
            Disguise::Redirect => return,
            disguise => format!("{} {}", disguise.word(), stranger.page),
        };
        let name = format!("stranger[{name}{}]", asked.suffix(&self.simple_method()));
        let mut case = self.case(&name, vec![step]);
        case.scenario = Arc::new(scenario);
        // Engines differ in the hosts that they take.
        if matches!(stranger.disguise, Disguise::SpecialCharacter | Disguise::TrailingDot) {
            case.needs.push(Need::SpecialHost);
        }
        self.add(Question::Stranger(stranger.disguise), case);
    }

    /// Errors that declared pages must be able to read are no more everybody's than answers are.
    fn errors_of_strangers(&mut self, page: &Origin) {
        for path in &self.policy.errors {
            let step = self.step(page, self.request_to(path, "GET"), ExpectedRead::Blocked);
            let case = self.case(&format!("stranger[error {path}]"), vec![step]);
            self.add(Question::Stranger(Disguise::Unrelated), case);
        }
    }

    /// Adds the case of a stranger whose preflight comes before its plain request: a server that remembers whom a
    /// preflight was of lets it in afterwards.
    fn preflight_first(&mut self, page: &Origin) {
        let method = self.simple_method();
        if !self.policy.methods.contains(&method) {
            return;
        }
        let mut preflighted = self.request(&method);
        preflighted.add_header(UNDECLARED_HEADER);
        let steps = [preflighted, self.request(&method)];
        let steps = steps.map(|request| self.step(page, request, ExpectedRead::Blocked));
        let case = self.case("stranger[preflight first]", steps.to_vec());
        self.add(Question::Stranger(Disguise::Unrelated), case);
    }

    /// Adds the cases without credentials: what is refused with credentials may be granted without.
    fn without_credentials(&mut self, page: &Origin) {
        if self.policy.credentials {
            let mut request = self.request(&self.simple_method());
            request.credentials = Some(CredentialsMode::Omit);
            let step = self.step(page, request, ExpectedRead::Blocked);
            let case = self.case("stranger[without credentials]", vec![step]);
            self.add(Question::StrangerWithoutCredentials, case);
        }
    }

    /// A POST that needs no preflight arrives, whoever sends it.
    fn change(&mut self, page: &Origin) {
        let posts = self.policy.methods.iter().any(|method| method == "POST");
        if posts && self.policy.unsafe_methods == UnsafeMethods::Sent {
            // A stranger knows none of the secrets that pages send.
            let mut request = self.request("POST");
            let is_sent = |name: &str| self.policy.headers_sent.iter().any(|(sent, _)| sent == name);
            request.headers.retain(|(name, _)| !is_sent(name));
            let step = self.step(page, request, ExpectedRead::Blocked);
            let case = self.case("stranger[POST]", vec![step]);
            self.add(Question::StrangersChange, case);
        }
    }
}

/// A request that a stranger makes because declared pages do.
#[derive(Clone, Debug, PartialEq, Eq)]
struct StrangersRequest {
    method: String,
    headers: Vec<String>,
}

impl StrangersRequest {
    /// What tells it from the request with `usual_method` and no headers, for the identity of a case.
    fn suffix(&self, usual_method: &str) -> String {
        match self.headers.as_slice() {
            [] if self.method == usual_method => String::new(),
            [] => format!(" {}", self.method),
            [header] => format!(" {} {header}", self.method),
            _ => format!(" {} all headers", self.method),
        }
    }
}

/// The origins that a pattern is often written too loosely to keep out.
fn near_misses(declared: &[DeclaredOrigin]) -> Vec<Stranger> {
    let pages = declared.iter().flat_map(DeclaredOrigin::near_misses);
    let pages = pages.filter(|page| !declared.iter().any(|declared| declared.is(page)));
    pages.map(|page| Stranger { disguise: Disguise::NearMiss, page }).collect()
}

/// The harness's own server, which sends whoever asks on to `url`.
fn redirect_to(url: &str, credentials: bool) -> Option<Resource> {
    let credentials = if credentials { "Access-Control-Allow-Credentials: true\n" } else { "" };
    let text = format!("302\nAccess-Control-Allow-Origin: {{origin}}\n{credentials}Location: {url}\n");
    let turn = Turn { times: 1, delay: Duration::ZERO, source: Source::Text(text) };
    let url = Url::parse(REDIRECT).ok()?;
    Some(Resource { url, preflight: Vec::new(), response: vec![turn] })
}
