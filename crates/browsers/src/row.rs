//! What there is to know of an engine. Texts that are filled say which `{places}` they have.

use super::{Need, Pairing, by_hand::ByHand};

/// All that is known of an engine.
#[derive(Debug)]
pub(super) struct Row {
    /// What its browser is called in a sentence.
    pub(super) title: &'static str,
    /// The browser's program.
    pub(super) browser: BrowserProgram,
    /// The driver's program.
    pub(super) driver: DriverProgram,
    /// How to install both.
    pub(super) remedy: &'static str,
    /// Which versions of both go together.
    pub(super) pairing: Pairing,
    /// What it wants of the machine.
    pub(super) needs: &'static [Need],
    /// What its driver is asked for.
    pub(super) session: NewSession,
    /// What to do when its driver makes no session; the first that fits counts.
    pub(super) refusals: &'static [Refusal],
    /// By what words its driver's "unknown error" means that the browser is gone.
    pub(super) signs_of_death: &'static [&'static str],
    /// How a person starts it.
    pub(super) by_hand: ByHand,
}

/// Where a browser is looked for: what the variable names, else the first of the others that is there.
#[derive(Debug)]
pub(super) struct BrowserProgram {
    /// The variable that names it.
    pub(super) variable: &'static str,
    /// What it is called where none is found.
    pub(super) usual_name: &'static str,
    /// Its names on the PATH.
    pub(super) names: &'static [&'static str],
    /// Files that may be it; a part of a path that is `*` stands for whatever folder there is.
    pub(super) files: &'static [&'static str],
}

/// Where a driver is looked for, and how it is started.
#[derive(Debug)]
pub(super) struct DriverProgram {
    /// The variable that names it.
    pub(super) variable: &'static str,
    /// Its name.
    pub(super) name: &'static str,
    /// The variable by which CI images name its folder.
    pub(super) folder_variable: Option<&'static str>,
    /// What it is started with. Place: `{port}`.
    pub(super) arguments: &'static [&'static str],
    /// Who picks its port.
    pub(super) port: PortChoice,
    /// Its words when somebody else has that port: it is started again.
    pub(super) port_taken: &'static [&'static str],
}

/// Who picks the port of a driver.
#[derive(Clone, Copy, Debug)]
pub(super) enum PortChoice {
    /// The driver, when told port 0. It writes the number after these words when it listens.
    Driver {
        /// The words, with the space after them.
        announces: &'static str,
    },
    /// We, because the driver does not say: one that is free at the moment.
    Ours,
}

/// What a driver is asked for when it makes a session.
#[derive(Debug)]
pub(super) struct NewSession {
    /// The browser's name.
    pub(super) browser_name: BrowserName,
    /// How the network's certificates come to be trusted.
    pub(super) certificates: Certificates,
    /// How the proxy is told.
    pub(super) proxy: ProxyTold,
    /// How the console is read.
    pub(super) console: ConsoleSource,
    /// The capability that holds the browser's program, arguments and preferences.
    pub(super) options: &'static str,
    /// The browser's arguments. Places: `{proxy}`, `{spki_pin}`.
    pub(super) arguments: &'static [&'static str],
    /// The argument that names the profile, of a browser whose driver makes none. Place: `{profile}`.
    pub(super) profile_argument: Option<&'static str>,
    /// Arguments for a machine that does not give what is needed.
    pub(super) arguments_without: &'static [(Need, &'static str)],
    /// The browser's preferences.
    pub(super) preferences: &'static [(&'static str, Preference)],
}

/// A browser's name among the capabilities.
#[derive(Clone, Copy, Debug)]
pub(super) enum BrowserName {
    /// It is asked for.
    Asked(&'static str),
    /// It is not: the driver has no other. A Selenium Grid's nodes tell it.
    Implied(&'static str),
}

impl BrowserName {
    /// The name.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Asked(name) | Self::Implied(name) => name,
        }
    }
}

/// How the network's certificates come to be trusted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Certificates {
    /// By the pin of their key, in an argument.
    Pinned,
    /// All are accepted, whoever made them.
    Accepted,
}

/// How a browser is told its proxy.
#[derive(Clone, Copy, Debug)]
pub(super) enum ProxyTold {
    /// By the capability for it.
    Capability,
    /// By an argument.
    Argument,
}

/// How an engine's console is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ConsoleSource {
    /// By chromedriver's log of the session.
    Log,
    /// By WebDriver BiDi.
    Bidi,
    /// Not at all.
    None,
}

/// The value of a preference.
#[derive(Clone, Copy, Debug, serde::Serialize)]
#[serde(untagged)]
pub(super) enum Preference {
    Truth(bool),
    Number(i64),
}

/// A refusal to make a session that is known.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The driver's words; one of them will do.
    pub(super) words: &'static [&'static str],
    /// What to do about it.
    pub(super) remedy: &'static str,
}
