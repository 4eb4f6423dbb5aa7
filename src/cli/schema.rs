//! `corsproof schema`: what a case file may hold, for editors.

use clap::{Args, ValueEnum};

use super::{Exit, Refusal, output};
use crate::{case, check};

/// Print the JSON Schema of case files or policy files, for editors that complete and check TOML
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Which files
    #[arg(value_enum, default_value_t = Of::Case)]
    of: Of,
}

/// The files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Of {
    /// Cases, for `corsproof run --cases`
    Case,
    /// A server's policy, for `corsproof check`
    Policy,
}

impl Schema {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        output::tell(&text(self.of))?;
        Ok(Exit::Agreed)
    }
}

/// The schema as JSON text.
pub(super) fn text(of: Of) -> String {
    let schema = match of {
        Of::Case => case::schema(),
        Of::Policy => check::policy_schema(),
    };
    format!("{schema:#}\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_json_again() {
        let parsed = |of| serde_json::from_str(&super::text(of)).expect("JSON");
        let (case, policy): (serde_json::Value, serde_json::Value) =
            (parsed(super::Of::Case), parsed(super::Of::Policy));
        assert_eq!(case, crate::case::schema());
        assert_eq!(policy, crate::check::policy_schema());
    }
}
