//! Every environment asks by both APIs, and says what its script saw.

use rstest::rstest;

use super::{
    cases::{API, OPEN, PAGE, answer, case, step},
    world::World,
};
use crate::{
    case::Loaded,
    case::{Body, Case, Context, Request, Via},
    observation::{GivenReason, Read},
};
use browsers::Engine;
use fetch_model::Reason;

const CONTEXTS: [(Context, &str); 8] = [
    (Context::Window, PAGE),
    (Context::Worker, PAGE),
    (Context::SandboxedIframe, "null"),
    (Context::SrcdocIframe, PAGE),
    (Context::DataIframe, "null"),
    (Context::BlobIframe, PAGE),
    (Context::BlobWorker, PAGE),
    (Context::DataWorker, "null"),
];

fn everywhere(answer_text: &str, ask: impl Fn(Via) -> Request) -> Vec<Case> {
    let mut cases = Vec::new();
    for (context, _) in CONTEXTS {
        for via in [Via::Fetch, Via::Xhr] {
            let name = format!("{context:?} {via:?}");
            cases.push(case(&name, vec![step(context, ask(via))], answer(answer_text)));
        }
    }
    cases
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_context_asks_and_tells(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    let Some(mut world) = World::start(engine).await else { return };

    let put = |via| Request {
        method: Some("PUT".to_owned()),
        headers: vec![("X-A".to_owned(), "1".to_owned()), ("x-a".to_owned(), "of {token}".to_owned())],
        body: Some(Body::Text("hé".to_owned())),
        ..Request::new(via, API)
    };
    let shown = world.show(&everywhere(OPEN, put)).await;
    for (shown, origin) in shown.iter().zip(CONTEXTS.iter().flat_map(|(_, origin)| [origin, origin])) {
        assert_eq!(shown.read().body, "hello", "{}", shown.name);
        assert_eq!(shown.methods(), ["OPTIONS", "PUT"], "{}", shown.name);
        assert_eq!(shown.sent_header("Origin").as_deref(), Some(*origin), "{}", shown.name);
        let sent = shown.sent_header("X-A").expect("a header");
        assert!(sent.starts_with("1, of t1n"), "{}: {sent}", shown.name);
        assert_eq!(shown.sent_body(), "hé", "{}", shown.name);
    }

    for shown in world.show(&everywhere("200\n\nsecret", |via| Request::new(via, API))).await {
        let outcome = shown.outcome();
        assert_eq!((outcome.loaded, outcome.read), (Loaded::No, Read::Blocked), "{}", shown.name);
        assert_eq!(outcome.reason, Some(GivenReason::Unreported), "{}", shown.name);
        assert_eq!(shown.methods(), ["GET"], "{}: sent, though not readable", shown.name);
    }

    let invalid =
        |via| Request { headers: vec![("a b".to_owned(), String::new())], ..Request::new(via, API) };
    for shown in world.show(&everywhere(OPEN, invalid)).await {
        let outcome = shown.outcome();
        assert_eq!(outcome.reason, Some(GivenReason::Given(Reason::InvalidRequest)), "{}", shown.name);
        assert_eq!((outcome.messages.len(), shown.sent.len()), (1, 0), "{}: {outcome:?}", shown.name);
    }
    world.browser.close().await;
}
