//! The server under check: started by its command, waited for, and ended with everything it started.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use browsers::Process;
use corsproof_fixture::{Life, Protocols, Upstream};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    process::Command,
    time::{sleep, timeout},
};

use super::policy::{PolicyFile, Server, ServerSource};
use crate::local_server;

/// How often a server is started again because somebody else took its port meanwhile.
const OTHER_PORTS: u32 = 3;
/// How many lines of a server that ended in mid-check are told.
const LAST_LINES: usize = 3;
/// How often it is looked whether the server is ready.
const LOOK: Duration = Duration::from_millis(50);
/// How long one attempt to reach the server may take.
const ANSWER_LIMIT: Duration = Duration::from_secs(2);

/// A server that accepts requests.
#[derive(Debug)]
pub(super) struct RunningServer {
    /// The address and protocols to which the fixture network forwards requests.
    pub upstream: Upstream,
    process: Option<WatchedProcess>,
}

/// The process of a server: whoever asks the server asks whether it is still there. None where it was ended by us.
#[derive(Clone, Debug)]
struct WatchedProcess(Arc<Mutex<Option<Process>>>);

impl WatchedProcess {
    fn new(process: Process) -> Self {
        Self(Arc::new(Mutex::new(Some(process))))
    }

    /// How the server ended, with the last lines that it wrote, if it has.
    fn ended(&self) -> Option<String> {
        let mut process = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(process) = process.as_mut() else { return Some("the check is over".to_owned()) };
        let status = process.gone()?;
        let output = process.output();
        let last = &output[output.len().saturating_sub(LAST_LINES)..];
        Some(format!("{status}{}", quoted(last)))
    }

    async fn end(self) {
        let process = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(process) = process {
            process.end().await;
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum NoServer {
    /// The shell could not be started.
    #[error("{}: '{command}' cannot be started: {error}", file.display())]
    NotStarted { file: PathBuf, command: String, error: io::Error },
    /// The command ended before the server was ready.
    #[error("{}: the server ended before it was ready ({status})\n  $ {command}{}", file.display(), quoted(output))]
    Ended {
        file: PathBuf,
        command: String,
        /// The exit status, in words.
        status: String,
        /// The last lines of the command's output.
        output: Vec<String>,
    },
    /// The command runs, but the server is not ready in time.
    #[error(
        "{}: the server was not ready after {} s: {missing}\n  $ {command}{}\n{advice}",
        file.display(), waited.as_secs(), quoted(output)
    )]
    NotReady {
        file: PathBuf,
        command: String,
        /// The time that the server was given.
        waited: Duration,
        /// The condition that was not met in that time.
        missing: String,
        /// The last lines of the command's output.
        output: Vec<String>,
        /// What to change.
        advice: String,
    },
    /// Somebody listens already where the server is to listen.
    #[error(
        "{}: something listens at {address} before the server is started; end it, or leave out `start` if that is \
         the server", file.display()
    )]
    TakenAddress { file: PathBuf, address: SocketAddr },
    /// Nothing listens where the file says.
    #[error("{}: no server accepts a connection at {addresses}; start it first, or say how with `start`", file.display())]
    NotThere {
        file: PathBuf,
        /// The addresses that were tried.
        addresses: String,
    },
    /// The system gives no free port.
    #[error("no free port can be had: {0}")]
    NoPort(io::Error),
}

fn quoted(output: &[String]) -> String {
    output.iter().map(|line| format!("\n  | {line}")).collect()
}

impl RunningServer {
    /// Has the server of `file` ready.
    ///
    /// # Errors
    /// [`NoServer`], with what the server wrote.
    pub(super) async fn start(file: &PolicyFile) -> Result<Self, NoServer> {
        match &file.server.reach {
            ServerSource::Url(addresses) => Self::find(file, addresses).await,
            ServerSource::Service(service) => Ok(Self {
                upstream: Upstream {
                    host: file.server.host.clone(),
                    protocols: Protocols::Http1AndHttp2,
                    ..Upstream::at(service.clone())
                },
                process: None,
            }),
            ServerSource::Start { command, at } => {
                let mut attempts = 0;
                loop {
                    match Self::launch(file, command, at.as_deref()).await {
                        Err(NoServer::Ended { output, .. })
                            if attempts < OTHER_PORTS && is_about_a_taken_port(&output) =>
                        {
                            attempts += 1;
                        }
                        result => return result,
                    }
                }
            }
        }
    }

    /// Ends it and all that it started; a server that ran before goes on.
    pub(super) async fn end(self) {
        if let Some(process) = self.process {
            process.end().await;
        }
    }

    async fn find(file: &PolicyFile, addresses: &[SocketAddr]) -> Result<Self, NoServer> {
        if let Some(address) = local_server::listening(addresses).await {
            return Ok(Self { upstream: upstream(address, &file.server).await, process: None });
        }
        let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
        Err(NoServer::NotThere { file: file.path.clone(), addresses: addresses.join(" or ") })
    }

    /// Starts the server, which is to listen at `at`, or else at the port that it is told.
    async fn launch(file: &PolicyFile, command: &str, at: Option<&[SocketAddr]>) -> Result<Self, NoServer> {
        let port = free_port().map_err(NoServer::NoPort)?;
        let told = local_server::at_port(port);
        let addresses = at.unwrap_or(&told);
        if at.is_some()
            && let Some(address) = local_server::listening(addresses).await
        {
            return Err(NoServer::TakenAddress { file: file.path.clone(), address });
        }
        let mut shell = Command::new("sh");
        shell
            .args(["-c", command])
            .current_dir(folder(&file.path))
            .env("PORT", port.to_string())
            .env("HOST", "127.0.0.1");
        let mut process = Process::start(shell).map_err(|error| NoServer::NotStarted {
            file: file.path.clone(),
            command: command.to_owned(),
            error,
        })?;
        let deadline = Instant::now() + file.server.start_timeout;
        loop {
            let missing = match look(addresses, file.server.ready.as_deref()).await {
                Look::Ready(address) => {
                    let upstream = upstream(address, &file.server).await;
                    let process = WatchedProcess::new(process);
                    let watched = process.clone();
                    let life = Life::watched(move || watched.ended());
                    return Ok(Self { upstream: Upstream { life, ..upstream }, process: Some(process) });
                }
                Look::NotYet(missing) => missing,
            };
            if let Some(status) = process.exit() {
                // What it wrote last may still be on its way here.
                sleep(LOOK).await;
                return Err(NoServer::Ended {
                    file: file.path.clone(),
                    command: command.to_owned(),
                    status,
                    output: process.output(),
                });
            }
            if Instant::now() > deadline {
                let output = process.output();
                let elsewhere = match at {
                    None => local_server::told_in(&output).await,
                    Some(_) => None,
                };
                process.end().await;
                return Err(NoServer::NotReady {
                    advice: advice(at, port, elsewhere),
                    file: file.path.clone(),
                    command: command.to_owned(),
                    waited: file.server.start_timeout,
                    missing,
                    output,
                });
            }
            sleep(LOOK).await;
        }
    }
}

async fn upstream(address: SocketAddr, server: &Server) -> Upstream {
    Upstream {
        host: server.host.clone(),
        protocols: local_server::protocols(address).await,
        ..Upstream::at(address)
    }
}

fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A port that was free a moment ago: a server is told a number, it cannot be handed a socket.
fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Whether the output contains what servers print when their port is in use.
fn is_about_a_taken_port(output: &[String]) -> bool {
    output.iter().any(|line| {
        let line = line.to_ascii_lowercase();
        line.contains("eaddrinuse")
            || line.contains("address already in use")
            || line.contains("address in use")
    })
}

/// What to change where a server was not ready: where it is to listen, and where it said that it does.
fn advice(at: Option<&[SocketAddr]>, port: u16, elsewhere: Option<SocketAddr>) -> String {
    match (at, elsewhere) {
        (_, Some(address)) => format!(
            "It says that it listens at http://{address}, and something does. Let it listen at the port that is in the \
             variable PORT ({port} here), or say url = \"http://{address}\" beside start."
        ),
        (Some(_), None) => "Does it listen at that url? start_timeout gives it more time.".to_owned(),
        (None, None) => format!(
            "The port is in the variable PORT ({port} here), the address is 127.0.0.1; start_timeout gives it more \
             time. A server that listens elsewhere needs url = \"http://127.0.0.1:ITS-PORT\" beside start."
        ),
    }
}

enum Look {
    Ready(SocketAddr),
    NotYet(String),
}

/// Whether a server answers at one of `addresses`, and at `path` where a path was given.
async fn look(addresses: &[SocketAddr], path: Option<&str>) -> Look {
    let port = addresses.first().map_or(0, SocketAddr::port);
    let mut missing = format!("nothing accepts a connection on port {port}");
    for address in addresses.iter().copied() {
        let Ok(Ok(mut socket)) = timeout(ANSWER_LIMIT, TcpStream::connect(address)).await else { continue };
        let Some(path) = path else { return Look::Ready(address) };
        let ask = async {
            let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
            socket.write_all(request.as_bytes()).await?;
            let mut start = [0; 5];
            socket.read_exact(&mut start).await?;
            io::Result::Ok(start)
        };
        missing = match timeout(ANSWER_LIMIT, ask).await {
            Ok(Ok(start)) if &start == b"HTTP/" => return Look::Ready(address),
            Ok(Ok(_)) => format!("what answers GET {path} on port {port} is no HTTP"),
            Ok(Err(error)) => format!("GET {path} on port {port} is not answered: {error}"),
            Err(_) => format!("GET {path} on port {port} is not answered"),
        };
    }
    Look::NotYet(missing)
}
