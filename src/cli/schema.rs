//! `corsproof schema`: what a case file may hold, for editors.

use clap::Args;

use super::{Exit, Refusal, output};
use crate::case;

/// Print the JSON Schema of case files, for editors that complete and check TOML
#[derive(Debug, Args)]
pub(super) struct Schema {}

impl Schema {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        output::tell(&text())?;
        Ok(Exit::Agreed)
    }
}

/// The schema as JSON text.
pub(super) fn text() -> String {
    format!("{:#}\n", case::schema())
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_json_again() {
        let schema: serde_json::Value = serde_json::from_str(&super::text()).expect("JSON");
        assert_eq!(schema, crate::case::schema());
    }
}
