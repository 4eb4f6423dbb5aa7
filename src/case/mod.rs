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

pub(crate) use access::{Access, Reached};
pub(crate) use case::{Case, Place};
pub(crate) use conditions::{Isolation, Need, ServedBy};
pub(crate) use context::Context;
pub(crate) use expectation::{
    Expectation, ExpectedRead, ExpectedRequest, KnownDifference, Loaded, ResponseType,
};
pub(crate) use filter::Filter;
pub(crate) use id::CaseId;
pub(crate) use request::{Attributes, Body, Enctype, PreloadAs, Reading, Request};
pub(crate) use requirement::{LONGEST_TITLE, Reach, Requirement, Section};
pub(crate) use service_worker::{Answering, ServiceWorker};
pub(crate) use step::Step;
#[cfg(feature = "cli")]
pub(crate) use via::AccessKind;
pub(crate) use via::Via;
pub(crate) use via::{Algorithm, Callers, Cors, Disclosure, Model, PageScript};
