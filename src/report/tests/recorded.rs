//! Events of a run, made by hand.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use browsers::Engine;
use corsproof_fixture::{Resource, Scenario, Source, Token, Turn};
use fetch_model::{CredentialsMode, Origin, Reason};
use url::Url;

use crate::{
    case::{
        Case, CaseId, Context, Expectation, ExpectedRead, ExpectedRequest, Isolation, Loaded, Need, Place,
        Request, ResponseType, ServedBy, Step, Via,
    },
    casefile::REQUIREMENTS,
    judge::{Difference, Verdict, Voice},
    observation::{GivenReason, Observation, Read, SeenResponse, SentRequest, StepOutcome},
    report::COMMAND,
    run::{self, CaseResult, EngineInfo, Totals, memory},
    stream::{About, Event, Recorder},
};

/// The events of a run, as a recorder writes them down.
fn recorded(events: &[run::Event]) -> Vec<Event> {
    let recorder = Recorder::new(About {
        command: "corsproof run".to_owned(),
        again: COMMAND.to_owned(),
        started: "2026-11-22T10:00:00.000Z".to_owned(),
        repeat: 1,
        shard: None,
        requirements: REQUIREMENTS.as_slice(),
    });
    events.iter().flat_map(|event| recorder.record(event)).collect()
}

const PAGE: &str = "https://app.example.com";
const URL: &str = "https://api.example.com/data";

/// A run of two engines with every verdict.
pub(super) fn events() -> Vec<Event> {
    recorded(&run_of_two())
}

fn run_of_two() -> Vec<run::Event> {
    let chromium = [
        put_carried_out(),
        cache_of_two(),
        agrees(),
        blocked(GivenReason::Given(Reason::MethodNotAllowed)),
        known(),
    ];
    let webkit = [not_applicable(), blocked(GivenReason::Unreported), failed("wall", 1), failed("gate", 1)];
    let mut events = vec![
        run::Event::Started {
            cases: chromium.iter().chain(&webkit).map(|result| Arc::clone(&result.case)).collect(),
            engines: vec![Engine::Chromium, Engine::WebKit],
        },
        run::Event::Note {
            engine: None,
            text: "Chromium runs without its sandbox: this user is root".to_owned(),
        },
    ];
    let mut totals = Totals::default();
    for (engine, version, results) in
        [(Engine::Chromium, "156.0.7204.49", &chromium[..]), (Engine::WebKit, "2.50.6", &webkit[..])]
    {
        events.push(run::Event::EngineStarted(EngineInfo { engine, version: version.to_owned() }));
        for result in results {
            let result = CaseResult { engine, ..result.clone() };
            totals.count(&result.verdict);
            events.push(run::Event::CaseFinished(Box::new(result)));
        }
        events.push(run::Event::EngineFinished { engine, duration: Duration::from_millis(4_210) });
    }
    events.push(run::Event::Finished {
        totals,
        duration: Duration::from_millis(8_530),
        refused: 12,
        stopped: None,
    });
    events
}

/// A run whose browser came up twice, and which was stopped after the first of two cases.
pub(super) fn interrupted() -> Vec<Event> {
    let result = agrees();
    let mut totals = Totals::default();
    totals.count(&result.verdict);
    let up = EngineInfo { engine: Engine::Chromium, version: "156.0".to_owned() };
    let note = run::Event::Note { engine: Some(Engine::Chromium), text: "said by every browser".to_owned() };
    recorded(&[
        run::Event::Started {
            cases: vec![Arc::clone(&result.case), put_carried_out().case],
            engines: vec![Engine::Chromium],
        },
        run::Event::EngineStarted(up.clone()),
        note.clone(),
        run::Event::EngineStarted(up),
        note,
        run::Event::CaseFinished(Box::new(result)),
        run::Event::Finished {
            totals,
            duration: Duration::from_millis(530),
            refused: 0,
            stopped: Some(run::Stopped::Interrupted),
        },
    ])
}

/// A run whose engine never came up.
pub(super) fn no_browser() -> Vec<Event> {
    let why = "geckodriver did not answer within 20 s";
    let mut result = CaseResult { engine: Engine::Firefox, ..failed("wall", 0) };
    result.verdict = Verdict::Failed { why: why.to_owned() };
    let mut totals = Totals::default();
    totals.count(&result.verdict);
    recorded(&[
        run::Event::Started { cases: vec![Arc::clone(&result.case)], engines: vec![Engine::Firefox] },
        run::Event::EngineFailed { engine: Engine::Firefox, why: why.to_owned() },
        run::Event::CaseFinished(Box::new(result)),
        run::Event::EngineFinished { engine: Engine::Firefox, duration: Duration::from_secs(20) },
        run::Event::Finished { totals, duration: Duration::from_secs(20), refused: 0, stopped: None },
    ])
}

/// The browser carries a PUT out that the preflight's answer does not allow.
fn put_carried_out() -> CaseResult {
    let case = case(
        "cors-preflight-fetch/methods/not-listed[methods=GET, POST]",
        31,
        vec![put(blocked_expectation())],
    );
    let observed = Observation {
        sent: vec![preflight(), sent("PUT", &[("origin", PAGE)])],
        steps: vec![allowed("stored")],
    };
    let differences = vec![
        difference("read", Voice::Author, "blocked", "allowed"),
        difference("sent", Voice::Author, "OPTIONS", "OPTIONS, PUT"),
    ];
    result(case, Verdict::Differs { differences }, prediction(), Some(observed), 12.4)
}

/// Two steps; the second one's preflight is missing. Its values are long, and hostile to terminals.
fn cache_of_two() -> CaseResult {
    let mut steps = vec![put(allowed_expectation()), put(allowed_expectation())];
    steps[1].context = Context::Worker;
    steps[1].request.credentials = Some(CredentialsMode::Include);
    steps[1].request.headers = vec![("X-Long".to_owned(), "a".repeat(1_024))];
    let mut case = case("cors-preflight-cache/max-age/zero-is-not-kept", 58, steps);
    case.sent = ["OPTIONS", "PUT", "OPTIONS", "PUT"].map(expected).to_vec();
    let put = sent("PUT", &[("origin", PAGE)]);
    let mut long = put.clone();
    long.headers.insert("x-long".to_owned(), "a".repeat(1_024));
    long.attempts = 2;
    let mut hostile = allowed("\u{1b}[2J\u{1b}[31mred");
    hostile.messages = vec![
        "Access to fetch at 'https://api.example.com/data' from origin 'https://app.example.com' has been blocked by \
         CORS policy: Response to preflight request doesn't pass access control check: It does not have HTTP ok \
         status."
            .to_owned(),
    ];
    let predicted = Observation {
        sent: vec![preflight(), put.clone(), preflight(), put.clone()],
        steps: vec![allowed("stored"); 2],
    };
    let observed =
        Observation { sent: vec![preflight(), put, long], steps: vec![allowed("stored"), hostile] };
    let differences = vec![
        difference("sent[2].method", Voice::Author, "OPTIONS", "PUT"),
        difference("steps[1].body", Voice::Model, "stored", "\u{1b}[2J\u{1b}[31mred"),
        difference(
            "no-request-before-a-good-preflight",
            Voice::Invariant,
            "a preflight before each PUT",
            "none before sent[2]",
        ),
    ];
    result(case, Verdict::Differs { differences }, predicted, Some(observed), 2_104.0)
}

fn agrees() -> CaseResult {
    let case = case("cors-check/allow-origin/exact", 12, vec![put(allowed_expectation())]);
    let observation =
        Observation { sent: vec![sent("GET", &[("origin", PAGE)])], steps: vec![allowed("hello")] };
    result(case, Verdict::Agrees, observation.clone(), Some(observation), 3.2)
}

fn blocked(reason: GivenReason) -> CaseResult {
    let case =
        case("cors-preflight-fetch/methods/not-listed[methods=put]", 31, vec![put(blocked_expectation())]);
    let mut observed = prediction();
    observed.steps[0].reason = Some(reason);
    observed.steps[0].messages = vec!["Method PUT is not allowed.".to_owned()];
    result(case, Verdict::Agrees, prediction(), Some(observed), 4.0)
}

fn known() -> CaseResult {
    let case = case("cors-check/allow-credentials/upper-case", 44, vec![put(blocked_expectation())]);
    let verdict = Verdict::Known {
        note: "the value is compared without its case, against step 6 of the CORS check".to_owned(),
        link: "https://bugs.example.com/1234".to_owned(),
        since: "156.0".to_owned(),
    };
    let observed = Observation { sent: vec![preflight()], steps: vec![allowed("hello")] };
    result(case, verdict, prediction(), Some(observed), 5.5)
}

fn not_applicable() -> CaseResult {
    let mut case = case("cors-check/vary/cached", 9, vec![put(allowed_expectation())]);
    case.needs = vec![Need::HttpCache];
    let why = "it needs an HTTP cache, and WebKitGTK has none under automation".to_owned();
    result(case, Verdict::NotApplicable { why }, prediction(), None, 0.0)
}

fn failed(name: &str, retries: u32) -> CaseResult {
    let id = format!("http-redirect-fetch/chains/{name}");
    let case = case(&id, 77, vec![put(allowed_expectation())]);
    let why = "the browser ended while the case ran, and again in a new session".to_owned();
    let result = result(case, Verdict::Failed { why }, prediction(), None, 0.0);
    CaseResult { retries, ..result }
}

fn result(
    case: Case,
    verdict: Verdict,
    predicted: Observation,
    observed: Option<Observation>,
    ms: f64,
) -> CaseResult {
    let token = Token::new(0, 0);
    let sent = observed.as_ref().map_or(&[][..], |observed| &observed.sent);
    CaseResult {
        log: memory::log(&case, &token, sent),
        token: Some(token),
        case: Arc::new(case),
        engine: Engine::Chromium,
        verdict,
        predicted,
        observed,
        duration: Duration::from_secs_f64(ms / 1_000.0),
        retries: 0,
        earlier: Vec::new(),
    }
}

fn difference(field: &str, by: Voice, expected: &str, found: &str) -> Difference {
    Difference {
        field: field.to_owned(),
        expected: expected.to_owned(),
        by,
        found: found.to_owned(),
        with: Voice::Browser,
    }
}

fn prediction() -> Observation {
    let blocked = StepOutcome {
        loaded: Loaded::No,
        read: Read::Blocked,
        reason: Some(GivenReason::Given(Reason::MethodNotAllowed)),
        messages: Vec::new(),
        leaks: Vec::new(),
    };
    Observation { sent: vec![preflight()], steps: vec![blocked] }
}

fn allowed(body: &str) -> StepOutcome {
    let response = SeenResponse {
        response_type: Some(ResponseType::Cors),
        status: 200,
        url: URL.to_owned(),
        redirected: Some(false),
        headers: BTreeMap::from([("content-type".to_owned(), "text/plain".to_owned())]),
        body: body.to_owned(),
    };
    StepOutcome {
        loaded: Loaded::Yes,
        read: Read::Allowed(response),
        reason: None,
        messages: Vec::new(),
        leaks: Vec::new(),
    }
}

fn preflight() -> SentRequest {
    sent("OPTIONS", &[("origin", PAGE), ("access-control-request-method", "PUT")])
}

fn sent(method: &str, headers: &[(&str, &str)]) -> SentRequest {
    SentRequest {
        method: method.to_owned(),
        url: URL.to_owned(),
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        referer: None,
        body: String::new(),
        attempts: 1,
    }
}

fn blocked_expectation() -> Expectation {
    Expectation {
        read: ExpectedRead::Blocked,
        reason: Some(Reason::MethodNotAllowed),
        ..Expectation::default()
    }
}

fn allowed_expectation() -> Expectation {
    Expectation { status: Some(200), hidden: vec!["set-cookie".to_owned()], ..Expectation::default() }
}

fn expected(method: &str) -> ExpectedRequest {
    ExpectedRequest { method: method.to_owned(), url: None, headers: BTreeMap::new(), without: Vec::new() }
}

fn put(expect: Expectation) -> Step {
    let request = Request { method: Some("PUT".to_owned()), ..Request::new(Via::Fetch, URL) };
    let page = Origin::parse(PAGE).expect("an origin");
    Step { expect, ..Step::new(page, request) }
}

fn case(id: &str, line: usize, steps: Vec<Step>) -> Case {
    let turn = |text: &str| Turn { times: 1, delay: Duration::ZERO, source: Source::Text(text.to_owned()) };
    let resource = Resource {
        url: Url::parse(URL).expect("a URL"),
        preflight: vec![turn(
            "204\nAccess-Control-Allow-Origin: {origin}\nAccess-Control-Allow-Methods: GET, POST\n\
             Access-Control-Max-Age: 0\n",
        )],
        response: vec![turn(
            "200\nAccess-Control-Allow-Origin: {origin}\nContent-Type: text/plain\n\nstored",
        )],
    };
    let id = CaseId(id.to_owned());
    let twin = CaseId(format!("{}/listed[methods=PUT]", id.file()));
    Case {
        place: Place {
            file: format!("cases/{}.toml", id.file()).into(),
            line,
            last_line: line,
            text: "".into(),
        },
        id,
        title: "Methods".to_owned(),
        spec: "https://fetch.spec.whatwg.org/#cors-preflight-fetch".to_owned(),
        covers: vec!["R73".to_owned()],
        seed: None,
        sop: None,
        twins: vec![twin],
        needs: Vec::new(),
        isolation: Isolation::Shared,
        steps,
        served_by: ServedBy::Script,
        scenario: Arc::new(Scenario { resources: vec![resource], ..Scenario::default() }),
        sent: vec![expected("OPTIONS")],
        known: BTreeMap::new(),
    }
}
