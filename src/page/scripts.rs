//! The scripts that make requests, and which of them each environment of a page loads.

use crate::case::{Callers, PageScript, Via};

pub(super) const PRIMORDIALS: &str = include_str!("primordials.js");

/// The scripts that every request needs, in every environment.
const REQUESTS: [&str; 4] =
    [PRIMORDIALS, include_str!("result.js"), include_str!("body.js"), include_str!("request.js")];

pub(super) const CLOCK: &str = include_str!("clock.js");
const DOM: &str = include_str!("dom.js");
const PIXELS: &str = include_str!("pixels.js");
const SILENCE: &str = include_str!("silence.js");
const OTHER_WINDOWS: &str = include_str!("other_windows.js");
const FETCH: &str = include_str!("fetch.js");
const FRAMES: &str = include_str!("frames.js");
const STYLESHEET: &str = include_str!("stylesheet.js");

/// The kind of global environment, which decides which scripts it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Environment {
    /// A document: the page, or a frame in it from which requests are made.
    Document,
    /// A document in another window, which cases reach.
    Window,
    /// A dedicated worker.
    Worker,
}

impl Environment {
    fn has(self, callers: Callers) -> bool {
        match callers {
            Callers::Anywhere => true,
            Callers::Documents => self == Self::Document,
            Callers::Windows => self == Self::Document || self == Self::Window,
            Callers::Workers => self == Self::Worker,
        }
    }
}

/// All that `environment` asks by, each script once and after those that it needs, and then `others`.
pub(super) fn scripts(environment: Environment, others: &[&'static str]) -> Vec<&'static str> {
    let asks = Via::ALL.iter().filter(|via| environment.has(via.callers()));
    let asking = asks.flat_map(|via| {
        let (text, needs) = script(via.script());
        needs.iter().copied().chain([text])
    });
    let mut all: Vec<&str> = Vec::new();
    for script in REQUESTS.into_iter().chain(asking).chain(others.iter().copied()) {
        if !all.contains(&script) {
            all.push(script);
        }
    }
    all
}

/// A script's text, and the scripts that it needs besides [`REQUESTS`], each after those that it needs itself.
fn script(script: PageScript) -> (&'static str, &'static [&'static str]) {
    match script {
        PageScript::Fetch => (FETCH, &[]),
        PageScript::Xhr => (include_str!("xhr.js"), &[]),
        PageScript::EventSource => (include_str!("event-source.js"), &[DOM]),
        PageScript::Beacon => (include_str!("beacon.js"), &[CLOCK]),
        PageScript::WebSocket => (include_str!("web-socket.js"), &[DOM]),
        PageScript::Timing => (include_str!("timing.js"), &[]),
        PageScript::Cache => (include_str!("cache.js"), &[FETCH]),
        PageScript::ScriptElement => (include_str!("script.js"), &[DOM]),
        PageScript::Import => (include_str!("import.js"), &[DOM, FRAMES]),
        PageScript::Worker => (include_str!("worker.js"), &[DOM]),
        PageScript::ImportScripts => (include_str!("import-scripts.js"), &[]),
        PageScript::ServiceWorker => (include_str!("service-worker-script.js"), &[]),
        PageScript::Image => (include_str!("img.js"), &[DOM, PIXELS]),
        PageScript::Svg => (include_str!("svg.js"), &[DOM, PIXELS, CLOCK, SILENCE]),
        PageScript::Track => (include_str!("track.js"), &[DOM]),
        PageScript::Media => (include_str!("media.js"), &[DOM, PIXELS, CLOCK]),
        PageScript::Stylesheet => (STYLESHEET, &[DOM]),
        PageScript::Font => (include_str!("font.js"), &[DOM]),
        PageScript::CssImage => (include_str!("css-image.js"), &[DOM, CLOCK, SILENCE]),
        PageScript::CssImport => (include_str!("css-import.js"), &[DOM, STYLESHEET]),
        PageScript::Link => (include_str!("link.js"), &[DOM]),
        PageScript::Form => (include_str!("form.js"), &[DOM, FRAMES]),
        PageScript::Frames => (FRAMES, &[DOM]),
        PageScript::WindowOpen => (include_str!("window_open.js"), &[]),
        PageScript::Embedded => (include_str!("embedded.js"), &[DOM]),
        PageScript::WindowAccess => (include_str!("window_access.js"), &[CLOCK, OTHER_WINDOWS]),
        PageScript::Message => (include_str!("message.js"), &[CLOCK, OTHER_WINDOWS]),
        PageScript::Storage => (include_str!("storage.js"), &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that a script registers functions under, as `request.js` takes them.
    fn registered(text: &str) -> Vec<&str> {
        text.split("requests.add(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn every_way_of_asking_has_a_function_in_its_script() {
        for via in Via::ALL {
            let (text, _) = script(via.script());
            assert!(
                registered(text).contains(&via.word()),
                "via = {}: {:?}, its script, has no `requests.add(\"{}\", ...)`",
                via.word(),
                via.script(),
                via.word()
            );
        }
    }

    #[test]
    fn every_function_is_that_of_a_way_of_asking() {
        for word in Via::ALL.iter().flat_map(|via| registered(script(via.script()).0)) {
            assert!(Via::from_word(word).is_some(), "`requests.add(\"{word}\", ...)`: no via has that word");
        }
    }

    #[test]
    fn every_script_says_what_it_needs() {
        let shared = [
            ("clock", CLOCK),
            ("dom", DOM),
            ("frames", FRAMES),
            ("otherWindows", OTHER_WINDOWS),
            ("pixels", PIXELS),
            ("sheets", STYLESHEET),
            ("silence", SILENCE),
            ("viaFetch", FETCH),
        ];
        for via in Via::ALL {
            let (text, needs) = script(via.script());
            for (name, owner) in shared.into_iter().filter(|(_, owner)| *owner != text) {
                let others = needs.iter().copied().filter(|needed| *needed != owner);
                let uses = others.chain([text]).any(|text| {
                    text.match_indices(&format!("{name}."))
                        .any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
                });
                assert_eq!(uses, needs.contains(&owner), "{:?} and `{name}`", via.script());
            }
        }
    }
}
