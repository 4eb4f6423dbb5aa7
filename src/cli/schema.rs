//! `corsproof schema`: the JSON Schemas of what corsproof reads and writes.

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::{Exit, Refusal, output};
use crate::{case, doctor};

/// Print a JSON Schema: of case files, for editors, or of what a command prints
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Of what
    #[arg(value_enum, default_value_t = Subject::Case)]
    subject: Subject,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Subject {
    /// A case file
    Case,
    /// What 'corsproof doctor --json' prints
    Doctor,
}

impl Schema {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        output::tell(&text(self.subject))?;
        Ok(Exit::Agreed)
    }
}

/// The schema as JSON text.
pub(super) fn text(subject: Subject) -> String {
    format!("{:#}\n", of(subject))
}

fn of(subject: Subject) -> Value {
    match subject {
        Subject::Case => case::schema(),
        Subject::Doctor => doctor::schema(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_json_again() {
        for subject in Subject::value_variants() {
            let schema: Value = serde_json::from_str(&text(*subject)).expect("JSON");
            assert_eq!(schema, of(*subject));
        }
    }
}
