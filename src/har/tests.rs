//! Recordings of few entries, as browsers write them.

use fetch_model::Reason;
use rstest::rstest;
use serde_json::{Value, json};

use super::{
    document::Document,
    outcome::{Credentials, Outcome, Preflight, Unknown},
    recording::{JudgedRequest, Recording},
};
use crate::diagnose::{CauseKind, Place};

const APP: &str = "https://app.example.com";
const URL: &str = "https://api.example.com/data";

fn fields(fields: &[(&str, &str)]) -> Vec<Value> {
    fields.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

fn entry(method: &str, url: &str, asked: &[(&str, &str)], status: i64, answered: &[(&str, &str)]) -> Value {
    json!({
        "request": { "method": method, "url": url, "headers": fields(asked), "cookies": [] },
        "response": { "status": status, "headers": fields(answered), "_error": null },
    })
}

fn of_app<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [("Origin", APP), ("Sec-Fetch-Mode", "cors")].into_iter().chain(more.iter().copied()).collect()
}

fn get(status: i64, answered: &[(&str, &str)]) -> Value {
    entry("GET", URL, &of_app(&[]), status, answered)
}

fn preflight(method: &str, names: &str, status: i64, answered: &[(&str, &str)]) -> Value {
    let asked = [("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", names)];
    entry("OPTIONS", URL, &of_app(&asked), status, answered)
}

fn recording(entries: &[Value]) -> Recording {
    let document: Document =
        serde_json::from_value(json!({ "log": { "entries": entries } })).expect("a document");
    Recording::of(document)
}

/// The one request of CORS in a recording.
fn only(entries: &[Value]) -> JudgedRequest {
    let recording = recording(entries);
    assert_eq!(recording.requests.len(), 1, "{recording:#?}");
    recording.requests[0].clone()
}

const ALLOWED: (&str, &str) = ("access-control-allow-origin", APP);
const ANYBODY: (&str, &str) = ("access-control-allow-origin", "*");

#[rstest]
#[case::missing(&[], Reason::AllowOriginMissing)]
#[case::mismatch(&[("Access-Control-Allow-Origin", "https://a.example")], Reason::AllowOriginMismatch)]
#[case::twice(&[ALLOWED, ALLOWED], Reason::AllowOriginMultiple)]
#[case::twice_in_one_value(&[("access-control-allow-origin", "https://app.example.com\n*")], Reason::AllowOriginMultiple)]
fn an_answer_that_does_not_let_the_page_read_is_blocked(
    #[case] answered: &[(&str, &str)],
    #[case] reason: Reason,
) {
    let request = only(&[get(200, answered)]);
    assert_eq!(request.blocked(), Some((reason, Place::Answer)));
    assert_eq!((request.status, request.preflight), (Some(200), Preflight::None));
}

#[test]
fn an_answer_that_lets_it_is_readable() {
    let request = only(&[get(200, &[ALLOWED, ("access-control-allow-credentials", "true")])]);
    assert_eq!(request.outcome, Outcome::Readable { unless: None });
    // And where the file does not tell of credentials, what they would do is told.
    let unless = Some(Reason::WildcardWithCredentials);
    assert_eq!(only(&[get(200, &[ANYBODY])]).outcome, Outcome::Readable { unless });
}

#[test]
fn cookies_are_credentials() {
    let cookie = entry("GET", URL, &of_app(&[("Cookie", "a=1")]), 200, &[ANYBODY]);
    let request = only(&[cookie]);
    assert_eq!(request.credentials, Credentials::With);
    assert_eq!(request.blocked(), Some((Reason::WildcardWithCredentials, Place::Answer)));
}

/// A token is a header that a script sets; a login that the browser remembers is a credential.
#[rstest]
#[case("Bearer abc", Credentials::NotSeen)]
#[case("Basic abc", Credentials::With)]
fn not_every_authorization_is_a_credential(#[case] value: &str, #[case] credentials: Credentials) {
    let request = only(&[entry("GET", URL, &of_app(&[("Authorization", value)]), 200, &[ANYBODY])]);
    assert_eq!(request.credentials, credentials);
    let script =
        preflight("GET", "authorization", 204, &[ANYBODY, ("access-control-allow-headers", "authorization")]);
    let with_preflight = entry("GET", URL, &of_app(&[("Authorization", value)]), 200, &[ANYBODY]);
    assert_eq!(only(&[script, with_preflight]).credentials, Credentials::NotSeen);
}

/// What Chromium says of an answer that it blocked.
#[test]
fn what_only_credentials_explain_had_credentials() {
    let mut failed = get(200, &[ANYBODY]);
    failed["response"]["_error"] = json!("net::ERR_FAILED");
    let request = only(&[failed]);
    assert_eq!(request.credentials, Credentials::Concluded);
    assert_eq!(request.blocked(), Some((Reason::WildcardWithCredentials, Place::Answer)));
}

/// Chromium writes a preflight after its request, Firefox before it.
#[rstest]
#[case::before(true)]
#[case::after(false)]
fn a_preflight_is_joined_to_its_request(#[case] is_first: bool) {
    let put = entry("PUT", URL, &of_app(&[("X-A", "1")]), 200, &[ALLOWED]);
    let ahead =
        |names| preflight("PUT", "x-a", 204, &[ALLOWED, ("access-control-allow-methods", "PUT"), names]);
    let order = |ahead: Value| if is_first { [ahead, put.clone()] } else { [put.clone(), ahead] };
    let allowed = only(&order(ahead(("access-control-allow-headers", "x-a"))));
    assert!(matches!(allowed.outcome, Outcome::Readable { .. }), "{allowed:?}");
    assert_eq!(allowed.preflight, Preflight::Recorded(204));
    let refused = only(&order(ahead(("access-control-allow-headers", "x-b"))));
    assert_eq!(refused.blocked(), Some((Reason::HeaderNotAllowed, Place::Preflight)));
    let line = refused.command.expect("a command").to_string();
    assert!(line.ends_with("--method PUT --header x-a"), "{line}");
}

#[rstest]
#[case::not_handled(405, &[], Reason::AllowOriginMissing, Reason::PreflightStatus)]
#[case::refused(403, &[ALLOWED], Reason::PreflightStatus, Reason::PreflightStatus)]
#[case::redirected(301, &[ALLOWED, ("location", "/login")], Reason::PreflightRedirect, Reason::PreflightRedirect)]
fn a_preflight_may_be_all_there_is(
    #[case] status: i64,
    #[case] answered: &[(&str, &str)],
    #[case] reason: Reason,
    #[case] remedy: Reason,
) {
    // Some browsers write the request that was never sent, others do not.
    let alone = only(&[preflight("PUT", "", status, answered)]);
    let unsent = only(&[entry("PUT", URL, &of_app(&[]), 0, &[]), preflight("PUT", "", status, answered)]);
    for request in [alone, unsent] {
        assert_eq!(request.blocked(), Some((reason, Place::Preflight)));
        assert_eq!((request.method.as_str(), request.remedy()), ("PUT", Some(remedy)));
    }
}

/// A listener on the upload makes a preflight of a request that would need none.
#[test]
fn a_preflight_that_nothing_needs_counts_as_well() {
    let post = entry("POST", URL, &of_app(&[]), 0, &[]);
    let request = only(&[preflight("POST", "", 404, &[]), post]);
    assert_eq!(request.blocked(), Some((Reason::AllowOriginMissing, Place::Preflight)));
}

/// The browser remembers preflights, and some show none: what was answered was sent, so its preflight has passed.
#[test]
fn a_preflight_that_is_not_recorded_has_passed() {
    let request = only(&[entry("PUT", URL, &of_app(&[("X-A", "1")]), 200, &[])]);
    assert_eq!(request.preflight, Preflight::NotRecorded);
    assert_eq!(request.blocked(), Some((Reason::AllowOriginMissing, Place::Answer)));
}

#[test]
fn redirects_are_followed_in_the_file() {
    let moved = entry("GET", URL, &of_app(&[]), 302, &[ALLOWED, ("location", "https://www.example.com/new")]);
    let target = |allowed| {
        entry(
            "GET",
            "https://www.example.com/new",
            &[("Origin", "null"), ("Sec-Fetch-Mode", "cors")],
            200,
            &[allowed],
        )
    };
    // After a redirect to a third origin the page is told as null.
    let mismatch = only(&[moved.clone(), target(ALLOWED)]);
    assert_eq!(mismatch.blocked(), Some((Reason::AllowOriginMismatch, Place::Answer)));
    assert_eq!(mismatch.redirects, 1);
    assert!(matches!(only(&[moved.clone(), target(ANYBODY)]).outcome, Outcome::Readable { .. }));
    assert_eq!(only(&[moved]).outcome, Outcome::Unknown(Unknown::NoRedirectTarget));
    let refused = only(&[entry("GET", URL, &of_app(&[]), 302, &[("location", "/x")])]);
    assert_eq!(refused.blocked(), Some((Reason::AllowOriginMissing, Place::Redirect)));
}

#[test]
fn what_a_file_lacks_is_not_guessed() {
    let mut failed = get(0, &[]);
    failed["response"]["_error"] = json!("net::ERR_FAILED");
    let error = Some("net::ERR_FAILED".to_owned());
    assert_eq!(only(&[failed.clone()]).outcome, Outcome::Unknown(Unknown::NoAnswer { error }));
    assert!(!recording(&[failed]).all_readable());
    assert_eq!(only(&[get(304, &[])]).outcome, Outcome::Unknown(Unknown::Cached));
    let granted = preflight("PUT", "", 204, &[ALLOWED, ("access-control-allow-methods", "PUT")]);
    assert_eq!(only(&[granted]).outcome, Outcome::Unknown(Unknown::NoRequest));
}

/// What was answered was sent, whatever the standard says: then the file does not tell all.
#[test]
fn what_was_sent_is_not_blocked_before() {
    let plain = |status| entry("GET", "http://192.0.2.1/data", &of_app(&[]), status, &[ANYBODY]);
    assert_eq!(only(&[plain(200)]).outcome, Outcome::Unknown(Unknown::WhySent(Reason::MixedContent)));
    assert_eq!(only(&[plain(0)]).blocked(), Some((Reason::MixedContent, Place::BeforeSending)));
    let with_user = entry("GET", "https://me:secret@api.example.com/data", &of_app(&[]), 200, &[]);
    let request = only(&[with_user]);
    assert_eq!(request.blocked(), Some((Reason::AllowOriginMissing, Place::Answer)));
    assert_eq!(request.url, URL);
}

#[test]
fn the_answer_itself_tells_more() {
    let Outcome::Blocked { cause: Some(cause), .. } = only(&[get(502, &[])]).outcome else {
        panic!("it is blocked, for a cause");
    };
    assert_eq!(cause.kind, CauseKind::Gateway);
}

#[test]
fn a_page_without_an_origin_is_told_as_null() {
    let sandboxed =
        |allowed| entry("GET", URL, &[("Origin", "null"), ("Sec-Fetch-Mode", "cors")], 200, &[allowed]);
    let mismatch = only(&[sandboxed(ALLOWED)]);
    assert_eq!(
        (mismatch.origin.as_str(), mismatch.blocked()),
        ("null", Some((Reason::AllowOriginMismatch, Place::Answer)))
    );
    assert!(matches!(only(&[sandboxed(ANYBODY)]).outcome, Outcome::Readable { .. }));
}

#[rstest]
#[case::image(&[("Referer", "https://app.example.com/"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "image")], "GET", "image")]
#[case::form(&[("Origin", APP), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")], "POST", "document")]
#[case::of_an_old_browser(&[("Referer", "https://app.example.com/")], "GET", "of a kind that is not recorded")]
fn what_is_without_cors_is_counted(#[case] asked: &[(&str, &str)], #[case] method: &str, #[case] kind: &str) {
    let recording = recording(&[entry(method, URL, asked, 200, &[])]);
    assert_eq!(recording.requests.len(), 0);
    assert_eq!(recording.without_cors.get(kind), Some(&1), "{recording:?}");
}

#[test]
fn what_a_page_asks_its_own_origin_is_counted() {
    let own = entry("POST", "https://app.example.com/log", &of_app(&[]), 200, &[]);
    let unreadable = entry("GET", "no url", &[], 200, &[]);
    let recording = recording(&[own, unreadable]);
    assert_eq!((recording.same_origin, recording.unreadable, recording.requests.len()), (1, 1, 0));
    assert!(recording.all_readable());
}

/// Without Sec-Fetch-Mode the type of the resource decides, and whether there is an Origin.
#[rstest]
#[case("fetch", &[("Referer", "https://app.example.com/")], 1)]
#[case("xhr", &[("Origin", APP)], 1)]
#[case("script", &[("Origin", APP)], 1)]
#[case("script", &[("Referer", "https://app.example.com/")], 0)]
#[case("document", &[("Origin", APP)], 0)]
#[case("", &[("Origin", APP)], 1)]
fn the_type_of_the_resource_decides(
    #[case] kind: &str,
    #[case] asked: &[(&str, &str)],
    #[case] requests: usize,
) {
    let mut entry = entry("GET", URL, asked, 200, &[]);
    entry["_resourceType"] = json!(kind);
    assert_eq!(recording(&[entry]).requests.len(), requests);
}

/// The page that a file names is the last that is believed.
#[test]
fn the_page_of_the_file_asks_where_nothing_else_is_known() {
    let mut entry = entry("GET", URL, &[], 200, &[]);
    entry["_resourceType"] = json!("fetch");
    entry["pageref"] = json!("page_1");
    let log = json!({ "log": { "pages": [{ "id": "page_1", "title": "https://app.example.com/shop" }], "entries": [entry] } });
    let recording = Recording::of(serde_json::from_value(log).expect("a document"));
    assert_eq!(recording.requests[0].origin, APP);
}
