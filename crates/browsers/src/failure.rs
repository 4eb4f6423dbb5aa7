//! What a driver's errors mean.

use std::error::Error;

use fantoccini::error::{CmdError, ErrorStatus, NewSessionError, WebDriver};

use super::{BrowserError, Engine};

/// What a failed call means.
pub(super) fn failed(engine: Engine, call: &'static str, error: CmdError) -> BrowserError {
    match error {
        CmdError::Standard(error) => refused(engine, call, &error),
        CmdError::Failed(error) => BrowserError::Gone { engine, call, words: innermost(&error) },
        CmdError::FailedC(error) => BrowserError::Gone { engine, call, words: innermost(&error) },
        CmdError::Lost(error) => BrowserError::Gone { engine, call, words: innermost(&error) },
        CmdError::NotJson(answer) => BrowserError::Nonsense { engine, call, answer: shortened(&answer) },
        CmdError::NotW3C(answer) => {
            BrowserError::Nonsense { engine, call, answer: shortened(&answer.to_string()) }
        }
        CmdError::Json(error) => {
            BrowserError::Nonsense { engine, call, answer: format!("broken JSON ({error})") }
        }
        other => BrowserError::Refused { engine, call, words: other.to_string() },
    }
}

/// What an error that the driver gives means.
fn refused(engine: Engine, call: &'static str, error: &WebDriver) -> BrowserError {
    let words = words(error);
    match error.error {
        ErrorStatus::InvalidSessionId | ErrorStatus::NoSuchWindow => {
            BrowserError::Gone { engine, call, words }
        }
        // WebKitWebDriver has no words for the death of its browser.
        ErrorStatus::UnknownError if error.message.is_empty() || tells_of_death(&words) => {
            BrowserError::Gone { engine, call, words }
        }
        // A page that does not open in time is behind one that hangs, or the browser is.
        ErrorStatus::ScriptTimeout | ErrorStatus::Timeout => BrowserError::Stuck { engine, words },
        ErrorStatus::JavascriptError => BrowserError::Script { engine, words },
        _ => BrowserError::Refused { engine, call, words },
    }
}

/// Whether "unknown error" is a driver's way to say that its browser is gone. Whichever driver's: between us and it may
/// be a Grid.
fn tells_of_death(words: &str) -> bool {
    let mut signs = Engine::ALL.into_iter().flat_map(|engine| engine.row().signs_of_death);
    signs.any(|sign| words.contains(sign))
}

/// What it means that there is no session.
pub(super) fn no_session(engine: Engine, call: &'static str, error: NewSessionError) -> BrowserError {
    match error {
        NewSessionError::SessionNotCreated(error) => session_refused(engine, words(&error)),
        NewSessionError::UnexpectedError(CmdError::Standard(error)) => session_refused(engine, words(&error)),
        NewSessionError::UnexpectedError(error) => failed(engine, call, error),
        NewSessionError::Failed(error) => failed(engine, call, CmdError::Failed(error)),
        NewSessionError::FailedC(error) => failed(engine, call, CmdError::FailedC(error)),
        NewSessionError::Lost(error) => failed(engine, call, CmdError::Lost(error)),
        // fantoccini also puts the driver's "unknown error" here.
        NewSessionError::NotW3C(answer) => match (answer["error"].as_str(), answer["message"].as_str()) {
            (Some(_), Some(message)) => session_refused(engine, shortened(message)),
            _ => failed(engine, call, CmdError::NotW3C(answer)),
        },
        NewSessionError::BadWebdriverUrl(error) => {
            BrowserError::Refused { engine, call, words: error.to_string() }
        }
    }
}

fn session_refused(engine: Engine, words: String) -> BrowserError {
    let remedy = remedy(engine, &words);
    BrowserError::SessionRefused { engine, words, remedy, output: Vec::new() }
}

/// What to do about a refusal that is known.
fn remedy(engine: Engine, words: &str) -> Option<String> {
    let mut refusals = engine.row().refusals.iter();
    let known = refusals.find(|refusal| refusal.words.iter().any(|known| words.contains(known)))?;
    Some(known.remedy.to_owned())
}

/// The driver's words without its stack trace.
fn words(error: &WebDriver) -> String {
    let message = shortened(&error.message);
    if message.is_empty() { error.error.to_string() } else { message }
}

fn shortened(text: &str) -> String {
    const LENGTH: usize = 500;
    let text = text.split("\nStacktrace:").next().unwrap_or_default().trim();
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// The cause that says something: "client error (Connect)" does not.
pub(super) fn innermost(error: &dyn Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::dead_session(ErrorStatus::InvalidSessionId, "session deleted", true)]
    #[case::dead_browser(ErrorStatus::UnknownError, "disconnected: not connected to DevTools", true)]
    #[case::dead_marionette(ErrorStatus::UnknownError, "Failed to decode response from marionette", true)]
    #[case::dead_mini_browser(ErrorStatus::UnknownError, "", true)]
    #[case::bad_page(ErrorStatus::UnknownError, "net::ERR_EMPTY_RESPONSE", false)]
    #[case::script(ErrorStatus::JavascriptError, "ReferenceError: x is not defined", false)]
    #[case::slow_script(ErrorStatus::ScriptTimeout, "script timeout", true)]
    #[case::slow_page(ErrorStatus::Timeout, "timeout: Timed out receiving message from renderer", true)]
    fn only_death_and_hanging_end_a_session(
        #[case] status: ErrorStatus,
        #[case] words: &str,
        #[case] ends: bool,
    ) {
        let error = refused(Engine::Chromium, "x", &WebDriver::new(status, words.to_owned()));
        assert_eq!(error.ends_session(), ends, "{error}");
    }

    #[test]
    fn a_driver_of_another_version_is_recognised() {
        let words = "session not created: This version of ChromeDriver only supports Chrome version 114\nCurrent \
                     browser version is 156.0.8078.79";
        let message = session_refused(Engine::Chromium, words.to_owned()).to_string();
        assert!(
            message.contains("only supports Chrome version 114")
                && message.contains("install the chromedriver")
        );
    }

    #[test]
    fn words_have_no_stack_trace_and_an_end() {
        assert_eq!(shortened("it broke\nStacktrace:\n#0 0x1"), "it broke");
        assert_eq!(shortened(&"ä".repeat(600)).chars().count(), 503);
    }
}
