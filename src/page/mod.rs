//! What runs inside a page, and the Rust types of what goes in and comes out.
//!
//! The scripts beside this file are embedded as they are; `page.js` is what a driver calls, `request.js` what
//! runs in every environment. Nothing here judges: a page says what its script saw.

mod assets;
mod job;
mod returned;

pub use assets::{DRAIN, PATH, START, assets};
pub use job::{Job, JobBody, JobRequest, JobStep, Lane, job, start_arguments};
pub use returned::{
    Drained, NoOutcome, NotDrained, Returned, ScriptError, ScriptResponse, StepResult, outcome,
};
