//! What runs inside a page, and the Rust types of what goes in and comes out.

mod job;

pub use job::{Job, JobBody, JobRequest, JobStep, Lane, Returned, ScriptError, ScriptResponse, StepResult};
