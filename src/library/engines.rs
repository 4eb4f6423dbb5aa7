//! The engines of a test that does not name any.

use std::env;

use browsers::Engine;

use super::error::CheckError;

/// The variable that names engines, so that a machine or a job can make do with fewer.
pub(super) const VARIABLE: &str = "CORSPROOF_BROWSERS";

/// The engines that the environment variable names, or all that are installed.
pub(super) fn chosen() -> Result<Vec<Engine>, CheckError> {
    match env::var(VARIABLE) {
        Ok(names) if !names.trim().is_empty() => named(&names),
        _ => installed(),
    }
}

fn named(names: &str) -> Result<Vec<Engine>, CheckError> {
    names.split(',').map(|name| name.trim().parse().map_err(CheckError::UnknownEngine)).collect()
}

fn installed() -> Result<Vec<Engine>, CheckError> {
    let mut engines = Vec::new();
    let mut missing = Vec::new();
    for engine in Engine::ALL {
        match browsers::find(engine) {
            Ok(_) => engines.push(engine),
            Err(not_found) => missing.push(not_found),
        }
    }
    for not_found in &missing {
        tracing::warn!("left out: {not_found}");
    }
    if engines.is_empty() { Err(CheckError::NoBrowser(missing)) } else { Ok(engines) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_engines_in_their_order() {
        let engines = named("webkit, chromium").expect("two engines");
        assert_eq!(engines, [Engine::WebKit, Engine::Chromium]);
        let error = named("chromium,safari").expect_err("no engine of ours").to_string();
        assert!(error.contains("CORSPROOF_BROWSERS") && error.contains("'safari'"), "{error}");
    }
}
