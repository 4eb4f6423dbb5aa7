//! Case files: what is asked of a browser, what the servers answer, and what the standard demands.
//!
//! Read in two stages: as written (a TOML tree with its places in the file), then as meant ([`Case`]:
//! defaults merged, matrices expanded, every name resolved). Whatever is wrong in any file is
//! reported at once.

mod meant;

pub use meant::{
    Body, Case, CaseId, Context, Expectation, ExpectedRead, ExpectedRequest, Isolation, Known, Need, Place,
    Request, Step, Via,
};
