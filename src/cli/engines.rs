//! `--browser`: which engines.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{Refusal, output};
use crate::browser::{self, Engine};

/// Reads an engine's name.
pub(super) fn parser() -> impl TypedValueParser<Value = Engine> {
    PossibleValuesParser::new(Engine::ALL.map(Engine::name)).try_map(|name| name.parse::<Engine>())
}

/// The engines that are asked for, each once; or all that are installed, the others named.
///
/// # Errors
/// Where none is.
pub(super) fn chosen(asked_for: &[Engine]) -> Result<Vec<Engine>, Refusal> {
    if !asked_for.is_empty() {
        return Ok(Engine::ALL.into_iter().filter(|engine| asked_for.contains(engine)).collect());
    }
    let mut engines = Vec::new();
    for engine in Engine::ALL {
        match browser::find(engine) {
            Ok(_) => engines.push(engine),
            Err(missing) => output::remark(&format!("left out: {missing}")),
        }
    }
    if engines.is_empty() {
        return Err(Refusal::failed("no browser can be used; 'corsproof doctor' says how to get one"));
    }
    Ok(engines)
}
