//! Diagnoses of made-up conversations.

use std::time::{Duration, Instant};

use browsers::Engine;
use corsproof_fixture::{
    Answer, AnsweredBy, BodyEnd, Exchange, HttpVersion, Message, Received, Reply, Token,
};
use fetch_model::{CredentialsMode, Origin, Reason};
use rstest::rstest;
use url::Url;

use super::{
    cases::{Probe, Question, Role, probes},
    cause::CauseKind,
    diagnosis::{Conclusion, Diagnosis},
    outcome::{CaseOutcome, Place},
    request_init::{DEFAULT_CREDENTIALS, RequestInit},
    target::Target,
};
use crate::{
    case::Loaded,
    judge::Verdict,
    observation::{GivenReason, Observation, Read, SentRequest},
    predict::predict_recorded,
    run::CaseResult,
};

type Fields = Vec<(String, String)>;

const FROM: &str = "https://app.example.com";

fn asked(method: Option<&str>, headers: &[&str], credentials: CredentialsMode) -> RequestInit {
    let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
    RequestInit::new(method, &headers, None, credentials).expect("a request")
}

/// The probe that makes the request `asked`, and its target.
fn probe(url: &str, asked: &RequestInit) -> (Target, Probe) {
    let target = Target::new(url, Some("127.0.0.1:1")).expect("a target");
    let from = Origin::parse(FROM).expect("an origin");
    let probe = probes(&target, &from, asked).into_iter().find(|probe| probe.role.word() == "asked");
    (target, probe.expect("one is asked about"))
}

fn fields(fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The result of a browser that keeps to the standard, with a server that gives these answers.
fn shown(probe: &Probe, preflight: &(u16, Fields), answer: &(u16, Fields)) -> CaseResult {
    let token = Token::new(0, 0);
    let mut log: Vec<Exchange> = Vec::new();
    // Whatever the model asks next is answered, until it asks for no more.
    loop {
        let predicted = predict_recorded(&probe.case, &token, &log);
        let Some(next) = predicted.sent.get(log.len()) else {
            return result(probe, log, predicted);
        };
        let is_ours = next.url.starts_with("https://api.example.com/");
        let (status, headers) = if next.is_preflight() { preflight } else { answer };
        if !is_ours {
            return result(probe, log, predicted);
        }
        log.push(exchange(next, &token, *status, headers.clone()));
    }
}

fn exchange(sent: &SentRequest, token: &Token, status: u16, headers: Fields) -> Exchange {
    let received = Received {
        method: sent.method.clone(),
        url: Url::parse(&token.add_to(&sent.url)).expect("a URL"),
        version: HttpVersion::H1,
        headers: sent.headers.clone().into_iter().collect(),
        body: Vec::new(),
    };
    let reply = Reply::Message(Message { status, headers, body: Vec::new() });
    let answer = Answer { delay: Duration::ZERO, reply };
    Exchange {
        received,
        answer,
        by: AnsweredBy::Upstream,
        body_end: BodyEnd::Whole,
        connection: 0,
        at: Instant::now(),
    }
}

fn result(probe: &Probe, log: Vec<Exchange>, predicted: Observation) -> CaseResult {
    CaseResult {
        case: probe.case.clone(),
        engine: Engine::Chromium,
        verdict: Verdict::Agrees,
        observed: Some(predicted.clone()),
        predicted,
        duration: Duration::ZERO,
        retries: 0,
        earlier: Vec::new(),
        log,
        token: Some(Token::new(0, 0)),
    }
}

fn diagnosis(target: Target, probe: Probe, result: CaseResult) -> Diagnosis {
    let from = Origin::parse(FROM).expect("an origin");
    let address = target.addresses[0];
    Diagnosis::of(target, from, address, &[probe], &[result], false)
}

const URL: &str = "https://api.example.com/data";

#[rstest]
#[case::nothing(None, &[], DEFAULT_CREDENTIALS, 204, &[], Reason::AllowOriginMissing)]
#[case::another(None, &[], DEFAULT_CREDENTIALS, 204, &[("Access-Control-Allow-Origin", "https://a.example")], Reason::AllowOriginMismatch)]
#[case::wildcard(None, &[], CredentialsMode::Include, 204, &[("Access-Control-Allow-Origin", "*")], Reason::WildcardWithCredentials)]
#[case::no_credentials(None, &["X-A"], CredentialsMode::Include, 204, &[("Access-Control-Allow-Origin", FROM)], Reason::AllowCredentialsNotTrue)]
#[case::method(Some("PATCH"), &[], DEFAULT_CREDENTIALS, 204, &[("Access-Control-Allow-Origin", "*")], Reason::MethodNotAllowed)]
#[case::method_that_is_not_normalized(
    Some("patch"),
    &[],
    DEFAULT_CREDENTIALS,
    204,
    &[("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "PATCH")],
    Reason::MethodNotAllowed
)]
#[case::header(Some("PUT"), &["Authorization", "X-A"], DEFAULT_CREDENTIALS, 204,
    &[("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "*"), ("Access-Control-Allow-Headers", "*")],
    Reason::HeaderNotAllowed)]
#[case::status(Some("PUT"), &["X-A"], CredentialsMode::Include, 405,
    &[("Access-Control-Allow-Origin", FROM), ("Access-Control-Allow-Credentials", "true")], Reason::PreflightStatus)]
#[case::redirect(Some("PUT"), &[], DEFAULT_CREDENTIALS, 301,
    &[("Access-Control-Allow-Origin", "*"), ("Location", "https://login.example.com/")], Reason::PreflightRedirect)]
#[case::unreadable_list(Some("PUT"), &[], DEFAULT_CREDENTIALS, 204,
    &[("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "GET PUT")], Reason::AllowMethodsInvalid)]
fn what_would_pass_passes(
    #[case] method: Option<&str>,
    #[case] headers: &[&str],
    #[case] credentials: CredentialsMode,
    #[case] status: u16,
    #[case] answered: &[(&str, &str)],
    #[case] reason: Reason,
) {
    let (target, probe) = probe(URL, &asked(method, headers, credentials));
    let wrong = shown(&probe, &(status, fields(answered)), &(200, fields(answered)));
    let blocked = diagnosis(target.clone(), probe.clone(), wrong);
    let seen = &blocked.results[0].outcomes[0];
    assert_eq!(seen.outcome.reason(), Some(reason));
    assert_eq!(blocked.conclusion(), Conclusion::Blocked);
    let fix = seen.fix.clone().expect("the server can mend it");
    // With exactly these fields, and nothing else of what it said before.
    let preflight = (204, fix.preflight.clone().unwrap_or_default());
    let right = shown(&probe, &preflight, &(200, fix.answer.clone()));
    assert_eq!(diagnosis(target, probe, right).conclusion(), Conclusion::Readable, "{fix:?}");
}

#[rstest]
#[case::nobody_answers_options(405, &[], Reason::AllowOriginMissing, Reason::PreflightStatus)]
#[case::an_answer_that_lacks_the_header(204, &[], Reason::AllowOriginMissing, Reason::AllowOriginMissing)]
#[case::an_error_of_who_knows_cors(
    405,
    &[("Access-Control-Allow-Origin", "*")],
    Reason::WildcardWithCredentials,
    Reason::WildcardWithCredentials
)]
fn what_to_change_is_explained_where_it_helps(
    #[case] status: u16,
    #[case] answered: &[(&str, &str)],
    #[case] reason: Reason,
    #[case] remedy: Reason,
) {
    let (target, probe) = probe(URL, &asked(Some("PUT"), &[], CredentialsMode::Include));
    let result = shown(&probe, &(status, fields(answered)), &(200, vec![]));
    let told = diagnosis(target, probe, result);
    let seen = &told.results[0].outcomes[0];
    assert_eq!((seen.outcome.reason(), seen.remedy), (Some(reason), Some(remedy)));
}

#[test]
fn a_redirect_to_another_origin_is_no_matter_of_cors() {
    let (target, probe) = probe(URL, &asked(None, &[], DEFAULT_CREDENTIALS));
    let away = [("Location", "https://login.example.com/in"), ("Access-Control-Allow-Origin", "*")];
    let granted = shown(&probe, &(204, vec![]), &(302, fields(&away)));
    let granted = diagnosis(target.clone(), probe.clone(), granted);
    let to = "https://login.example.com".to_owned();
    assert_eq!(
        granted.results[0].outcomes[0].outcome,
        CaseOutcome::RedirectedAway { to: to.clone(), reason: None }
    );
    assert_eq!(granted.conclusion(), Conclusion::Unknown);
    // No browser follows this one; where it leads is told all the same.
    let refused = shown(&probe, &(204, vec![]), &(302, fields(&away[..1])));
    let refused = diagnosis(target, probe, refused);
    let reason = Some(Reason::AllowOriginMissing);
    assert_eq!(refused.results[0].outcomes[0].outcome, CaseOutcome::RedirectedAway { to, reason });
    assert_eq!(refused.results[0].outcomes[0].fix, None);
    assert_eq!(refused.conclusion(), Conclusion::Blocked);
}

#[test]
fn a_redirect_at_home_is_followed() {
    let (target, probe) = probe("https://api.example.com/old", &asked(None, &[], DEFAULT_CREDENTIALS));
    let grant = ("Access-Control-Allow-Origin", "*");
    let token = Token::new(0, 0);
    let first = predict_recorded(&probe.case, &token, &[]).sent.remove(0);
    let moved = fields(&[("Location", &token.add_to("/data")), grant]);
    let mut log = vec![exchange(&first, &token, 302, moved)];
    let second = predict_recorded(&probe.case, &token, &log).sent.remove(1);
    log.push(exchange(&second, &token, 200, fields(&[grant])));
    let predicted = predict_recorded(&probe.case, &token, &log);
    let result = result(&probe, log, predicted);
    assert_eq!(diagnosis(target, probe, result).conclusion(), Conclusion::Readable);
}

/// The result of a browser that sent nothing and logged `words`.
fn silent(probe: &Probe, given: GivenReason, words: &str) -> CaseResult {
    let predicted = predict_recorded(&probe.case, &Token::new(0, 0), &[]);
    let mut result = result(probe, Vec::new(), predicted);
    result.verdict = Verdict::Failed { why: format!("the browser never sent GET {URL}") };
    let steps = vec![crate::observation::StepOutcome {
        loaded: Loaded::No,
        read: Read::Blocked,
        reason: Some(given),
        messages: vec![words.to_owned()],
        leaks: Vec::new(),
    }];
    result.observed = Some(Observation { sent: Vec::new(), steps });
    result
}

#[test]
fn what_a_browser_guards_besides_cors_is_its_own_reason() {
    let (target, https) = probe(URL, &asked(None, &[], DEFAULT_CREDENTIALS));
    let before = |reason| CaseOutcome::Blocked { reason: Some(reason), place: Place::BeforeSending };
    let guarded = silent(&https, GivenReason::Given(Reason::LocalNetworkAccess), "address space");
    let outcome = |target: &Target, probe: &Probe, result| {
        diagnosis(target.clone(), probe.clone(), result).results[0].outcomes[0].outcome.clone()
    };
    assert_eq!(outcome(&target, &https, guarded), before(Reason::LocalNetworkAccess));
    // An engine that says nothing: http is all that can be wrong with a page of https.
    let (target, http) = probe("http://api.localhost/data", &asked(None, &[], DEFAULT_CREDENTIALS));
    let mixed = silent(&http, GivenReason::Unreported, "TypeError: Load failed");
    assert_eq!(outcome(&target, &http, mixed), before(Reason::MixedContent));
    // And where both are of https nothing is known.
    let (target, https) = probe(URL, &asked(None, &[], DEFAULT_CREDENTIALS));
    let lost = silent(&https, GivenReason::Unreported, "TypeError: Load failed");
    assert!(matches!(outcome(&target, &https, lost), CaseOutcome::NotObserved { .. }));
}

#[test]
fn an_engine_that_blocks_what_the_standard_grants_is_told_from_the_server() {
    let (target, probe) = probe(URL, &asked(None, &[], DEFAULT_CREDENTIALS));
    let grant = fields(&[("Access-Control-Allow-Origin", "*")]);
    let agreeing = shown(&probe, &(204, vec![]), &(200, grant.clone()));
    let mut stubborn = shown(&probe, &(204, vec![]), &(200, grant));
    stubborn.engine = Engine::WebKit;
    if let Some(step) = stubborn.observed.as_mut().and_then(|observed| observed.steps.first_mut()) {
        step.read = Read::Blocked;
        step.reason = Some(GivenReason::Unreported);
    }
    let from = Origin::parse(FROM).expect("an origin");
    let address = target.addresses[0];
    let told = Diagnosis::of(target, from, address, &[probe], &[agreeing, stubborn], false);
    assert_eq!(told.conclusion(), Conclusion::Blocked);
    let asked = told.asked().expect("one is asked about");
    assert!(asked.engines_disagree());
    assert_eq!(asked.outcomes[1].outcome, CaseOutcome::Blocked { reason: None, place: Place::Answer });
    assert_eq!(
        (asked.outcomes[0].standard, asked.outcomes[1].standard),
        (None, Some("the standard grants it"))
    );
    assert_eq!(asked.outcomes[1].fix, None, "the server has nothing to mend");
}

#[test]
fn who_names_a_request_gets_that_one_and_no_other() {
    let target = Target::new(URL, Some("127.0.0.1:1")).expect("a target");
    let from = Origin::parse(FROM).expect("an origin");
    let of = |asked: &RequestInit| -> Vec<(Question, Role)> {
        probes(&target, &from, asked).iter().map(|probe| (probe.question, probe.role)).collect()
    };
    let one = [(Question::AsAsked, Role::Asked)];
    assert_eq!(of(&asked(Some("PUT"), &[], DEFAULT_CREDENTIALS)), one);
    assert_eq!(of(&asked(None, &["X-A"], DEFAULT_CREDENTIALS)), one);
    assert_eq!(of(&asked(None, &[], CredentialsMode::Include)), one);
    let usual = [
        (Question::Simple, Role::Asked),
        (Question::Preflighted, Role::Beside),
        (Question::Credentialed, Role::Beside),
    ];
    assert_eq!(of(&asked(None, &[], DEFAULT_CREDENTIALS)), usual);
}

/// What the server's own answer tells stands before what the reason says in general.
#[rstest]
#[case::crash(None, 500, &[], CauseKind::Crashed)]
#[case::slash(None, 200, &[("Access-Control-Allow-Origin", "https://app.example.com/")], CauseKind::OriginMiswritten)]
#[case::list(
    None,
    200,
    &[("Access-Control-Allow-Origin", "https://www.example.com, https://APP.example.com")],
    CauseKind::OriginMiswritten
)]
#[case::login(Some("PUT"), 401, &[], CauseKind::LoginAtPreflight)]
#[case::gateway(Some("PUT"), 502, &[("Access-Control-Allow-Origin", "*")], CauseKind::Gateway)]
fn the_cause_is_told_where_the_answer_shows_it(
    #[case] method: Option<&str>,
    #[case] status: u16,
    #[case] answered: &[(&str, &str)],
    #[case] kind: CauseKind,
) {
    let (target, probe) = probe(URL, &asked(method, &[], DEFAULT_CREDENTIALS));
    let result = shown(&probe, &(status, fields(answered)), &(status, fields(answered)));
    let told = diagnosis(target, probe, result);
    let seen = &told.results[0].outcomes[0];
    assert_eq!(seen.cause.as_ref().map(|cause| cause.kind), Some(kind), "{:?}", seen.outcome);
    // Headers on an error of another kind leave it an error.
    assert_eq!(seen.fix.is_none(), kind == CauseKind::Crashed, "{:?}", seen.fix);
}
