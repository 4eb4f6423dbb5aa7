//! A browser that does what the standard says, in memory, and servers that are right or wrong on purpose.

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use browsers::Engine;
use corsproof_fixture::{
    Answer, AnsweredBy, BodyEnd, Exchange, HttpVersion, Message, Protocols, Received, Reply, Token, Withhold,
};
use fetch_model::{FetchStandard, HeaderList, HttpRequest, InternalResponse, Network};

use crate::{
    check::{
        cases::{Probe, probes},
        checked_file::CheckedFile,
        checklist::{CheckedPoint, Point},
        finding::{Finding, Kind},
        policy::PolicyFile,
    },
    document::source::Source,
    judge::Verdict,
    observation::{Observation, SentRequest},
    policyfile::read_file,
    predict::predict_over,
    run::CaseResult,
};

/// The policy that most tests hold servers against.
pub(super) const POLICY: &str = r#"
[server]
origin = "https://api.shop.example"
start  = "true"

[[policy]]
path    = "/data"
origins = ["https://app.shop.example", "https://admin.shop.example"]
methods = ["GET", "POST", "PUT"]
request_headers = ["Content-Type", "Authorization"]
exposed_headers = ["X-Total-Count"]
credentials = true
max_age = 600
"#;

/// A server: a request to an answer.
pub(super) type Fake<'a> = dyn FnMut(&Received) -> Message + 'a;

/// Reads a policy file that is right.
pub(super) fn file(text: &str) -> PolicyFile {
    let source = Arc::new(Source::new(Path::new("shop/corsproof.toml"), "shop".to_owned(), text.to_owned()));
    let (file, problems) = read_file(&source);
    assert!(problems.is_empty(), "{problems:?}");
    file.expect("a file without problems")
}

/// The result of checking `server` against `policy`, without a browser.
pub(super) fn check(policy: &str, server: &mut Fake<'_>) -> CheckedFile {
    check_in(policy, server, |_| {})
}

/// The result of checking `server` in a browser whose results `change` has altered.
pub(super) fn check_in(
    policy: &str,
    server: &mut Fake<'_>,
    mut change: impl FnMut(&mut CaseResult),
) -> CheckedFile {
    let file = file(policy);
    let probes = probes(&file, Protocols::Http1);
    let mut results: Vec<CaseResult> =
        probes.iter().enumerate().map(|(number, probe)| ask(&file, probe, number, server)).collect();
    results.iter_mut().for_each(&mut change);
    CheckedFile::of(&file, &probes, &results)
}

/// The kinds of findings, in order.
pub(super) fn kinds(checked: &CheckedFile) -> Vec<Kind> {
    checked.findings.iter().map(|finding| finding.kind).collect()
}

pub(super) fn finding(checked: &CheckedFile, kind: Kind) -> &Finding {
    let found = checked.findings.iter().find(|finding| finding.kind == kind);
    found.unwrap_or_else(|| panic!("no {} among {:?}", kind.word(), kinds(checked)))
}

/// The line of the checklist for one point.
pub(super) fn line(checked: &CheckedFile, point: Point) -> &CheckedPoint {
    checked.checklist.iter().find(|line| line.point == point).expect("each point has a line")
}

fn ask(file: &PolicyFile, probe: &Probe, number: usize, server: &mut Fake<'_>) -> CaseResult {
    let token = Token::new(1, number);
    let network = InMemory { file, probe, token: &token, server, log: Vec::new() };
    let (steps, network) = predict_over(&probe.case, &token, network, &FetchStandard);
    let log = network.log;
    let observation = Observation { sent: SentRequest::of_log(&probe.case, &token, &log), steps };
    CaseResult {
        case: Arc::clone(&probe.case),
        engine: Engine::Chromium,
        verdict: Verdict::Agrees,
        predicted: observation.clone(),
        observed: Some(observation),
        duration: Duration::ZERO,
        retries: 0,
        earlier: Vec::new(),
        log,
        token: Some(token),
    }
}

/// The network between that browser and a fake server.
struct InMemory<'a, 'f> {
    file: &'a PolicyFile,
    probe: &'a Probe,
    token: &'a Token,
    server: &'a mut Fake<'f>,
    log: Vec<Exchange>,
}

impl Network for InMemory<'_, '_> {
    fn send(&mut self, request: &HttpRequest) -> Option<InternalResponse> {
        let headers = request.header_list.iter();
        let received = Received {
            method: request.method.clone(),
            url: request.url.clone(),
            version: HttpVersion::H1,
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: request.body.clone(),
        };
        let scenario = &self.probe.case.scenario;
        let is_safe = matches!(received.method.as_str(), "GET" | "HEAD" | "OPTIONS");
        let origin = received.url.origin().ascii_serialization();
        let (by, reply) = if origin != self.file.server.origin.serialize() {
            (AnsweredBy::Script, scenario.answer(self.token, &received, 0).reply)
        } else if scenario.interception.withhold == Withhold::UnsafeMethods && !is_safe {
            (AnsweredBy::Withheld, Reply::Close)
        } else {
            (AnsweredBy::Upstream, Reply::Message((self.server)(&received)))
        };
        let answer = Answer { delay: Duration::ZERO, reply: reply.clone() };
        let at = std::time::Instant::now();
        self.log.push(Exchange { received, answer, by, body_end: BodyEnd::Whole, connection: 0, at });
        match reply {
            Reply::Message(message) => {
                let headers: HeaderList = message.headers.into_iter().collect();
                Some(InternalResponse::new(message.status, headers, message.body))
            }
            _ => None,
        }
    }
}

/// A server as people write it: what it grants, by its parts.
#[derive(Clone)]
pub(super) struct Shop {
    /// Whether an Origin is granted.
    pub(super) trusts: fn(&str) -> bool,
    /// The value of Access-Control-Allow-Origin for a granted Origin.
    pub(super) says: fn(&str) -> String,
    /// Header fields of every answer.
    pub(super) always: BTreeMap<&'static str, &'static str>,
    /// Fields of the preflight's answer.
    pub(super) preflight: BTreeMap<&'static str, &'static str>,
    pub(super) preflight_status: u16,
    /// How an OPTIONS request that is no preflight is answered.
    pub(super) plain_options: PlainOptions,
    /// Whether errors have the fields too.
    pub(super) errors: Errors,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PlainOptions {
    Apart,
    AsPreflights,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Errors {
    Readable,
    Bare,
}

pub(super) fn is_listed(origin: &str) -> bool {
    ["https://app.shop.example", "https://admin.shop.example"].contains(&origin)
}

impl Shop {
    /// Does what [`POLICY`] says, and lets strangers change nothing.
    pub(super) fn right() -> Self {
        Self {
            trusts: is_listed,
            says: str::to_owned,
            always: BTreeMap::from([
                ("Vary", "Origin"),
                ("Access-Control-Allow-Credentials", "true"),
                ("Access-Control-Expose-Headers", "X-Total-Count"),
            ]),
            preflight: BTreeMap::from([
                ("Access-Control-Allow-Methods", "GET, POST, PUT"),
                ("Access-Control-Allow-Headers", "Content-Type, Authorization"),
                ("Access-Control-Max-Age", "600"),
            ]),
            preflight_status: 204,
            plain_options: PlainOptions::Apart,
            errors: Errors::Readable,
        }
    }

    pub(super) fn answer(&self, request: &Received) -> Message {
        let origin = request.header("Origin");
        let granted = origin.as_deref().filter(|origin| (self.trusts)(origin)).map(self.says);
        let is_preflight = request.is_preflight()
            || (request.method == "OPTIONS" && self.plain_options == PlainOptions::AsPreflights);
        let is_missing = request.url.path() != "/data";
        let changes = matches!(request.method.as_str(), "POST" | "PUT" | "DELETE");
        let status = match request.method.as_str() {
            _ if is_preflight => self.preflight_status,
            _ if is_missing => 404,
            // CORS is no authorisation: who changes something is asked for more.
            _ if changes && origin.is_some_and(|origin| !is_listed(&origin) && !(self.trusts)(&origin)) => {
                403
            }
            "GET" | "HEAD" | "POST" | "PUT" => 200,
            _ => 405,
        };
        let mut headers = vec![("X-Total-Count".to_owned(), "3".to_owned())];
        let mut say = |name: &str, value: &str| headers.push((name.to_owned(), value.to_owned()));
        if status < 400 || is_preflight || self.errors == Errors::Readable {
            for (name, value) in &self.always {
                let is_grant = name.starts_with("Access-Control-");
                if !is_grant || granted.is_some() {
                    say(name, value);
                }
            }
            if let Some(granted) = &granted {
                say("Access-Control-Allow-Origin", granted);
            }
            if is_preflight && granted.is_some() {
                self.preflight.iter().for_each(|(name, value)| say(name, value));
            }
        }
        Message { status, headers, body: Vec::new() }
    }
}
