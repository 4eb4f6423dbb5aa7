//! A driver that we start.

use std::{
    io,
    net::{Ipv4Addr, TcpListener},
    path::Path,
    time::Duration,
};

use fantoccini::error::CmdError;
use tokio::{
    process::Command,
    time::{Instant, sleep, timeout_at},
};

use super::{
    BrowserError, Installation,
    display::Display,
    process::Process,
    row::{DriverProgram, PortChoice},
    scratch::Scratch,
    status::status,
    template::filled,
};

/// How often a driver is started when somebody else takes the port meant for it.
const ATTEMPTS: usize = 3;

/// A driver that we started.
#[derive(Debug)]
pub(super) struct Driver {
    /// Where it listens, with the slash at the end that fantoccini needs.
    pub(super) url: String,
    process: Process,
}

impl Driver {
    /// Starts the driver on a port of its own and waits until it answers.
    pub(super) async fn start(
        installation: &Installation,
        scratch: &Scratch,
        display: Option<&Display>,
        limit: Duration,
    ) -> Result<Self, BrowserError> {
        let deadline = Instant::now() + limit;
        let mut attempt = 1;
        loop {
            match Self::attempt(installation, scratch, display, deadline).await {
                Err(Failed { port_taken: true, .. }) if attempt < ATTEMPTS => attempt += 1,
                result => {
                    return result.map_err(|Failed { why, output, .. }| BrowserError::DriverNotStarted {
                        driver: installation.driver.clone(),
                        why,
                        output,
                    });
                }
            }
        }
    }

    async fn attempt(
        installation: &Installation,
        scratch: &Scratch,
        display: Option<&Display>,
        deadline: Instant,
    ) -> Result<Self, Failed> {
        let program = &installation.engine.row().driver;
        let (mut command, port) =
            command(program, &installation.driver).map_err(|error| Failed::without_output(&error))?;
        scratch.house(&mut command);
        if let Some(display) = display {
            command.env("DISPLAY", &display.name).env_remove("WAYLAND_DISPLAY");
        }
        let mut process = Process::start(command).map_err(|error| Failed::without_output(&error))?;
        match timeout_at(deadline, ready(&mut process, port)).await {
            Ok(Ok(url)) => {
                process.stop_listening();
                Ok(Self { url, process })
            }
            Ok(Err(why)) => {
                let output = process.output();
                let says_so = |line: &String| program.port_taken.iter().any(|words| line.contains(words));
                let port_taken = output.iter().any(says_so);
                Err(Failed { why, output, port_taken })
            }
            Err(_) => {
                let why = "it did not say in time that it is ready".to_owned();
                Err(Failed { why, output: process.output(), port_taken: false })
            }
        }
    }

    /// How it ended, if it did.
    pub(super) fn exit(&mut self) -> Option<String> {
        self.process.exit()
    }

    /// The last lines that it wrote.
    pub(super) fn output(&self) -> Vec<String> {
        self.process.output()
    }

    /// Ends it, and its browser with it.
    pub(super) async fn end(self) {
        self.process.end().await;
    }
}

/// Why a driver did not come up.
struct Failed {
    why: String,
    output: Vec<String>,
    port_taken: bool,
}

impl Failed {
    fn without_output(error: &io::Error) -> Self {
        Self { why: error.to_string(), output: Vec::new(), port_taken: false }
    }
}

/// How the port of a driver comes to be known.
#[derive(Clone, Copy, Debug)]
enum Port {
    /// The driver writes it after these words.
    Announced(&'static str),
    /// We told it.
    Chosen(u16),
}

fn command(program: &DriverProgram, path: &Path) -> io::Result<(Command, Port)> {
    let (told, port) = match program.port {
        PortChoice::Driver { announces } => (0, Port::Announced(announces)),
        PortChoice::Ours => {
            let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
            (free, Port::Chosen(free))
        }
    };
    let values = [("port", &*told.to_string())];
    let mut command = Command::new(path);
    command.args(program.arguments.iter().map(|argument| filled(argument, &values)));
    Ok((command, port))
}

/// The number after the words by which a driver announces its port.
fn announced_port(line: &str, words: &str) -> Option<u16> {
    let (_, after) = line.split_once(words)?;
    let end = after.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(after.len());
    after[..end].parse().ok()
}

/// Waits until the driver answers; where, or why it never will.
async fn ready(process: &mut Process, port: Port) -> Result<String, String> {
    let port = match port {
        Port::Chosen(port) => port,
        Port::Announced(words) => loop {
            match process.next_line().await.map(|line| announced_port(&line, words)) {
                Some(Some(port)) => break port,
                Some(None) => {}
                None => return Err(ended(process).await),
            }
        },
    };
    let url = format!("http://127.0.0.1:{port}/");
    loop {
        let answer = status(&url).await;
        // Asked after the answer: on a port that we chose, it may be somebody else's.
        if process.exit().is_some() {
            return Err(ended(process).await);
        }
        match answer {
            Ok(_) => return Ok(url),
            Err(CmdError::Failed(_) | CmdError::FailedC(_) | CmdError::Lost(_)) => {
                sleep(Duration::from_millis(20)).await;
            }
            Err(error) => return Err(format!("it gives no WebDriver status: {error}")),
        }
    }
}

/// How a driver that writes no more ended.
async fn ended(process: &mut Process) -> String {
    // Its output closes a little before it is gone, and its last line comes a little after.
    sleep(Duration::from_millis(50)).await;
    match process.exit() {
        Some(exit) => format!("it ended ({exit})"),
        None => "it closed its output without naming a port".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::Engine;

    #[rstest]
    #[case::chromedriver(
        Engine::Chromium,
        "ChromeDriver was started successfully on port 38155.",
        Some(38155)
    )]
    #[case::before_it_listens(
        Engine::Chromium,
        "Starting ChromeDriver 156.0.8078.79 (a21ce95) on port 0",
        None
    )]
    #[case::geckodriver(
        Engine::Firefox,
        "1795380758653\tgeckodriver\tINFO\tListening on 127.0.0.1:42001",
        Some(42001)
    )]
    #[case::the_browser_below_it(
        Engine::Firefox,
        "1795380759277\tMarionette\tINFO\tListening on port 34049",
        None
    )]
    #[case::its_web_socket(Engine::Firefox, "WebDriver BiDi listening on ws://127.0.0.1:36503", None)]
    fn port_is_read_from_the_announcement_only(
        #[case] engine: Engine,
        #[case] line: &str,
        #[case] port: Option<u16>,
    ) {
        let PortChoice::Driver { announces } = engine.row().driver.port else { panic!("it says nothing") };
        assert_eq!(announced_port(line, announces), port);
    }
}
