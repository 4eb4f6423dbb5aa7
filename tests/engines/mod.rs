//! Which engines the tests use.

use std::{
    env,
    io::{Write, stderr},
    sync::LazyLock,
};

use browsers::{Engine, Installation, find};

/// The engines that `CORSPROOF_BROWSERS` names, or all.
static WANTED: LazyLock<Vec<Engine>> = LazyLock::new(|| {
    let names = env::var("CORSPROOF_BROWSERS").unwrap_or_default();
    if names.is_empty() {
        return Engine::ALL.to_vec();
    }
    let wanted: Vec<Engine> =
        names.split(',').map(|name| name.trim().parse().unwrap_or_else(|error| panic!("{error}"))).collect();
    let left_out: Vec<&str> =
        Engine::ALL.iter().filter(|engine| !wanted.contains(engine)).map(|engine| engine.name()).collect();
    // Not by a macro, whose output a test that passes would keep to itself.
    writeln!(stderr(), "CORSPROOF_BROWSERS leaves out: {}", left_out.join(", ")).expect("an output");
    wanted
});

/// The engine's installation; `None` if it is left out. One that is wanted and not installed fails the test.
pub(crate) fn installed(engine: Engine) -> Option<Installation> {
    WANTED.contains(&engine).then(|| find(engine).unwrap_or_else(|missing| panic!("{missing}")))
}
