//! `corsproof known`: where engines are known to differ from the standard.

use clap::Args;

use super::{Exit, Refusal, engines::Engines, output, selection::Selection};
use crate::report;

/// Where browsers are known to differ from the standard, and which cases show it
#[derive(Debug, Args)]
pub(super) struct KnownDifferences {
    #[command(flatten)]
    selection: Selection,

    #[command(flatten)]
    engines: Engines,

    /// Print JSON instead
    #[arg(long)]
    json: bool,
}

impl KnownDifferences {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let cases = self.selection.cases(None, None)?;
        let engines = self.engines.named();
        let look = output::look();
        match self.json {
            true => output::tell_json(&report::known_differences::json(&cases, &engines))?,
            false => {
                output::tell(&report::known_differences::text(&cases, &engines, look.ink, look.width))?;
            }
        }
        Ok(Exit::Agreed)
    }
}
