//! What a case is: types alone. What is asked of a browser, from which page, who answers, what the standard demands, and
//! what an engine is known to do otherwise.

mod access;
#[expect(clippy::module_inception, reason = "the type that the folder is about")]
mod case;
mod conditions;
mod context;
mod cookies;
mod expectation;
mod filter;
mod id;
mod request;
mod requirement;
mod service_worker;
mod step;
mod via;

pub use access::{Access, Reached};
pub use case::{Case, Place};
pub use conditions::{Isolation, Need, ServedBy};
pub use context::Context;
pub use expectation::{Expectation, ExpectedRead, ExpectedRequest, Known, Loaded, ResponseType};
pub use filter::Filter;
pub use id::CaseId;
pub use request::{Attributes, Body, Enctype, PreloadAs, Reading, Request};
pub use requirement::{LONGEST_TITLE, Reach, Requirement, Section};
pub use service_worker::{Answering, ServiceWorker};
pub use step::Step;
#[cfg(feature = "cli")]
pub(crate) use via::AccessKind;
pub use via::Via;
pub(crate) use via::{Algorithm, AskedFrom, Cors, Model, PageScript, Tells};
