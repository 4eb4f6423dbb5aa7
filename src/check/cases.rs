//! Cases from a policy: who must be able to read, who must not, and what else must hold.

use std::sync::Arc;

use corsproof_fixture::{
    Interception, Protocols, Resource, Scenario, SharedCache, Source, Turn, UpstreamProtocol, Withhold,
};
use url::Url;

use super::{
    policy::{Origins, Policy, PolicyFile, UnsafeMethods},
    strangers::{Disguise, strangers},
};
use crate::{
    case::{
        Body, Case, CaseId, Context, Expectation, ExpectedRead, Isolation, Need, Place, Request, Step, Via,
    },
    standard::{CacheMode, CredentialsMode, Origin, RequestMode, is_cors_safelisted_method},
};

/// How often an identical request is made.
const REPEATS: usize = 4;
/// The longest Max-Age whose end is waited for, in seconds.
const SHORT_MAX_AGE: u64 = 3;
/// A header that no policy declares.
pub(super) const UNDECLARED_HEADER: &str = "X-Corsproof-Undeclared";
/// Where the harness's own redirect is.
const REDIRECT: &str = "https://redirect.attacker.example/";
/// A page that nobody has.
const MISSING: &str = "corsproof-no-such-page";

/// A case, and what it asks.
#[derive(Clone, Debug)]
pub(super) struct Probe {
    /// Of which policy, by its place in the file.
    pub policy: usize,
    /// What it asks.
    pub question: Question,
    /// How it is asked.
    pub case: Arc<Case>,
}

/// What a case asks of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Whether a declared origin can read, with a method and perhaps a header.
    Reader {
        /// Who asks.
        origin: Origin,
        /// How.
        method: String,
        /// With which header, if one.
        header: Option<String>,
        /// With credentials or without.
        credentials: CredentialsMode,
    },
    /// Whether somebody can read who is not declared.
    Stranger(Disguise),
    /// Whether a stranger can read without credentials what is read with them.
    StrangerWithoutCredentials,
    /// Whether a stranger can read with credentials what is everybody's without.
    StrangerWithCredentials,
    /// Whether a stranger's simple POST is carried out.
    StrangersChange,
    /// Whether a method is granted that is not declared.
    UndeclaredMethod(String),
    /// Whether a header is granted that is not declared.
    UndeclaredHeader,
    /// Whether identical requests get the same answer.
    Repeat,
    /// Whether an error can be read: on the policy's own path, or on another.
    Error(ErrorPlace),
    /// What a plain OPTIONS is answered.
    PlainOptions,
    /// What a request without an Origin is answered.
    NoOrigin,
    /// Whether one preflight serves two requests.
    PreflightKept,
    /// Whether a second preflight is made after Max-Age.
    PreflightExpires,
    /// Whether the browser's HTTP cache serves an answer to the wrong origin.
    BrowserCache,
    /// Whether a shared cache does.
    SharedCache,
    /// What the same request is answered over HTTP/1.1.
    OverHttp1,
}

/// Where an error is provoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ErrorPlace {
    /// A path that the policy names.
    Declared,
    /// A path beside it.
    Elsewhere,
}

/// All cases of a file.
pub(super) fn probes(file: &PolicyFile, protocols: Protocols) -> Vec<Probe> {
    let mut probes = Vec::new();
    for (index, policy) in file.policies.iter().enumerate() {
        let mut asker = Asker { file, policy, index, probes: Vec::new() };
        asker.readers();
        asker.strangers();
        asker.undeclared();
        asker.errors();
        asker.preflights();
        asker.caches();
        asker.same_origin();
        if protocols == Protocols::Http1AndHttp2 {
            asker.over_http1();
        }
        probes.append(&mut asker.probes);
    }
    probes
}

/// Makes the cases of one policy.
struct Asker<'a> {
    file: &'a PolicyFile,
    policy: &'a Policy,
    index: usize,
    probes: Vec<Probe>,
}

impl Asker<'_> {
    /// Who is declared: each origin with each method, alone and with each header.
    fn readers(&mut self) {
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
            self.ask(Question::Repeat, case);
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
        self.ask(question, case);
    }

    /// Who is not declared.
    fn strangers(&mut self) {
        let policy = self.policy;
        let Origins::List(allowed) = &policy.origins else {
            // Everybody may read, but nobody with credentials.
            if let Some(origin) = policy.readers().last() {
                let mut request = self.request(&policy.methods[0]);
                request.credentials = Some(CredentialsMode::Include);
                let step = self.step(origin, request, ExpectedRead::Blocked);
                let case = self.case("stranger[with credentials]", vec![step]);
                self.ask(Question::StrangerWithCredentials, case);
            }
            return;
        };
        for stranger in strangers(allowed, &self.file.server.origin) {
            let request = self.request(&self.simple_method());
            let mut step = self.step(&stranger.page, request, ExpectedRead::Blocked);
            let mut scenario = self.scenario();
            let name = match stranger.disguise {
                Disguise::SandboxedFrame => {
                    step.context = Context::SandboxedIframe;
                    "stranger[null]".to_owned()
                }
                Disguise::Redirect => {
                    scenario.resources.extend(redirect_to(&step.request.url, policy.credentials));
                    REDIRECT.clone_into(&mut step.request.url);
                    "stranger[null by redirect]".to_owned()
                }
                disguise => format!("stranger[{} {}]", disguise.word(), stranger.page),
            };
            let mut case = self.case(&name, vec![step]);
            case.scenario = Arc::new(scenario);
            // Engines differ in the hosts that they take.
            if matches!(stranger.disguise, Disguise::SpecialCharacter | Disguise::TrailingDot) {
                case.needs.push(Need::SpecialHost);
            }
            self.ask(Question::Stranger(stranger.disguise), case);
        }
        let stranger = strangers(allowed, &self.file.server.origin).into_iter().next();
        if let Some(stranger) = stranger.as_ref().filter(|_| policy.credentials) {
            let mut request = self.request(&self.simple_method());
            request.credentials = Some(CredentialsMode::Omit);
            let step = self.step(&stranger.page, request, ExpectedRead::Blocked);
            let case = self.case("stranger[without credentials]", vec![step]);
            self.ask(Question::StrangerWithoutCredentials, case);
        }
        let posts = policy.methods.iter().any(|method| method == "POST");
        if let Some(stranger) = stranger.filter(|_| posts && policy.unsafe_methods == UnsafeMethods::Sent) {
            let step = self.step(&stranger.page, self.request("POST"), ExpectedRead::Blocked);
            let case = self.case("stranger[POST]", vec![step]);
            self.ask(Question::StrangersChange, case);
        }
    }

    /// What the policy does not need must not be granted. What is granted is stopped before the server.
    fn undeclared(&mut self) {
        let policy = self.policy;
        let Some(origin) = self.cross_origin_reader() else { return };
        for method in ["PUT", "DELETE", "PATCH"] {
            if policy.methods.iter().all(|declared| declared != method) {
                let step = self.step(&origin, self.request(method), ExpectedRead::Blocked);
                let mut case = self.case(&format!("undeclared[{method}]"), vec![step]);
                case.scenario = Arc::new(withholding(self.scenario()));
                self.ask(Question::UndeclaredMethod(method.to_owned()), case);
            }
        }
        let mut request = self.request(&self.simple_method());
        request.add_header(UNDECLARED_HEADER);
        let step = self.step(&origin, request, ExpectedRead::Blocked);
        let case = self.case(&format!("undeclared[{UNDECLARED_HEADER}]"), vec![step]);
        self.ask(Question::UndeclaredHeader, case);
    }

    /// Errors must be readable too, or a script cannot tell what is wrong.
    fn errors(&mut self) {
        let policy = self.policy;
        let Some(origin) = self.cross_origin_reader() else { return };
        for path in &policy.errors {
            let step = self.step(&origin, self.request_to(path, "GET"), ExpectedRead::Allowed);
            let case = self.case(&format!("error[{path}]"), vec![step]);
            self.ask(Question::Error(ErrorPlace::Declared), case);
        }
        let other =
            ["POST", "GET"].into_iter().find(|other| policy.methods.iter().all(|method| method != other));
        if let Some(method) =
            other.filter(|method| *method == "GET" || policy.unsafe_methods == UnsafeMethods::Sent)
        {
            let step = self.step(&origin, self.request(method), ExpectedRead::Allowed);
            let case = self.case(&format!("error[{method}]"), vec![step]);
            self.ask(Question::Error(ErrorPlace::Declared), case);
        }
        let path = policy.path.split('?').next().unwrap_or_default().trim_end_matches('/');
        let step =
            self.step(&origin, self.request_to(&format!("{path}/{MISSING}"), "GET"), ExpectedRead::Allowed);
        let case = self.case("error[no such page]", vec![step]);
        self.ask(Question::Error(ErrorPlace::Elsewhere), case);
    }

    /// How long a preflight's answer holds.
    fn preflights(&mut self) {
        let Some(origin) = self.cross_origin_reader() else { return };
        let Some(request) = self.preflighted_request() else { return };
        let step = self.step(&origin, request, ExpectedRead::Allowed);
        let case = self.case("preflight-kept", vec![step.clone(), step.clone()]);
        self.ask(Question::PreflightKept, case);
        if let Some(seconds @ 1..=SHORT_MAX_AGE) = self.policy.max_age {
            let later = Step { wait_ms: (seconds + 1) * 1000, ..step.clone() };
            let mut case = self.case("preflight-expires", vec![step, later]);
            case.isolation = Isolation::Slow;
            self.ask(Question::PreflightExpires, case);
        }
    }

    /// Whether caches between the server and its readers tell them apart.
    fn caches(&mut self) {
        let readers: Vec<Origin> = self.cross_origin_readers();
        let Some(first) = readers.first().cloned() else { return };
        if !self.policy.methods.iter().any(|method| method == "GET") {
            return;
        }
        let read =
            |asker: &Self, origin: &Origin| asker.step(origin, asker.request("GET"), ExpectedRead::Allowed);
        // Without CORS first: a request that has no Origin.
        let mut before = read(self, &first);
        before.request.mode = Some(RequestMode::NoCors);
        before.expect = Expectation { read: ExpectedRead::Opaque, ..Expectation::default() };
        let plain = vec![before, read(self, &first)];
        // Engines keep a cache for each site.
        let same_site = readers.iter().skip(1).find(|other| first.is_same_site(other)).cloned();
        let both = |asker: &Self, other: &Origin| vec![read(asker, &first), read(asker, other)];
        let mut browser = vec![("no-cors first", plain.clone())];
        browser.extend(same_site.map(|other| ("two origins", both(self, &other))));
        for (name, steps) in browser {
            let mut case = self.case(&format!("browser-cache[{name}]"), steps);
            case.needs.push(Need::HttpCache);
            self.ask(Question::BrowserCache, case);
        }
        let mut shared = vec![("no-cors first", plain)];
        shared.extend(readers.get(1).map(|other| ("two origins", both(self, other))));
        for (name, steps) in shared {
            let mut case = self.case(&format!("shared-cache[{name}]"), steps);
            let interception = Interception { shared_cache: SharedCache::Present, ..Interception::default() };
            case.scenario = Arc::new(Scenario { interception, ..self.scenario() });
            self.ask(Question::SharedCache, case);
        }
    }

    /// What the server answers where no CORS is involved: from a page of its own origin.
    fn same_origin(&mut self) {
        let server = self.file.server.origin.clone();
        let step = self.step(&server, self.request("OPTIONS"), ExpectedRead::Allowed);
        let case = self.case("plain-options", vec![step]);
        self.ask(Question::PlainOptions, case);
        let step = self.step(&server, self.request(&self.simple_method()), ExpectedRead::Allowed);
        let case = self.case("no-origin", vec![step]);
        self.ask(Question::NoOrigin, case);
    }

    /// What a server with both protocols answers over the older one; all else goes over HTTP/2.
    fn over_http1(&mut self) {
        if let Some(origin) = self.cross_origin_reader() {
            let request = self.preflighted_request().unwrap_or_else(|| self.request(&self.simple_method()));
            let step = self.step(&origin, request, ExpectedRead::Allowed);
            let mut case = self.case("over-http1", vec![step]);
            let interception =
                Interception { protocol: UpstreamProtocol::Http1, ..self.scenario().interception };
            case.scenario = Arc::new(Scenario { interception, ..Scenario::default() });
            self.ask(Question::OverHttp1, case);
        }
    }

    fn ask(&mut self, question: Question, case: Case) {
        self.probes.push(Probe { policy: self.index, question, case: Arc::new(case) });
    }

    fn credentials(&self) -> CredentialsMode {
        if self.policy.credentials { CredentialsMode::Include } else { CredentialsMode::Omit }
    }

    /// A declared origin that is not the server's own.
    fn cross_origin_reader(&self) -> Option<Origin> {
        self.cross_origin_readers().into_iter().next()
    }

    fn cross_origin_readers(&self) -> Vec<Origin> {
        self.policy.readers().into_iter().filter(|origin| *origin != self.file.server.origin).collect()
    }

    /// A declared method that needs no preflight and changes nothing, or else GET.
    fn simple_method(&self) -> String {
        let declared = self.policy.methods.iter().find(|method| matches!(method.as_str(), "GET" | "HEAD"));
        declared.cloned().unwrap_or_else(|| "GET".to_owned())
    }

    /// A declared request that needs a preflight, if any does.
    fn preflighted_request(&self) -> Option<Request> {
        let method = self.policy.methods.iter().find(|method| !is_cors_safelisted_method(method));
        if let Some(method) = method {
            return Some(self.request(method));
        }
        let header = self.policy.request_headers.iter().find(|header| needs_preflight(header))?;
        let mut request = self.request(&self.policy.methods[0]);
        request.add_header(header);
        Some(request)
    }

    fn request(&self, method: &str) -> Request {
        self.request_to(&self.policy.path, method)
    }

    fn request_to(&self, path: &str, method: &str) -> Request {
        let has_body = matches!(method, "POST" | "PUT" | "PATCH");
        Request {
            method: Some(method.to_owned()),
            credentials: Some(self.credentials()),
            body: has_body.then(|| Body::Text("{}".to_owned())),
            ..Request::new(Via::Fetch, &format!("{}{path}", self.file.server.origin))
        }
    }

    #[expect(clippy::unused_self, reason = "it reads as what the asker does")]
    fn step(&self, page: &Origin, request: Request, read: ExpectedRead) -> Step {
        let expect = Expectation { read, ..Expectation::default() };
        Step { expect, ..Step::new(page.clone(), request) }
    }

    /// Nothing scripted; what may change something is stopped where the file wants it so.
    fn scenario(&self) -> Scenario {
        let scenario = Scenario::default();
        match self.policy.unsafe_methods {
            UnsafeMethods::Sent => scenario,
            UnsafeMethods::Withheld => withholding(scenario),
        }
    }

    /// Its policy, in the file.
    fn place(&self) -> Place {
        let Policy { line, last_line, .. } = *self.policy;
        Place { file: self.file.path.clone(), line, last_line, text: Arc::clone(&self.file.text) }
    }

    fn case(&self, name: &str, steps: Vec<Step>) -> Case {
        let id = CaseId(format!("{}{} {name}", self.file.name, self.policy.path));
        let case = Case::of_real_server(id, self.place(), &self.policy.path, steps);
        Case { scenario: Arc::new(self.scenario()), ..case }
    }
}

fn withholding(scenario: Scenario) -> Scenario {
    let interception = Interception { withhold: Withhold::UnsafeMethods, ..scenario.interception };
    Scenario { interception, ..scenario }
}

/// Whether the header that [`Request::add_header`] sets is CORS-unsafe.
pub(super) fn needs_preflight(name: &str) -> bool {
    !matches!(name.to_ascii_lowercase().as_str(), "accept" | "accept-language" | "content-language")
}

/// The harness's own server, which sends whoever asks on to `url`.
fn redirect_to(url: &str, credentials: bool) -> Option<Resource> {
    let credentials = if credentials { "Access-Control-Allow-Credentials: true\n" } else { "" };
    let text = format!("302\nAccess-Control-Allow-Origin: {{origin}}\n{credentials}Location: {url}\n");
    let turn = Turn { times: 1, delay: std::time::Duration::ZERO, source: Source::Text(text) };
    let url = Url::parse(REDIRECT).ok()?;
    Some(Resource { url, preflight: Vec::new(), response: vec![turn] })
}
