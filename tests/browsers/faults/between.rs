//! A driver that stands between the program and the real one, and lets something go wrong at a call.
//!
//! It is this very test program, started by a script that a variable such as `CORSPROOF_CHROMEDRIVER` names.

use std::{
    env, fs,
    io::{BufRead, BufReader, Write, stdout},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use browsers::{Engine, Installation};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tempfile::TempDir;

use super::{processes::descendants, run::program};

const FOLDER: &str = "CORSPROOF_TEST_BETWEEN";
const DRIVER: &str = "CORSPROOF_TEST_BETWEEN_DRIVER";
const ARGUMENTS: &str = "CORSPROOF_TEST_BETWEEN_ARGUMENTS";

/// A word in the URL of a case that kills its browser.
pub(super) const CULPRIT: &str = "culprit";

/// Writes the script that starts such a driver into a folder. It lets `faults` happen one after the other, each at a
/// call for results. Gives the variable that names a driver to the program, and the script.
pub(super) fn between(
    installation: &Installation,
    folder: &TempDir,
    faults: &[&str],
) -> (&'static str, PathBuf) {
    fs::write(folder.path().join("faults"), faults.join("\n")).expect("a list");
    let this = env::current_exe().expect("this program");
    let text = format!(
        "#!/bin/sh\ncase \"$1\" in --version) exec '{driver}' \"$@\";; esac\n\
         {FOLDER}='{folder}' {DRIVER}='{driver}' {ARGUMENTS}=\"$*\" \
         exec '{this}' faults::between::a_driver --exact --ignored --nocapture\n",
        driver = installation.driver.display(),
        folder = folder.path().display(),
        this = this.display(),
    );
    let variable = match installation.engine {
        Engine::Chromium => "CORSPROOF_CHROMEDRIVER",
        Engine::Firefox => "CORSPROOF_GECKODRIVER",
        Engine::WebKit => "CORSPROOF_WEBKITWEBDRIVER",
    };
    (variable, program(folder, "driver", &text))
}

/// Those that have not happened.
pub(super) fn faults_left(folder: &TempDir) -> Vec<String> {
    listed(folder.path())
}

fn listed(folder: &Path) -> Vec<String> {
    fs::read_to_string(folder.join("faults")).expect("a list").lines().map(str::to_owned).collect()
}

#[test]
#[ignore = "is no test, but a driver that the tests start"]
fn a_driver() {
    let arguments = env::var(ARGUMENTS).expect("arguments");
    let ours = TcpListener::bind(("127.0.0.1", port_in(&arguments))).expect("a port");
    let port = ours.local_addr().expect("an address").port();
    // WebKitGTK's driver is told its port and does not say it: that port is ours, and it gets another one.
    let (arguments, its_port) = match port_in(&arguments) {
        0 => (arguments, None),
        told => {
            let other =
                TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
            (arguments.replace(&told.to_string(), &other.to_string()), Some(other))
        }
    };
    let mut real = Command::new(env::var(DRIVER).expect("a driver"))
        .args(arguments.split(' '))
        .stdout(Stdio::piped())
        .spawn()
        .expect("the driver");
    let its_port = its_port.unwrap_or_else(|| announced(&mut real, port));
    let between = Arc::new(Between {
        folder: env::var(FOLDER).expect("a folder").into(),
        driver: Pid::from_raw(i32::try_from(real.id()).expect("a process")),
        port: its_port,
        asked: AtomicUsize::new(0),
    });
    for connection in ours.incoming() {
        let (between, connection) = (Arc::clone(&between), connection.expect("a connection"));
        thread::spawn(move || between.pass_on(&connection));
    }
}

/// The number in a driver's arguments.
fn port_in(arguments: &str) -> u16 {
    let numbers = arguments.split([' ', '=']).filter_map(|word| word.parse().ok());
    numbers.into_iter().next().expect("a port")
}

/// The port that the driver says it has. It is told on with another one in its place.
fn announced(real: &mut Child, port: u16) -> u16 {
    let mut lines = BufReader::new(real.stdout.take().expect("its output")).lines().map_while(Result::ok);
    for line in lines.by_ref() {
        let words = line.trim_end_matches('.').rsplit([' ', ':']).next();
        if let Some(its_port) =
            words.and_then(|word| word.parse::<u16>().ok()).filter(|port| *port > 0 && line.contains("on "))
        {
            writeln!(stdout(), "{}", line.replace(&its_port.to_string(), &port.to_string()))
                .expect("an output");
            thread::spawn(move || lines.for_each(drop));
            return its_port;
        }
    }
    panic!("the driver says no port");
}

struct Between {
    folder: PathBuf,
    driver: Pid,
    port: u16,
    /// How often results were asked for.
    asked: AtomicUsize,
}

impl Between {
    /// Passes on what comes on a connection until one side has closed it.
    fn pass_on(&self, program: &TcpStream) {
        let Ok(driver) = TcpStream::connect(("127.0.0.1", self.port)) else { return };
        let mut from_program = BufReader::new(program);
        let mut from_driver = BufReader::new(&driver);
        while let Some(request) = message(&mut from_program) {
            let request = for_host(&request, self.port);
            if request.starts_with(b"POST") && find(&request, CULPRIT) {
                self.later(Duration::from_millis(150), |driver| signal(&browser(driver), Signal::SIGKILL));
            }
            let fault = find(&request, "/execute/async HTTP").then(|| self.next_fault()).flatten();
            match fault.as_deref().map(|fault| fault.split_once(' ').unwrap_or((fault, "0"))) {
                None => {}
                Some(("nonsense", _)) => {
                    let said = "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"value\":\"hello\"}";
                    let _ = (&*program).write_all(said.as_bytes());
                    continue;
                }
                Some(("cut", _)) => {
                    let _ = (&driver).write_all(&request);
                    let answer = message(&mut from_driver).unwrap_or_default();
                    let _ = (&*program).write_all(&answer[..answer.len() - 10]);
                    return;
                }
                Some(("kill-browser", _)) => signal(&browser(self.driver), Signal::SIGKILL),
                Some(("kill-driver", _)) => signal(&[self.driver], Signal::SIGKILL),
                Some(("stop-browser", seconds)) => {
                    signal(&descendants(self.driver), Signal::SIGSTOP);
                    let seconds = seconds.parse().expect("seconds");
                    self.later(Duration::from_secs(seconds), |driver| {
                        signal(&descendants(driver), Signal::SIGCONT);
                    });
                }
                Some(("stop-driver", seconds)) => {
                    signal(&[self.driver], Signal::SIGSTOP);
                    let seconds = seconds.parse().expect("seconds");
                    self.later(Duration::from_secs(seconds), |driver| signal(&[driver], Signal::SIGCONT));
                }
                Some(fault) => panic!("no fault is called {fault:?}"),
            }
            let answer = (&driver).write_all(&request).ok().and_then(|()| message(&mut from_driver));
            let Some(answer) = answer else { return };
            if (&*program).write_all(&answer).is_err() {
                return;
            }
        }
    }

    /// The fault that is to happen at this call for results: every second one has one, as long as there are any.
    fn next_fault(&self) -> Option<String> {
        if self.asked.fetch_add(1, Ordering::SeqCst).is_multiple_of(2) {
            return None;
        }
        let faults = listed(&self.folder);
        let (first, others) = faults.split_first()?;
        fs::write(self.folder.join("faults"), others.join("\n")).expect("a list");
        Some(first.clone())
    }

    fn later(&self, time: Duration, act: impl FnOnce(Pid) + Send + 'static) {
        let driver = self.driver;
        thread::spawn(move || {
            thread::sleep(time);
            act(driver);
        });
    }
}

/// The first process of the browser.
fn browser(driver: Pid) -> Vec<Pid> {
    descendants(driver).into_iter().take(1).collect()
}

/// A process may have ended by now.
fn signal(processes: &[Pid], signal: Signal) {
    for process in processes {
        let _ = kill(*process, signal);
    }
}

/// An HTTP message whose body has a length.
fn message(stream: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut message = Vec::new();
    let mut length = 0;
    loop {
        let from = message.len();
        stream.read_until(b'\n', &mut message).ok().filter(|length| *length > 0)?;
        let line = String::from_utf8_lossy(&message[from..]).to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        if line == "\r\n" {
            let head = message.len();
            message.resize(head + length, 0);
            stream.read_exact(&mut message[head..]).ok()?;
            return Some(message);
        }
    }
}

/// A request with the port of the driver in its Host: geckodriver answers no others.
fn for_host(request: &[u8], port: u16) -> Vec<u8> {
    let body = request.windows(4).position(|part| part == b"\r\n\r\n").expect("a head");
    let (head, rest) = request.split_at(body);
    let line = |line: &str| match line.to_ascii_lowercase().starts_with("host:") {
        true => format!("Host: 127.0.0.1:{port}"),
        false => line.to_owned(),
    };
    let head: Vec<String> = String::from_utf8_lossy(head).split("\r\n").map(line).collect();
    [head.join("\r\n").as_bytes(), rest].concat()
}

fn find(message: &[u8], word: &str) -> bool {
    message.windows(word.len()).any(|part| part == word.as_bytes())
}
