//! Tests that name what the library keeps to itself: the model, the cases, the page, verdicts. They are part of its own
//! test binary; what can be seen from outside is tested by `tests/program` and `tests/browsers`.

mod author_and_model;
mod browsers;
mod coverage;
mod damaged_files;
mod mutants;
mod suite;
