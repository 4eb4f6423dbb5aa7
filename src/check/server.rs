//! The server under check: started by its command, waited for, and ended with everything it started.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    ops::RangeInclusive,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use browsers::Process;
use corsproof_fixture::{Address, Life, Pace, Protocols, Secrets, Upstream};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
    time::{sleep, timeout},
};

use super::{
    policy::{PolicyFile, Server, ServerSource},
    secrets::{self, NoSecret},
};
use crate::{
    local_server,
    location::{Location, Security, Unreachable},
};

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
        "{}: something listens at {} before the server is started; end it, or leave out `start` if that is \
         the server", file.display(), address.place()
    )]
    TakenAddress { file: PathBuf, address: Address },
    /// The server that runs already cannot be asked.
    #[error("{}: {error}", file.display())]
    Unreachable { file: PathBuf, error: Unreachable },
    /// The policies name a secret that cannot be sent.
    #[error("{}: {wrong}", file.display())]
    NoSecret { file: PathBuf, wrong: NoSecret },
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
        let secrets =
            secrets::of(file).map_err(|wrong| NoServer::NoSecret { file: file.path.clone(), wrong })?;
        match &file.server.reach {
            ServerSource::Running(location) => Self::find(file, location, secrets).await,
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
                    match Self::launch(file, command, at.as_ref(), &secrets).await {
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

    async fn find(file: &PolicyFile, location: &Location, secrets: Secrets) -> Result<Self, NoServer> {
        let upstream = location.upstream(&file.server.origin).await;
        let upstream = upstream.map_err(|error| NoServer::Unreachable { file: file.path.clone(), error })?;
        Ok(Self { upstream: Upstream { secrets, ..as_said(upstream, &file.server) }, process: None })
    }

    /// Starts the server, which is to listen at `at`, or else at the port that it is told.
    async fn launch(
        file: &PolicyFile,
        command: &str,
        at: Option<&Location>,
        secrets: &Secrets,
    ) -> Result<Self, NoServer> {
        let said = |process: &Process| -> Vec<String> {
            process.output().iter().map(|line| secrets.covered(line)).collect()
        };
        let port = free_port().map_err(NoServer::NoPort)?;
        let told = Location::here(local_server::at_port(port).to_vec());
        let location = at.unwrap_or(&told);
        let unreachable = |error| NoServer::Unreachable { file: file.path.clone(), error };
        let addresses = location.addresses().await.map_err(unreachable)?;
        if at.is_some()
            && let Some(address) = taken(&addresses).await
        {
            return Err(NoServer::TakenAddress { file: file.path.clone(), address: address.clone() });
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
            // What it says over TLS is looked at once there is an agreement on that.
            let ready = file.server.ready.as_deref().filter(|_| location.security == Security::Plain);
            let missing = match look(&addresses, ready).await {
                Look::Ready(address) => {
                    let upstream = started(location, address, file).await.map_err(unreachable)?;
                    let process = WatchedProcess::new(process);
                    let watched = process.clone();
                    let (secrets, covering) = (secrets.clone(), secrets.clone());
                    let life = Life::watched(move || watched.ended().map(|how| covering.covered(&how)));
                    let upstream = Upstream { life, secrets, ..upstream };
                    return Ok(Self { upstream, process: Some(process) });
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
                    output: said(&process),
                });
            }
            if Instant::now() > deadline {
                let output = said(&process);
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

/// The server that was started at `address`.
async fn started(location: &Location, address: Address, file: &PolicyFile) -> Result<Upstream, Unreachable> {
    let upstream = match location.security {
        // It does what its command says: nobody asks whether it speaks TLS instead.
        Security::Plain => {
            let protocols = local_server::protocols(&address).await;
            Upstream { protocols, ..Upstream::at(address) }
        }
        Security::Tls(_) => location.upstream_at(address, &file.server.origin).await?,
    };
    Ok(as_said(upstream, &file.server))
}

/// The same, asked as the file says.
fn as_said(upstream: Upstream, server: &Server) -> Upstream {
    let pace = server.rate.map(|rate| Pace::every(Duration::from_secs_f64(1.0 / rate)));
    Upstream { host: server.host.clone(), pace, ..upstream }
}

/// The first of the addresses where somebody listens.
async fn taken(addresses: &[Address]) -> Option<&Address> {
    for address in addresses {
        if matches!(timeout(ANSWER_LIMIT, address.reach()).await, Ok(Ok(Some(_)))) {
            return Some(address);
        }
    }
    None
}

fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The ports of which servers are given one: below those that systems give to outgoing connections. Who waits at one of
/// those for a server by connecting to it may be given that very port, and then has connected to himself.
const PORTS: RangeInclusive<u16> = 10_240..=32_000;
/// How many of them are tried.
const TRIED_PORTS: usize = 50;

/// A port that was free a moment ago: a server is told a number, it cannot be handed a socket.
fn free_port() -> io::Result<u16> {
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    let any = || {
        let random = RandomState::new().build_hasher().finish();
        let count = u64::from(PORTS.end() - PORTS.start());
        PORTS.start() + u16::try_from(random % count).unwrap_or_default()
    };
    match std::iter::repeat_with(any).take(TRIED_PORTS).find(is_free) {
        Some(port) => Ok(port),
        None => Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port()),
    }
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
fn advice(at: Option<&Location>, port: u16, elsewhere: Option<SocketAddr>) -> String {
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
    Ready(Address),
    NotYet(String),
}

/// Whether a server answers at one of `addresses`, and at `path` where a path was given.
async fn look(addresses: &[Address], path: Option<&str>) -> Look {
    let place = match addresses.first() {
        Some(Address::Socket(address)) => format!("port {}", address.port()),
        Some(other) => other.place(),
        None => "no port".to_owned(),
    };
    let mut missing = format!("nothing accepts a connection on {place}");
    for address in addresses {
        let Ok(Ok(Some(mut socket))) = timeout(ANSWER_LIMIT, address.reach()).await else { continue };
        let Some(path) = path else { return Look::Ready(address.clone()) };
        let ask = async {
            let host = address.host();
            let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            socket.write_all(request.as_bytes()).await?;
            let mut start = [0; 5];
            socket.read_exact(&mut start).await?;
            io::Result::Ok(start)
        };
        missing = match timeout(ANSWER_LIMIT, ask).await {
            Ok(Ok(start)) if &start == b"HTTP/" => return Look::Ready(address.clone()),
            Ok(Ok(_)) => format!("what answers GET {path} on {place} is no HTTP"),
            Ok(Err(error)) => format!("GET {path} on {place} is not answered: {error}"),
            Err(_) => format!("GET {path} on {place} is not answered"),
        };
    }
    Look::NotYet(missing)
}
