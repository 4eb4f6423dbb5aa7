//! A request's body is what its type says.

use rstest::rstest;

use super::{
    cases::{API, OPEN, answer, case, step},
    world::World,
};
use crate::{
    case::{Body, Context, Request, Via},
    page::StepResult,
};
use browsers::Engine;

/// A body, the beginning of the Content-Type that it brings, and what of it must be in the bytes.
fn bodies() -> Vec<(Body, Option<&'static str>, &'static str)> {
    let text = "ä".to_owned();
    vec![
        (Body::Text(text.clone()), Some("text/plain"), "ä"),
        (
            Body::Blob { text: text.clone(), r#type: "application/json".to_owned() },
            Some("application/json"),
            "ä",
        ),
        (Body::Blob { text: text.clone(), r#type: String::new() }, None, "ä"),
        (
            Body::UrlSearchParams("a=b c&ä=".to_owned()),
            Some("application/x-www-form-urlencoded"),
            "a=b+c&%C3%A4=",
        ),
        (
            Body::FormData(vec![("name".to_owned(), "{token}".to_owned())]),
            Some("multipart/form-data; boundary="),
            "name=\"name\"\r\n\r\nt1n",
        ),
        (Body::Bytes(text), None, "ä"),
    ]
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_arrive_as_their_type_says(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    let Some(mut world) = World::start(engine).await else { return };
    let mut cases = Vec::new();
    let post =
        |via, body| Request { method: Some("POST".to_owned()), body: Some(body), ..Request::new(via, API) };
    for via in [Via::Fetch, Via::Xhr] {
        for (body, ..) in bodies() {
            let name = format!("{via:?} {body:?}");
            cases.push(case(&name, vec![step(Context::Window, post(via, body))], answer(OPEN)));
        }
    }
    let shown = world.show(&cases).await;
    for (shown, (_, content_type, bytes)) in shown.iter().zip(bodies().into_iter().chain(bodies())) {
        assert_eq!(shown.read().body, "hello", "{}", shown.name);
        let (sent_type, sent) = (shown.sent_header("Content-Type"), shown.sent_body());
        match (content_type, &sent_type) {
            (None, None) => {}
            (Some(start), Some(sent_type)) => {
                assert!(sent_type.starts_with(start), "{}: {sent_type}", shown.name);
            }
            _ => panic!("{}: {sent_type:?}", shown.name),
        }
        assert!(sent.contains(bytes), "{}: {sent}", shown.name);
    }

    let stream = |via| vec![step(Context::Window, post(via, Body::Stream("ä".to_owned())))];
    let shown =
        world.show(&[Via::Fetch, Via::Xhr].map(|via| case("stream", stream(via), answer(OPEN)))).await;
    assert!(matches!(shown[1].results[..], [StepResult::Unsupported { .. }]), "an XHR sends no stream");
    match &shown[0].results[..] {
        [StepResult::Unsupported { .. }] => assert_ne!(engine, Engine::Chromium, "Chromium streams"),
        _ => assert_eq!((shown[0].read().body.as_str(), shown[0].sent_body().as_str()), ("hello", "ä")),
    }
    world.browser.close().await;
}
