//! Real browsers over WebDriver: carries text, knows nothing of CORS.
//!
//! [`find`] says which browser and driver of an [`Engine`] are installed, [`Browser::launch`] starts them
//! with the virtual internet as their proxy, and a [`Browser`] opens pages, runs scripts in them and hands
//! over what the engine wrote to its console. Whatever happens ends as a [`BrowserError`] within a time
//! limit, and [`end_all`] leaves nothing running.

mod bidi;
mod by_hand;
mod capabilities;
mod chromium;
mod console;
mod descriptors;
mod display;
mod driver;
mod engine;
mod error;
mod failure;
mod find;
mod firefox;
mod keeper;
mod launch;
mod machine;
mod mark;
mod patience;
mod process;
mod row;
mod sandbox;
mod scratch;
mod session;
mod settings;
mod status;
mod template;
mod version;
mod webkit;

pub use by_hand::Start;
pub use console::{ConsoleMessage, Level};
pub use descriptors::raise_descriptor_limit;
pub use engine::{Engine, UnknownEngine};
pub use error::BrowserError;
pub use find::{Installation, Missing, NotFound, find, snap};
pub use launch::Browser;
pub use machine::{ENOUGH_SHARED_MEMORY, Machine, NamespaceBar, Need, Screen};
pub use process::{Process, adopt_orphans, end_all};
pub use sandbox::Sandbox;
pub use settings::Settings;
pub use version::{Pairing, Versions, major};
