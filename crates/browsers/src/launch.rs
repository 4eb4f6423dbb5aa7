//! A browser, from its start to its end.

use serde_json::Value;
use tokio::task;

use super::{
    BrowserError, ConsoleMessage, Engine, Installation, Need, Sandbox, Settings,
    capabilities::{Own, capabilities},
    console::Console,
    display::{self, Display},
    driver::Driver,
    scratch::Scratch,
    session::Session,
    status,
};

/// A browser under WebDriver. [`close`](Self::close) it: dropping ends its processes too, but blocks meanwhile.
///
/// Every call ends within [`Settings::call_limit`], or up to four times that where calls have taken long before; a time
/// in which this process was stopped does not count. After an error that [ends the
/// session](BrowserError::ends_session) nothing but closing is left, except after [`BrowserError::Stuck`]: the script
/// that was waited for may only have been slow.
#[derive(Debug)]
pub struct Browser {
    engine: Engine,
    version: String,
    notes: Vec<String>,
    // Ended in this order.
    console: Console,
    session: Session,
    house: Option<House>,
}

/// What runs because we started it.
#[derive(Debug)]
struct House {
    // Ended in this order.
    driver: Driver,
    display: Option<Display>,
    scratch: Scratch,
}

impl Browser {
    /// Starts an engine's driver and browser.
    ///
    /// # Errors
    /// Says what did not start, with the last lines of its output, or why the driver made no session.
    /// Nothing is left running then.
    pub async fn launch(installation: &Installation, settings: &Settings) -> Result<Self, BrowserError> {
        let mut house = House::start(installation, settings).await?;
        let url = house.driver.url.clone();
        let profile = house.scratch.path().join("profile");
        let own = Own { browser: &installation.browser, profile: &profile };
        match Self::connect(installation.engine, &url, Some(own), settings).await {
            Ok(connected) => Ok(Self { house: Some(house), ..connected }),
            Err(error) => {
                let error = house.explain(error);
                house.end().await;
                Err(error)
            }
        }
    }

    /// Makes a session at a driver that runs already: any WebDriver of that engine, or a Selenium Grid. It must
    /// run on this machine, or reach [`Settings::proxy`] from where it is.
    ///
    /// # Errors
    /// Says why nothing there can be used.
    pub async fn attach(engine: Engine, webdriver: &str, settings: &Settings) -> Result<Self, BrowserError> {
        let url = status::running(engine, webdriver).await?;
        Self::connect(engine, &url, None, settings).await
    }

    async fn connect(
        engine: Engine,
        url: &str,
        own: Option<Own<'_>>,
        settings: &Settings,
    ) -> Result<Self, BrowserError> {
        let Settings { start_limit, call_limit, .. } = *settings;
        let sandbox = engine.needs(Need::Sandbox).then(|| Sandbox::probe(own.map(|own| own.browser)));
        let capabilities = capabilities(engine, settings, sandbox, own);
        let session = Session::start(engine, url, capabilities, start_limit, call_limit).await?;
        let mut notes = Vec::new();
        notes.extend(sandbox.and_then(|sandbox| sandbox.note(engine.title())));
        let console = match Console::open(engine, &session, call_limit).await {
            Ok(console) => console,
            Err(error) => {
                // The driver may be somebody else's, and would keep it.
                session.delete().await;
                return Err(error);
            }
        };
        notes.extend(console.note(engine));
        let version =
            session.capability("browserVersion").and_then(Value::as_str).unwrap_or("unknown").to_owned();
        Ok(Self { engine, version, notes, console, session, house: None })
    }

    /// The engine.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The browser's version, as it says itself.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What a person should know about how it runs, such as why it has no sandbox.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Opens a page and waits until it is loaded. Where the page ends up is not checked.
    ///
    /// # Errors
    /// [`BrowserError::Navigation`] if it cannot be opened, and what ends the session.
    pub async fn navigate(&mut self, url: &str) -> Result<(), BrowserError> {
        self.session.navigate_to(url).await
    }

    /// Runs the body of a function inside the page, and gives what it returns.
    ///
    /// # Errors
    /// [`BrowserError::Script`] if it throws, and what ends the session.
    pub async fn execute(&mut self, script: &str, args: Vec<Value>) -> Result<Value, BrowserError> {
        self.session.execute_script(script, args).await
    }

    /// Runs the body of a function whose last argument is a callback, and gives what that is called with.
    ///
    /// # Errors
    /// [`BrowserError::Script`] if it throws, [`BrowserError::Stuck`] if it does not call back within what the driver
    /// waits, and what else ends the session.
    pub async fn execute_async(&mut self, script: &str, args: Vec<Value>) -> Result<Value, BrowserError> {
        self.session.execute_async_script(script, args).await
    }

    /// Presses keys and releases them, one after the other, as a person would: what has the focus hears of them.
    /// [Special keys](https://www.w3.org/TR/webdriver2/#keyboard-actions) have code points of their own.
    ///
    /// # Errors
    /// What ends the session.
    pub async fn press(&mut self, keys: &str) -> Result<(), BrowserError> {
        self.session.press(keys).await
    }

    /// What the engine wrote to its console since the last call. WebKitGTK writes nothing that can be read.
    ///
    /// # Errors
    /// What ends the session.
    pub async fn console(&mut self) -> Result<Vec<ConsoleMessage>, BrowserError> {
        self.console.take(&mut self.session).await
    }

    /// Whether the engine's console can be read at all.
    pub fn has_console(&self) -> bool {
        !matches!(self.console, Console::Silent)
    }

    /// Deletes the cookies that the current page's address can see.
    ///
    /// # Errors
    /// What ends the session.
    pub async fn delete_all_cookies(&mut self) -> Result<(), BrowserError> {
        self.session.delete_all_cookies().await
    }

    /// Ends it: deletes the session, ends every process, and removes the profile. Takes some seconds at most.
    pub async fn close(self) {
        let Self { console, session, house, .. } = self;
        drop(console);
        session.delete().await;
        if let Some(house) = house {
            house.end().await;
        }
    }
}

impl House {
    async fn start(installation: &Installation, settings: &Settings) -> Result<Self, BrowserError> {
        let limit = settings.start_limit;
        let scratch = Scratch::new().map_err(BrowserError::NoProfile)?;
        let display = if installation.engine.needs(Need::Display) && !display::is_there() {
            Some(Display::start(&scratch, limit).await?)
        } else {
            None
        };
        let driver = Driver::start(installation, &scratch, display.as_ref(), limit).await?;
        Ok(Self { driver, display, scratch })
    }

    /// Adds what the driver showed to an error of its session.
    fn explain(&mut self, error: BrowserError) -> BrowserError {
        let exit = self.driver.exit();
        match error {
            BrowserError::SessionRefused { engine, words, remedy, .. } => {
                BrowserError::SessionRefused { engine, words, remedy, output: self.driver.output() }
            }
            BrowserError::Gone { engine, call, words } => {
                let exit = exit.map(|exit| format!("; the driver ended ({exit})")).unwrap_or_default();
                let output: String =
                    self.driver.output().iter().map(|line| format!("\n  | {line}")).collect();
                BrowserError::Gone { engine, call, words: format!("{words}{exit}{output}") }
            }
            BrowserError::TimedOut { engine, call, limit, .. } => {
                BrowserError::TimedOut { engine, call, limit, output: self.driver.output() }
            }
            other => other,
        }
    }

    async fn end(self) {
        let Self { driver, display, scratch } = self;
        driver.end().await;
        if let Some(display) = display {
            display.end().await;
        }
        // Some hundred files.
        let _ = task::spawn_blocking(move || drop(scratch)).await;
    }
}
