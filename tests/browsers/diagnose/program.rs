//! The program, and what it tells.

use std::{net::SocketAddr, process::Output};

use assert_cmd::Command;
use corsproof::Engine;
use serde_json::Value;

use crate::{installed_engines::names, turn};

/// The origin of the page that asks, which is no matter of certificates.
pub(crate) const FROM: &str = "http://app.shop.example";

/// The same as people write it, which no browser sends.
pub(crate) const FROM_WITH_A_SLASH: &str = "http://app.shop.example/";

/// What the program did.
pub(crate) struct ProgramOutput {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl ProgramOutput {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Standard output with each run of white space as one space: where lines break is no matter then.
    pub(crate) fn words(&self) -> String {
        self.out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }
}

/// The program without colour, 80 columns wide.
pub(crate) fn corsproof(arguments: &[&str]) -> ProgramOutput {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corsproof"));
    command.env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR");
    let _turn = turn::BROWSERS.blocking_read();
    ProgramOutput::of(command.args(arguments).assert().get_output())
}

/// Diagnoses `path` of the server at `address`, which browsers know as `http://api.shop.example`.
pub(crate) fn diagnose(address: SocketAddr, path: &str, engines: &[Engine], more: &[&str]) -> ProgramOutput {
    let url = format!("http://api.shop.example{path}");
    let at = format!("http://{address}");
    let browser = names(engines);
    let mut arguments = vec!["diagnose", &url, "--at", &at, "--from", FROM, "--browser", &browser];
    arguments.extend(more);
    corsproof(&arguments)
}

/// What a request came to in an engine, by its place among the requests.
pub(crate) fn result(diagnosis: &Value, request: usize, engine: Engine) -> &Value {
    let results = diagnosis["requests"][request]["results"].as_array().expect("results");
    let found = results.iter().find(|result| result["engine"] == engine.name());
    found.unwrap_or_else(|| panic!("nothing of {engine} in {diagnosis:#}"))
}

/// The value of a header field among those that are told.
pub(crate) fn field(fields: &Value, name: &str) -> Option<String> {
    let pairs = fields.as_array().expect("pairs");
    let pair =
        pairs.iter().find(|pair| pair[0].as_str().is_some_and(|other| other.eq_ignore_ascii_case(name)));
    pair.map(|pair| pair[1].as_str().expect("a text").to_owned())
}
