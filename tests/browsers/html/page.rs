//! A report that is open in a browser.

use std::time::Duration;

use browsers::{Browser, Installation, Settings};
use serde_json::Value;

use super::site::Site;

/// Keys, as WebDriver names them.
pub(crate) const ENTER: &str = "\u{e007}";
pub(crate) const ESCAPE: &str = "\u{e00c}";
pub(crate) const TAB: &str = "\u{e004}";

/// A browser, and the report in it.
pub(crate) struct Page {
    pub(crate) browser: Browser,
}

impl Page {
    pub(crate) async fn open(installation: &Installation, site: &Site) -> Self {
        let settings = Settings::new(site.address, "");
        let browser =
            Browser::launch(installation, &settings).await.unwrap_or_else(|error| panic!("{error}"));
        let mut page = Self { browser };
        page.go("/report").await;
        page
    }

    /// Opens another page of the site; what differs in the fragment alone is loaded anew as well.
    pub(crate) async fn go(&mut self, path: &str) {
        self.browser.navigate("about:blank").await.expect("an empty page");
        self.browser.navigate(&format!("http://report.example{path}")).await.expect("the page");
    }

    /// What a script returns.
    pub(crate) async fn ask(&mut self, script: &str) -> Value {
        self.browser
            .execute(script, Vec::new())
            .await
            .unwrap_or_else(|error| panic!("{}: {script}: {error}", self.browser.engine()))
    }

    pub(crate) async fn text(&mut self, script: &str) -> String {
        match self.ask(script).await {
            Value::String(text) => text,
            other => panic!("{script} gives {other}"),
        }
    }

    /// Waits until an expression is true, for a minute at least: other tests may keep the machine busy.
    pub(crate) async fn until(&mut self, expression: &str) {
        for _ in 0..3000 {
            if self.ask(&format!("return Boolean({expression})")).await == true {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("in {} this never comes true: {expression}", self.browser.engine());
    }

    /// Keys, to what has the focus.
    pub(crate) async fn press(&mut self, keys: &str) {
        self.browser.press(keys).await.expect("a keyboard");
    }

    /// Ends it; nothing may have gone wrong in the page.
    pub(crate) async fn close(mut self) {
        self.nothing_is_wrong().await;
        self.browser.close().await;
    }

    /// Nothing was thrown, refused or complained of in this page.
    pub(crate) async fn nothing_is_wrong(&mut self) {
        let wrongs = self.ask("return window.wrongs ?? []").await;
        assert_eq!(wrongs, Value::Array(Vec::new()), "in {}", self.browser.engine());
    }
}
