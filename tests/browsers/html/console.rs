//! The report as a person opens it: a file, with nothing on the browser's console.

use std::fs;

use browsers::{Browser, Settings};
use corsproof::Engine;
use rstest::rstest;
use serde_json::json;

use super::site::{merged, rendered};
use crate::{engines::installed, turn};

const USED: &str = "
    const done = arguments[arguments.length - 1];
    const dialog = document.getElementById('detail');
    const wait = setInterval(() => {
        if (!dialog.open) return;
        clearInterval(wait);
        const title = document.getElementById('detail-title').textContent;
        dialog.close();
        document.getElementById('text').value = 'granted';
        document.getElementById('text').dispatchEvent(new Event('input', { bubbles: true }));
        setTimeout(() => done([title, document.getElementById('matching').textContent]), 500);
    }, 20);";

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_opens_at_a_case_and_the_console_stays_empty(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    let Some(installation) = installed(engine) else { return };
    let _turn = turn::BROWSERS.read().await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.html");
    fs::write(&file, rendered(&merged())).expect("a file");
    // There is no network at all: nothing listens there.
    let settings = Settings::new(([127, 0, 0, 1], 1).into(), "");
    let mut browser =
        Browser::launch(&installation, &settings).await.unwrap_or_else(|error| panic!("{error}"));
    let address = format!("file://{}#slice/every-verdict/blocked", file.display());
    browser.navigate(&address).await.expect("the file");
    let used = browser.execute_async(USED, Vec::new()).await.expect("a page that can be used");
    assert_eq!(used, json!(["slice/every-verdict/blocked", "2 of 34 cases"]));
    // WebKitGTK's cannot be read.
    assert_eq!(browser.has_console(), engine != Engine::WebKit);
    assert_eq!(browser.console().await.expect("a console"), []);
    if browser.has_console() {
        browser
            .execute("setTimeout(() => { throw new Error('on purpose') })", Vec::new())
            .await
            .expect("a page");
        let mut heard = Vec::new();
        while heard.is_empty() {
            heard = browser.console().await.expect("a console");
        }
        assert!(heard[0].text.contains("on purpose"), "{heard:?}");
    }
    browser.close().await;
}
