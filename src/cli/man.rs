//! `corsproof man`: the manual, from the same words as `--help`.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use super::{Cli, Exit, Refusal, output};

/// Print the manual page, or write those of all commands into a folder
#[derive(Debug, Args)]
pub(super) struct Manual {
    /// Write a page for corsproof and each of its commands here: corsproof.1, corsproof-run.1, ...
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
}

impl Manual {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        // 'help' says nothing that would fill a page.
        let mut command = Cli::command().disable_help_subcommand(true);
        // Names subcommands by their whole name, as their pages do.
        command.build();
        match &self.to {
            Some(folder) => {
                write_all(&command, folder)
                    .map_err(|error| Refusal::failed(format!("cannot write: {error}")))?;
            }
            None => {
                let page = page(&command).map_err(|error| Refusal::failed(error.to_string()))?;
                output::tell_own(&page)?;
            }
        }
        Ok(Exit::Agreed)
    }
}

fn page(command: &Command) -> io::Result<String> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    // clap's name for whatever stands below the help; here it is this.
    Ok(String::from_utf8_lossy(&page).replace(".SH EXTRA\nExit codes:\n", ".SH \"EXIT STATUS\"\n"))
}

fn write_all(command: &Command, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for command in std::iter::once(command).chain(command.get_subcommands()) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        fs::File::create(folder.join(format!("{name}.1")))?.write_all(page(command)?.as_bytes())?;
    }
    Ok(())
}
