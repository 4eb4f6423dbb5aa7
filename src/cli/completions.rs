//! `corsproof completions`: a shell's completion script.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Exit, Refusal, output};

/// Print a shell's completion script
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), env!("CARGO_PKG_NAME"), &mut script);
        output::tell_own(&String::from_utf8_lossy(&script))?;
        Ok(Exit::Agreed)
    }
}
