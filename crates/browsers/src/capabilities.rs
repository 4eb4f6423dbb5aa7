//! The capabilities of a session, by an engine's row.

use std::path::Path;

use fantoccini::wd::Capabilities;
use serde_json::{Map, Value, json};

use super::{
    Engine, Need, Sandbox, Settings,
    machine::has_little_shared_memory,
    row::{BrowserName, Certificates, ConsoleSource, ProxyTold},
    template::filled,
};

/// What a session's browser is, where its driver is ours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own<'a> {
    /// The program.
    pub(super) browser: &'a Path,
    /// The folder of its profile.
    pub(super) profile: &'a Path,
}

/// What the driver is asked for. `sandbox`: whether the browser's works, if it has one.
pub(super) fn capabilities(
    engine: Engine,
    settings: &Settings,
    sandbox: Option<Sandbox>,
    own: Option<Own<'_>>,
) -> Capabilities {
    let session = &engine.row().session;
    let limit = settings.driver_limit().as_millis() as u64;
    let mut capabilities = Map::new();
    let mut ask = |name: &str, value: Value| capabilities.insert(name.to_owned(), value);
    if let BrowserName::Asked(name) = session.browser_name {
        ask("browserName", json!(name));
    }
    ask("acceptInsecureCerts", json!(matches!(session.certificates, Certificates::Accepted)));
    if let ProxyTold::Capability = session.proxy {
        let proxy = settings.proxy.to_string();
        ask("proxy", json!({ "proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy }));
    }
    match session.console {
        ConsoleSource::Log => ask("goog:loggingPrefs", json!({ "browser": "ALL" })),
        ConsoleSource::Bidi => ask("webSocketUrl", json!(true)),
        ConsoleSource::None => None,
    };
    ask("timeouts", json!({ "script": limit, "pageLoad": limit }));
    ask(session.options, options(engine, settings, sandbox, own));
    capabilities
}

/// The browser's program, arguments and preferences.
fn options(engine: Engine, settings: &Settings, sandbox: Option<Sandbox>, own: Option<Own<'_>>) -> Value {
    let mut options = json!({ "args": arguments(engine, settings, sandbox, own) });
    let preferences = engine.row().session.preferences;
    if !preferences.is_empty() {
        options["prefs"] = preferences.iter().map(|(name, value)| (*name, json!(value))).collect();
    }
    if let Some(own) = own {
        options["binary"] = json!(own.browser);
    }
    options
}

fn arguments(
    engine: Engine,
    settings: &Settings,
    sandbox: Option<Sandbox>,
    own: Option<Own<'_>>,
) -> Vec<String> {
    let session = &engine.row().session;
    let values = [("proxy", &*settings.proxy.to_string()), ("spki_pin", &settings.spki_pin)];
    let mut arguments: Vec<String> =
        session.arguments.iter().map(|argument| filled(argument, &values)).collect();
    if let (Some(argument), Some(own)) = (session.profile_argument, own) {
        arguments.push(filled(argument, &[("profile", &own.profile.to_string_lossy())]));
    }
    let lacking = session.arguments_without.iter().filter(|(need, _)| is_lacking(*need, sandbox));
    arguments.extend(lacking.map(|(_, argument)| (*argument).to_owned()));
    arguments
}

/// Whether the machine does not give the browser what it needs.
fn is_lacking(need: Need, sandbox: Option<Sandbox>) -> bool {
    match need {
        Need::Sandbox => sandbox.is_some_and(|sandbox| sandbox != Sandbox::Works),
        Need::SharedMemory => has_little_shared_memory(),
        // A display is started, and what lacks the module cannot be told to do without.
        Need::Display | Need::TlsModule => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings::new(([127, 0, 0, 1], 1).into(), "pin")
    }

    #[test]
    fn sandbox_is_left_out_only_where_it_cannot_work() {
        for (sandbox, left_out) in
            [(Sandbox::Works, false), (Sandbox::Root, true), (Sandbox::NoNamespaces, true)]
        {
            let arguments = arguments(Engine::Chromium, &settings(), Some(sandbox), None);
            assert_eq!(arguments.iter().any(|argument| argument == "--no-sandbox"), left_out);
            assert_eq!(sandbox.note("Chromium").is_some(), left_out);
        }
    }

    /// A driver that is not ours has its own browser and profile.
    #[test]
    fn program_and_profile_are_told_to_a_driver_of_ours_alone() {
        let own = Own { browser: Path::new("/browser"), profile: Path::new("/profile") };
        for engine in Engine::ALL {
            let text = |own| Value::from(capabilities(engine, &settings(), None, own)).to_string();
            assert!(text(Some(own)).contains("\"binary\":\"/browser\""), "{engine}");
            assert!(!text(None).contains("binary") && !text(None).contains("profile"), "{engine}");
        }
    }

    #[test]
    fn every_place_in_the_arguments_is_filled() {
        let own = Own { browser: Path::new("/browser"), profile: Path::new("/profile") };
        for engine in Engine::ALL {
            for argument in arguments(engine, &settings(), Some(Sandbox::Root), Some(own)) {
                assert!(!argument.contains(['{', '}']), "{engine}: {argument}");
            }
        }
    }
}
