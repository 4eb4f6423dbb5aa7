//! `corsproof schema`: what files may hold, for editors and programs.

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::{Exit, Refusal, output};
use crate::{casefile, doctor, policyfile, report, stream};

/// Print a JSON Schema: of case files, for editors that complete and check TOML; of reports, for programs
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Of what
    #[arg(value_enum, default_value_t)]
    of: Subject,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// A case file
    #[default]
    Case,
    /// A policy file, for `check`
    Policy,
    /// A line of `run --report ndjson=PATH`, and of check's
    Events,
    /// What `run --report json=PATH` writes, and check's
    Run,
    /// What `diff --json` prints
    Diff,
    /// What `diagnose --json` prints
    Diagnosis,
    /// What `explain --har FILE --json` prints
    Har,
    /// What `doctor --json` prints
    Doctor,
}

impl Subject {
    fn schema(self) -> Value {
        match self {
            Self::Case => casefile::schema(),
            Self::Policy => policyfile::policy_schema(),
            Self::Events => stream::schema(),
            Self::Run => report::json_schema(),
            Self::Diff => report::changes::schema(),
            Self::Diagnosis => report::diagnosis_schema(),
            Self::Har => report::har_schema(),
            Self::Doctor => doctor::schema(),
        }
    }
}

impl Schema {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        output::tell_json(&text(self.of))?;
        Ok(Exit::Agreed)
    }
}

fn text(of: Subject) -> String {
    format!("{:#}\n", of.schema())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_json_again_and_a_schema() {
        for subject in Subject::value_variants() {
            let schema: Value = serde_json::from_str(&text(*subject)).expect("JSON");
            assert_eq!(schema, subject.schema());
            jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{subject:?}: {error}"));
        }
    }
}
