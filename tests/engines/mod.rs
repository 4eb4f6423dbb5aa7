//! Which engines the tests use.

use std::{env, sync::Once};

use corsproof::browser::{Engine, Installation, find};

/// The engine's installation; `None` if `CORSPROOF_BROWSERS` leaves it out, which is printed. One that is
/// asked for and not installed fails the test.
#[expect(clippy::print_stderr, reason = "who runs the tests must see what is left out")]
pub(crate) fn installed(engine: Engine) -> Option<Installation> {
    static PRINTED: Once = Once::new();
    let wanted = env::var("CORSPROOF_BROWSERS").unwrap_or_default();
    let is_wanted =
        |engine: Engine| wanted.is_empty() || wanted.split(',').any(|name| name.trim() == engine.name());
    PRINTED.call_once(|| {
        let left_out: Vec<&str> =
            Engine::ALL.into_iter().filter(|engine| !is_wanted(*engine)).map(Engine::name).collect();
        if !left_out.is_empty() {
            eprintln!("CORSPROOF_BROWSERS leaves out: {}", left_out.join(", "));
        }
    });
    is_wanted(engine).then(|| find(engine).unwrap_or_else(|missing| panic!("{missing}")))
}
