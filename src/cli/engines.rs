//! Which engines a command runs in: the argument that `run` and others share.

use browsers::Engine;
use clap::{
    Args,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};

use super::{Refusal, output};

/// Engines by name.
#[derive(Debug, Args)]
pub(super) struct Engines {
    /// The engines [default: all; of a run, those that are installed]
    #[arg(long, value_name = "ENGINE", value_delimiter = ',', value_parser = engine())]
    browser: Vec<Engine>,
}

/// An engine by its name, or by that of a browser that has it.
fn engine() -> impl TypedValueParser<Value = Engine> {
    let value = |engine: Engine| PossibleValue::new(engine.name()).aliases(browsers_with(engine));
    PossibleValuesParser::new(Engine::ALL.map(value)).try_map(|name| {
        let has_name = |engine: &Engine| browsers_with(*engine).contains(&name.as_str());
        Engine::ALL.into_iter().find(has_name).map_or_else(|| name.parse::<Engine>(), Ok)
    })
}

/// Browsers that people know instead of their engine; which of them is driven follows from what is installed.
fn browsers_with(engine: Engine) -> &'static [&'static str] {
    match engine {
        Engine::Chromium => &["chrome", "edge"],
        Engine::Firefox => &["gecko"],
        Engine::WebKit => &["webkitgtk"],
    }
}

impl Engines {
    /// Whether `--browser` was given.
    pub(super) fn are_named(&self) -> bool {
        !self.browser.is_empty()
    }

    /// The engines of `--browser`, without repetitions; all engines where the argument is missing.
    pub(super) fn named(&self) -> Vec<Engine> {
        let is_named = |engine: &Engine| self.browser.is_empty() || self.browser.contains(engine);
        Engine::ALL.into_iter().filter(is_named).collect()
    }

    /// The engines of `--browser`, without repetitions; where the argument is missing, all that are installed.
    ///
    /// # Errors
    /// Where no engine is named and none is installed.
    pub(super) fn chosen(&self) -> Result<Vec<Engine>, Refusal> {
        if !self.browser.is_empty() {
            return Ok(self.named());
        }
        let mut engines = Vec::new();
        for engine in Engine::ALL {
            match browsers::find(engine) {
                Ok(_) => engines.push(engine),
                Err(missing) => output::remark(&format!("left out: {missing}")),
            }
        }
        if engines.is_empty() {
            return Err(Refusal::failed("no browser can be used; 'corsproof doctor' says how to get one"));
        }
        Ok(engines)
    }
}
