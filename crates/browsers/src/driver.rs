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
    BrowserError, Engine, Installation, chromium, display::Display, firefox, process::Process,
    scratch::Scratch, status::status,
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
        let (mut command, port) = command(installation.engine, &installation.driver)
            .map_err(|error| Failed::without_output(&error))?;
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
                let port_taken = output.iter().any(|line| says_that_a_port_is_taken(line));
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

/// WebKitWebDriver's words, whose port we choose, and chromedriver's: the one that the system gives it for IPv6 may be
/// taken for IPv4.
fn says_that_a_port_is_taken(line: &str) -> bool {
    ["to listen", "Address already in use", "port not available"].iter().any(|words| line.contains(words))
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
    /// The driver picks one and writes it.
    Announced(fn(&str) -> Option<u16>),
    /// The driver does not say, so we pick one that is free at the moment.
    Chosen(u16),
}

fn command(engine: Engine, driver: &Path) -> io::Result<(Command, Port)> {
    let mut command = Command::new(driver);
    let port = match engine {
        Engine::Chromium => {
            command.arg("--port=0");
            Port::Announced(chromium::announced_port)
        }
        Engine::Firefox => {
            // Its WebSocket would take port 9222, whoever has it.
            command.args(["--port", "0", "--websocket-port", "0"]);
            Port::Announced(firefox::announced_port)
        }
        Engine::WebKit => {
            let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
            command.arg(format!("--port={port}"));
            Port::Chosen(port)
        }
    };
    Ok((command, port))
}

/// Waits until the driver answers; where, or why it never will.
async fn ready(process: &mut Process, port: Port) -> Result<String, String> {
    let port = match port {
        Port::Chosen(port) => port,
        Port::Announced(read) => loop {
            match process.next_line().await.as_deref().map(read) {
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
