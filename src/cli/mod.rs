//! The command line: one file a subcommand; each parses, calls the library and picks the exit code.

mod check;
#[cfg(test)]
mod ci_files;
mod completions;
mod coverage;
mod diagnose;
mod diff;
mod doctor;
mod engines;
mod exit;
mod explain;
mod init;
mod known_differences;
mod last_failed;
mod list;
mod man;
mod output;
mod recording;
mod report;
mod run;
mod schema;
mod selection;
mod serve;
mod shard;
mod show;
mod signals;
mod sink;
mod sop;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

pub(crate) use exit::{Exit, Refusal};
pub(crate) use shard::Shard;

/// The variable that asks for a log of what the harness does, for instance `corsproof=debug`.
const LOG_VARIABLE: &str = "CORSPROOF_LOG";

const EXIT_CODES: &str = "\
Exit codes:
  0  all verdicts agree, are known or do not apply
  1  some differ
  2  bad usage, or a bad case file
  3  the environment or the harness failed
  4  nothing was selected";

/// Shows, in real browsers, what CORS and the same-origin policy let a page send, load and read.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(Box<run::Run>),
    Report(report::Report),
    Diff(diff::Diff),
    Check(check::Check),
    Diagnose(diagnose::Diagnose),
    List(list::List),
    Show(show::Show),
    Explain(explain::Explain),
    Coverage(coverage::Coverage),
    Sop(sop::Sop),
    Known(known_differences::KnownDifferences),
    Serve(serve::Serve),
    Doctor(doctor::Doctor),
    Init(init::Init),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Manual),
}

impl Command {
    fn carry_out(self) -> Result<Exit, Refusal> {
        match self {
            Self::Run(run) => run.carry_out(),
            Self::Report(report) => report.carry_out(),
            Self::Diff(diff) => diff.carry_out(),
            Self::Check(check) => check.carry_out(),
            Self::Diagnose(diagnose) => diagnose.carry_out(),
            Self::List(list) => list.carry_out(),
            Self::Show(show) => show.carry_out(),
            Self::Explain(explain) => explain.carry_out(),
            Self::Coverage(coverage) => coverage.carry_out(),
            Self::Sop(sop) => sop.carry_out(),
            Self::Known(known) => known.carry_out(),
            Self::Serve(serve) => serve.carry_out(),
            Self::Doctor(doctor) => doctor.carry_out(),
            Self::Init(init) => init.carry_out(),
            Self::Schema(schema) => schema.carry_out(),
            Self::Completions(completions) => completions.carry_out(),
            Self::Man(man) => man.carry_out(),
        }
    }
}

/// Parses the arguments, does what they say, and leaves no process behind.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            output::tell_of_arguments(&error);
            return u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
        }
    };
    log();
    browsers::raise_descriptor_limit();
    browsers::adopt_orphans();
    let exit = cli.command.carry_out().unwrap_or_else(|refusal| {
        output::complain(&refusal);
        refusal.exit
    });
    browsers::end_all();
    exit.into()
}

fn log() {
    if let Ok(filter) = EnvFilter::try_from_env(LOG_VARIABLE) {
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        super::Cli::command().debug_assert();
    }
}
