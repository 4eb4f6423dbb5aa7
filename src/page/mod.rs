//! What runs inside a page, and the Rust types of what goes in and comes out.
//!
//! The scripts beside this file are embedded as they are; `page.js` is what a driver calls, `request.js` what
//! runs in every environment. Nothing here judges: a page says what its script saw.

mod assets;
mod job;
mod job_of_case;
mod job_results;
mod outcome;
mod scripts;

pub(crate) use assets::{DRAIN, PATH, START, assets, path};
pub(crate) use job::{
    Job, JobBody, JobRequest, JobServiceWorker, JobStep, Lane, Mark, PATIENCE, drain_arguments,
    start_arguments,
};
pub(crate) use job_of_case::job;
pub(crate) use job_results::{JobResult, JobResults, ScriptError, ScriptRead, ScriptResponse, StepResult};
pub(crate) use outcome::{NoOutcome, outcome};
