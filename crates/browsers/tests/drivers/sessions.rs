//! What a session can do, in every engine.

use std::time::Duration;

use browsers::{Browser, BrowserError, ConsoleMessage, Engine, Level};
use rstest::rstest;
use serde_json::json;

use crate::{engines::installed, proxy::Proxy, settings::settings};

const PAGE: &str = "http://app.example.com/page";

const BLOCKED_FETCH: &str = "
    const done = arguments[arguments.length - 1];
    fetch('http://api.example.com/data').then(() => done('read'), error => done(error.name));
";

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_does_what_a_run_needs(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    let Some(installation) = installed(engine) else { return };
    let proxy = Proxy::start().await;
    let mut settings = settings(&proxy);
    settings.call_limit = Duration::from_secs(4);
    let mut browser =
        Browser::launch(&installation, &settings).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(browser.engine(), engine);
    assert!(browser.version().starts_with(|first: char| first.is_ascii_digit()), "{}", browser.version());

    browser.navigate(PAGE).await.expect("a page");
    let origin =
        browser.execute("return [location.origin, arguments[0] + 1]", vec![json!(1)]).await.expect("a value");
    assert_eq!(origin, json!(["http://app.example.com", 2]));
    assert_eq!(browser.execute_async(BLOCKED_FETCH, Vec::new()).await.expect("a value"), json!("TypeError"));

    match engine {
        Engine::WebKit => assert_eq!(browser.console().await.expect("a console"), []),
        Engine::Chromium | Engine::Firefox => {
            let message = message_about(&mut browser, "Access-Control-Allow-Origin").await;
            assert_eq!((message.level, message.source.as_str()), (Level::Error, "javascript"), "{message:?}");
            assert_eq!(browser.console().await.expect("a console"), [], "a message comes once");
        }
    }
    browser.delete_all_cookies().await.expect("no cookies");

    let thrown = browser.execute("throw new Error('on purpose')", Vec::new()).await.expect_err("an error");
    assert!(
        matches!(&thrown, BrowserError::Script { words, .. } if words.contains("on purpose")),
        "{thrown:?}"
    );
    let nowhere = browser.navigate("http://:80/").await.expect_err("an error");
    assert!(!nowhere.ends_session(), "{nowhere:?}");
    assert_eq!(
        browser.execute("return 7", Vec::new()).await.expect("a value"),
        json!(7),
        "the session goes on"
    );
    let endless = browser.execute_async("", Vec::new()).await.expect_err("an error");
    assert!(matches!(endless, BrowserError::Stuck { .. }) && endless.ends_session(), "{endless:?}");
    browser.close().await;
}

/// Waits for a message: Firefox sends them on their own way.
async fn message_about(browser: &mut Browser, text: &str) -> ConsoleMessage {
    for _ in 0..50 {
        let messages = browser.console().await.expect("a console");
        if let Some(message) = messages.into_iter().find(|message| message.text.contains(text)) {
            return message;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("no console message about {text}")
}
