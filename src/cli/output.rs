//! Standard output and standard error.

use std::{
    ffi::OsString,
    io::{self, IsTerminal, Write},
    path::Path,
};

use super::{
    Refusal,
    exit::Form,
    sink::{Reader, Sink},
};
use crate::{
    casefile::Style,
    printable::printable_lines,
    report::{COMMAND, Detail, Ink, Live, Look, Tone},
    shell,
};

/// Columns where there is no terminal.
const WIDTH: usize = 80;

/// Columns beyond which lines are hard to read.
const WIDEST: usize = 110;

/// Standard output. A reader that has gone (`| head`) is no error: nobody wants the rest.
#[derive(Debug)]
pub(super) struct Output {
    form: OutputForm,
}

#[derive(Debug)]
enum OutputForm {
    ForPeople(Sink),
    Json(Reader),
}

impl Output {
    /// Lines for people, in which nothing that came from outside drives a terminal or a runner.
    pub(super) fn for_people() -> Self {
        let ink = ink(io::stdout().is_terminal());
        Self { form: OutputForm::ForPeople(Sink::new(ink, Reader::of_environment())) }
    }

    /// JSON for programs, which holds no command to a runner.
    pub(super) fn json() -> Self {
        Self { form: OutputForm::Json(Reader::of_environment()) }
    }
}

impl Write for Output {
    /// Takes all of it, which is text.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let passed = match &mut self.form {
            OutputForm::ForPeople(sink) => sink.pass(&text),
            OutputForm::Json(Reader::Person) => text.into_owned(),
            OutputForm::Json(Reader::Runner) => text.replace("##[", r"##\u005b"),
        };
        unless_closed(io::stdout().write_all(passed.as_bytes()), ())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        unless_closed(io::stdout().flush(), ())
    }
}

fn unless_closed<T>(result: io::Result<T>, otherwise: T) -> io::Result<T> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(otherwise),
        result => result,
    }
}

/// Writes text for people to standard output.
///
/// # Errors
/// Where it cannot be written (a full disk behind a redirection).
pub(super) fn tell(text: &str) -> Result<(), Refusal> {
    write(Output::for_people(), text)
}

/// Writes JSON to standard output.
///
/// # Errors
/// Where it cannot be written (a full disk behind a redirection).
pub(super) fn tell_json(text: &str) -> Result<(), Refusal> {
    write(Output::json(), text)
}

/// Writes text of our own to standard output, in which nothing comes from outside: a script, a page of the manual.
///
/// # Errors
/// Where it cannot be written (a full disk behind a redirection).
pub(super) fn tell_own(text: &str) -> Result<(), Refusal> {
    write(io::stdout(), text)
}

fn write(mut output: impl Write, text: &str) -> Result<(), Refusal> {
    output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
        .or_else(|error| unless_closed(Err(error), ()))
        .map_err(|error| Refusal::failed(format!("cannot write to standard output: {error}")))
}

/// Writes an error to standard error.
pub(super) fn complain(refusal: &Refusal) {
    let text = refusal.text.trim_end();
    let text = match refusal.form {
        Form::Words => {
            format!("{} {}\n", ink_of_errors().paint(Tone::Bad, "error:"), printable_lines(text))
        }
        Form::Drawn => format!("{text}\n"),
    };
    write_error(&text);
}

/// Writes what the parser of arguments says: of wrong ones to standard error, help to standard output.
pub(super) fn tell_of_arguments(error: &clap::Error) {
    let is_error = error.use_stderr();
    let styled = error.render();
    let ink = if is_error { ink_of_errors() } else { ink(io::stdout().is_terminal()) };
    let text = match ink {
        Ink::Plain => styled.to_string(),
        Ink::Coloured => styled.ansi().to_string(),
    };
    if is_error {
        write_error(&text);
    } else {
        // Where standard output is closed, nobody wants help.
        drop(tell(&text));
    }
}

/// Writes lines to standard error. Where even that is closed, the exit code must do.
fn write_error(text: &str) {
    let mut sink = Sink::new(ink_of_errors(), Reader::of_environment());
    drop(io::stderr().write_all(sink.pass(text).as_bytes()));
}

/// The style in which problems of files are drawn on standard error, and the width.
pub(super) fn style_of_errors() -> (Style, usize) {
    let style = match ink_of_errors() {
        Ink::Plain => Style::Plain,
        Ink::Coloured => Style::Colour,
    };
    let columns = terminal_size::terminal_size_of(io::stderr()).map(|(columns, _)| usize::from(columns.0));
    (style, columns.unwrap_or(WIDTH).min(WIDEST))
}

fn ink_of_errors() -> Ink {
    ink(io::stderr().is_terminal())
}

/// Writes a remark to standard error.
pub(super) fn remark(text: &str) {
    let ink = ink_of_errors();
    write_error(&format!("{}\n", ink.paint(Tone::Quiet, &printable_lines(text))));
}

/// Colour and width of standard output.
pub(super) fn look() -> Look {
    let is_terminal = io::stdout().is_terminal();
    let columns = terminal_size::terminal_size_of(io::stdout()).map(|(columns, _)| usize::from(columns.0));
    Look {
        ink: ink(is_terminal),
        width: columns.unwrap_or(WIDTH).min(WIDEST),
        live: if io::stderr().is_terminal() { Live::Yes } else { Live::No },
        detail: Detail::Brief,
        command: COMMAND.to_owned(),
    }
}

fn ink(is_terminal: bool) -> Ink {
    Ink::decide(|name| std::env::var(name).ok(), is_terminal)
}

/// A path, quoted for a shell.
pub(super) fn quoted(path: &Path) -> String {
    shell::word(&path.display().to_string())
}

/// A command line for a shell; the program by its name, wherever it stands.
pub(super) fn command_line(arguments: impl Iterator<Item = OsString>) -> String {
    let program = [env!("CARGO_PKG_NAME").to_owned()];
    let words = arguments.skip(1).map(|argument| quoted(Path::new(&argument)));
    program.into_iter().chain(words).collect::<Vec<_>>().join(" ")
}

/// Several errors, each on its own line.
pub(super) fn listed(errors: &[io::Error]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
