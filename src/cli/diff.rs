//! `corsproof diff`: what changed between two recorded runs.

use std::path::PathBuf;

use clap::Args;

use super::{Exit, Refusal, output, recording};
use crate::{report::changes, stream::Changes};

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing changed
  1  something did
  2  bad usage, or a file that is no recorded run
  4  the runs have no engine in common";

/// What changed between two runs or checks that were recorded with `--report ndjson=PATH`
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(super) struct Diff {
    /// The first run
    #[arg(value_name = "BEFORE")]
    before: PathBuf,

    /// The second run
    #[arg(value_name = "AFTER")]
    after: PathBuf,

    /// Print JSON instead
    #[arg(long)]
    json: bool,
}

impl Diff {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let (before, after) = (recording::read(&self.before)?, recording::read(&self.after)?);
        let changes = Changes::between(&before.run, &after.run);
        if changes.engines.is_empty() {
            let why = format!(
                "{} and {} have no engine in common; nothing can be compared",
                before.name, after.name
            );
            return Err(Refusal::nothing_selected(why));
        }
        let look = output::look();
        match self.json {
            true => output::tell_json(&changes::json(&changes))?,
            false => output::tell(&changes::text(&changes, look.ink, look.width))?,
        }
        Ok(if changes.is_empty() { Exit::Agreed } else { Exit::Differed })
    }
}
