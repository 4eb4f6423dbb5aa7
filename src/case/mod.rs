//! Case files: what is asked of a browser, what the servers answer, and what the standard demands.
//!
//! Read in two stages: as written (a TOML tree with its places in the file), then as meant ([`Case`]:
//! defaults merged, matrices expanded, every name resolved). Whatever is wrong in any file is
//! reported at once, as [`Problems`].

mod access;
mod answer;
mod asked;
pub(crate) mod check;
mod contexts;
mod cookies;
mod defaults;
mod draft;
mod expectation;
pub(crate) mod file;
mod fill;
mod filter;
mod id;
mod keys;
mod known;
mod matrix;
mod meant;
mod page;
pub(crate) mod patterns;
mod placeholder;
pub(crate) mod problem;
mod protocols;
mod request;
mod requirements;
pub(crate) mod schema;
mod sent;
mod servers;
mod service_worker;
pub(crate) mod shape;
pub(crate) mod source;
pub(crate) mod spelling;
mod suite;
mod twins;
mod via;
pub(crate) mod written;

pub use access::{Access, Reached};
pub use asked::{Attributes, Body, Enctype, PreloadAs, Reading, Request};
pub use filter::Filter;
pub use meant::{
    Case, CaseId, Context, Expectation, ExpectedRead, ExpectedRequest, Isolation, Known, Need, Place,
    ServedBy, Step,
};
pub use problem::{Problem, Problems, Style, Subject};
pub use requirements::{LONGEST_TITLE, REQUIREMENTS, Reach, Requirement, Section, requirement, section_of};
pub use schema::schema;
pub use service_worker::ServiceWorker;
pub use suite::Suite;
pub use via::Via;
pub(crate) use via::{Algorithm, AskedFrom, Cors, Model, PageScript, Tells};
