//! The program as people and CI jobs meet it, where no browser is needed, and the files beside it.

mod bad_cases;
mod bad_policies;
mod ci;
mod cli;
mod command;
mod coverage;
mod doctor;
mod explain;
mod hostile_input;
mod init;
mod layering;
mod listing;
mod manual;
#[path = "../readme/mod.rs"]
mod of_readme;
mod packages;
mod papers;
mod readme;
mod reports;
mod schema;
mod script;
mod servers;
mod setup;
