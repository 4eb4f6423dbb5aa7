//! Real browsers over WebDriver: carries text, knows nothing of CORS.

mod engine;

pub use engine::Engine;
