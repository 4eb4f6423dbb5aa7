//! All engines that these tests use, for those that ask them at once.

use corsproof::Engine;

use crate::engines::installed;

/// The engines.
pub(crate) fn installed_engines() -> Vec<Engine> {
    Engine::ALL.into_iter().filter(|engine| installed(*engine).is_some()).collect()
}

/// Their names, as `--browser` takes them.
pub(crate) fn names(engines: &[Engine]) -> String {
    engines.iter().map(|engine| engine.name()).collect::<Vec<_>>().join(",")
}
