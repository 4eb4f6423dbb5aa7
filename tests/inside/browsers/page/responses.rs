//! A response is told as a script sees it, whatever else runs in the page.

use std::sync::Arc;

use corsproof_fixture::{Scenario, Source};
use rstest::rstest;

use super::{
    cases::{API, OPEN, answer, case, resource, step},
    world::{Shown, World},
};
use crate::{
    case::ResponseType,
    case::{Context, Request, Via},
    observation::Read,
};
use browsers::Engine;
use fetch_model::{RedirectMode, RequestMode};

/// A script that would ruin every result, were it heard. Drivers themselves rely on `Promise`, `JSON` and timers.
const SABOTAGE: &str = "
    const broken = () => { throw new Error('sabotage'); };
    const types = [Response, Headers, XMLHttpRequest, AbortController, TextDecoder, Performance, MessagePort, Worker];
    for (const name of ['fetch', 'XMLHttpRequest', 'Request', 'Headers', 'AbortController', 'Worker', 'TextDecoder']) {
        window[name] = broken;
    }
    for (const type of types) {
        for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(type.prototype))) {
            if (property.configurable) Object.defineProperty(type.prototype, name, { get: broken });
        }
    }
";

/// Where an answer breaks off.
const HALF: &str = "https://half.example.com/";

const BOTH: [Via; 2] = [Via::Fetch, Via::Xhr];

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn responses_are_told_as_scripts_see_them(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    let Some(mut world) = World::start(engine).await else { return };
    world.browser.execute(SABOTAGE, Vec::new()).await.expect("a script");
    headers_are_combined(&mut world).await;
    redirects_are_told(&mut world).await;
    filtered_responses_tell_nothing(&mut world).await;
    bodies_have_an_end(&mut world).await;
    steps_follow_one_another(&mut world).await;
    world.browser.close().await;
}

async fn ask(world: &mut World, request: Request, answer_text: &str) -> Shown {
    let name = format!("{request:?}");
    let cases = [case(&name, vec![step(Context::Window, request)], answer(answer_text))];
    world.show(&cases).await.remove(0)
}

async fn headers_are_combined(world: &mut World) {
    let text = "201 Made\nAccess-Control-Allow-Origin: *\nAccess-Control-Expose-Headers: X-B, x-a\nX-B: 2\nX-A: \
                {token}\nX-B: 1: 2\nX-C: hidden";
    for via in BOTH {
        let seen = ask(world, Request::new(via, API), text).await.read();
        let response_type = (via == Via::Fetch).then_some(ResponseType::Cors);
        assert_eq!((seen.status, seen.response_type, seen.url.as_str()), (201, response_type, API));
        let shown: Vec<(&str, &str)> =
            seen.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert!(shown.contains(&("x-a", "{token}")) && shown.contains(&("x-b", "2, 1: 2")), "{shown:?}");
        assert!(!seen.headers.contains_key("x-c"), "{shown:?}");
    }
}

async fn redirects_are_told(world: &mut World) {
    let target = "https://api.example.com/there";
    let redirect = format!("302\nAccess-Control-Allow-Origin: *\nLocation: {target}");
    for via in BOTH {
        let resources = vec![
            resource(API, Source::Text(redirect.clone())),
            resource(target, Source::Text(OPEN.to_owned())),
        ];
        let cases = [case("redirect", vec![step(Context::Window, Request::new(via, API))], resources)];
        let seen = world.show(&cases).await.remove(0).read();
        assert_eq!((seen.url.as_str(), seen.redirected), (target, (via == Via::Fetch).then_some(true)));
    }
}

async fn filtered_responses_tell_nothing(world: &mut World) {
    let headers = vec![("X-A".to_owned(), "dropped".to_owned())];
    let no_cors = Request { mode: Some(RequestMode::NoCors), headers, ..Request::new(Via::Fetch, API) };
    let shown = ask(world, no_cors, "200\n\nsecret").await;
    let Read::Opaque(seen) = shown.outcome().read else { panic!("{:?}", shown.results) };
    assert_eq!((seen.status, seen.body.as_str(), seen.headers.len()), (0, "", 0));
    assert_eq!(shown.sent_header("X-A"), None, "the guard of a no-cors request holds");

    let manual = Request { redirect: Some(RedirectMode::Manual), ..Request::new(Via::Fetch, API) };
    let shown = ask(world, manual, "302\nAccess-Control-Allow-Origin: *\nLocation: /there").await;
    let Read::Opaque(seen) = shown.outcome().read else { panic!("{:?}", shown.results) };
    assert_eq!((seen.status, seen.response_type), (0, Some(ResponseType::OpaqueRedirect)));
}

async fn bodies_have_an_end(world: &mut World) {
    // The limit falls into the middle of a character.
    let long = format!("{OPEN}{}", "ä".repeat(100_000));
    for via in BOTH {
        let body = ask(world, Request::new(via, API), &long).await.read().body;
        assert_eq!((body.len(), body.ends_with('ä')), (64 * 1024 - 1, true));
        let body =
            ask(world, Request::new(via, API), "204\nAccess-Control-Allow-Origin: *").await.read().body;
        assert_eq!(body, "");

        let mut case = case("cut", vec![step(Context::Window, Request::new(via, HALF))], Vec::new());
        case.scenario = Arc::new(half_an_answer());
        let shown = world.show(&[case]).await.remove(0);
        assert_eq!((shown.outcome().read, shown.methods()), (Read::Blocked, vec!["GET"]), "{via:?}");
    }
}

fn half_an_answer() -> Scenario {
    let bytes = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 100\r\n\r\nhalf";
    let source = Source::Raw { bytes: bytes.to_owned(), seen_as: None };
    Scenario {
        resources: vec![resource(HALF, source)],
        http1_origins: vec!["https://half.example.com".to_owned()],
        ..Scenario::default()
    }
}

async fn steps_follow_one_another(world: &mut World) {
    let text = "200\nAccess-Control-Allow-Origin: *\n\n{n}";
    let mut steps = vec![step(Context::Window, Request::new(Via::Fetch, API)); 3];
    steps[1].context = Context::Worker;
    steps[2].wait_ms = 300;
    let shown = world.show(&[case("steps", steps, answer(text))]).await.remove(0);
    for (index, outcome) in shown.outcomes().into_iter().enumerate() {
        let Ok(Read::Allowed(seen)) = outcome.map(|outcome| outcome.read) else {
            panic!("{:?}", shown.results)
        };
        assert_eq!(seen.body, (index + 1).to_string());
    }
    let waited = shown.sent[2].at - shown.sent[1].at;
    assert!(waited.as_millis() >= 290, "{waited:?}");
}
