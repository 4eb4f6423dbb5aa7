//! `corsproof coverage`: the requirements of the standard that the cases cover.

use clap::Args;

use super::{Exit, Refusal, output, selection::Source};
use crate::{
    coverage::{self, Totals},
    report,
};

const EXIT_CODES: &str = "\
Exit codes:
  0  the table stands
  1  a case cites a requirement that does not exist; with --require-all, one is not covered
  2  bad usage, or a case file that is bad otherwise";

/// Which requirements the cases cover, in which engines, and which none covers
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(super) struct Coverage {
    #[command(flatten)]
    source: Source,

    /// Print the statements of the seed document and the cases that show them instead
    #[arg(long, conflicts_with_all = ["json", "require_all"])]
    seed: bool,

    /// Print JSON instead: requirements and statements
    #[arg(long)]
    json: bool,

    /// Fail where a requirement is neither covered nor out of every test's reach
    #[arg(long)]
    require_all: bool,
}

impl Coverage {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let suite = self.source.suite_for_coverage()?;
        let look = output::look();
        let statements = coverage::statements(suite.cases());
        if self.seed {
            output::tell(&report::coverage::seeds(&statements, look.ink, look.width))?;
            return Ok(Exit::Agreed);
        }
        let coverage = coverage::Coverage::of(suite.cases());
        match self.json {
            true => output::tell_json(&report::coverage::json(&coverage, &statements))?,
            false => output::tell(&report::coverage::table(&coverage, look.ink, look.width))?,
        }
        let Totals { later, missing, .. } = coverage.totals;
        if self.require_all && later + missing > 0 {
            return Err(not_all(&coverage.totals));
        }
        Ok(Exit::Agreed)
    }
}

fn not_all(totals: &Totals) -> Refusal {
    let Totals { requirements, later, missing, .. } = totals;
    let text = format!(
        "of {requirements} requirements {later} come later and {missing} are covered by no case; write cases \
         that say `covers`, or say in src/casefile/requirements.toml why no test in a browser can show them"
    );
    Refusal { exit: Exit::Differed, ..Refusal::bad_input(text) }
}
