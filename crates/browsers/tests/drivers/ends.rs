//! However browsers end, and however we end, nothing is left.
//!
//! Each way is a process of its own, started from this very test program, with a folder of its own for
//! temporary files.

use std::{
    env, fs,
    io::{BufRead, BufReader, Write, stdout},
    process::{Command, Stdio},
    str::FromStr,
    thread,
    time::{Duration, Instant},
};

use browsers::{Browser, BrowserError, Engine, end_all};
use futures_util::future::join_all;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use rstest::rstest;

use crate::{engines::installed, proxy::Proxy, remains, settings::settings};

const VARIABLE: &str = "CORSPROOF_TEST_END";
const READY: &str = "all browsers run";

/// How browsers can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The browser is killed in the middle of a script, and then closed.
    BrowserKilled,
    /// The browser hangs in the middle of a script, and is then closed.
    BrowserStopped,
    /// The driver is killed in the middle of a script, and then the browser is dropped.
    DriverKilled,
    /// [`end_all`], as a panic hook or a signal handler would call it.
    AllAtOnce,
    /// We are killed.
    Killed,
}

impl FromStr for End {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::BrowserKilled, Self::BrowserStopped, Self::DriverKilled, Self::AllAtOnce, Self::Killed]
            .into_iter()
            .find(|end| format!("{end:?}") == text)
            .ok_or_else(|| format!("no end is called {text}"))
    }
}

#[rstest]
fn nothing_is_left(
    #[values(End::BrowserKilled, End::BrowserStopped, End::DriverKilled, End::AllAtOnce, End::Killed)]
    end: End,
) {
    let folder = tempfile::Builder::new().prefix("ends-").tempdir().expect("a folder");
    let mut child = Command::new(env::current_exe().expect("this program"))
        .args(["ends::a_process_that_ends", "--exact", "--ignored", "--nocapture"])
        .env(VARIABLE, format!("{end:?}"))
        .env("TMPDIR", folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program again");
    let output = BufReader::new(child.stdout.take().expect("its output"));
    let mut lines = output.lines().map_while(Result::ok);
    if end == End::Killed {
        assert!(lines.any(|line| line.contains(READY)), "the browsers did not come up");
        child.kill().expect("a running process");
    }
    let rest: Vec<String> = lines.collect();
    let status = child.wait().expect("a status");
    assert!(status.success() || end == End::Killed, "{status}: {rest:#?}");
    remains::expect_none(folder.path());
}

#[test]
#[ignore = "ends in odd ways: started by the tests above"]
fn a_process_that_ends() {
    let end: End = env::var(VARIABLE).expect("how to end").parse().expect("an end");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let proxy = Proxy::start().await;
        let browsers = join_all(Engine::ALL.map(|engine| launched(engine, &proxy))).await;
        let browsers: Vec<Browser> = browsers.into_iter().flatten().collect();
        writeln!(stdout(), "{READY}").expect("an output");
        match end {
            End::BrowserKilled | End::BrowserStopped | End::DriverKilled => {
                join_all(browsers.into_iter().map(|browser| fault(browser, end))).await;
            }
            End::AllAtOnce => {
                end_all();
                // Without the destructors, which would end the browsers too.
                std::process::exit(0);
            }
            End::Killed => thread::sleep(Duration::from_secs(60)),
        }
    });
}

async fn launched(engine: Engine, proxy: &Proxy) -> Option<Browser> {
    let installation = installed(engine)?;
    let mut settings = settings(proxy);
    settings.call_limit = Duration::from_secs(8);
    let mut browser =
        Browser::launch(&installation, &settings).await.unwrap_or_else(|error| panic!("{error}"));
    browser.navigate("http://app.example.com/page").await.expect("a page");
    Some(browser)
}

/// Lets something happen to a browser in the middle of a script, and looks at the error and how soon it comes.
async fn fault(mut browser: Browser, end: End) {
    let engine = browser.engine();
    let driver = child_of(Pid::this(), driver_name(engine));
    let (victim, signal) = match end {
        End::BrowserStopped => (child_of(driver, ""), Signal::SIGSTOP),
        End::DriverKilled => (driver, Signal::SIGKILL),
        _ => (child_of(driver, ""), Signal::SIGKILL),
    };
    let killer = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(300)).await;
        kill(victim, signal).expect("a running process");
    });
    let began = Instant::now();
    let error = browser.execute_async("", Vec::new()).await.expect_err("an error");
    let took = began.elapsed();
    killer.await.expect("no panic");
    let is_right = match end {
        End::BrowserStopped => matches!(error, BrowserError::Stuck { .. } | BrowserError::TimedOut { .. }),
        _ => matches!(error, BrowserError::Gone { .. }) && took < Duration::from_secs(5),
    };
    assert!(is_right && error.ends_session(), "{engine} after {took:?}: {error:?}");
    let afterwards = browser.execute("return 1", Vec::new()).await.expect_err("an error");
    // A driver that waited in vain for a script is asked again, and waits again.
    let is_right = matches!(afterwards, BrowserError::Gone { .. })
        || matches!(error, BrowserError::Stuck { .. }) && afterwards.ends_session();
    assert!(is_right, "{engine}: {afterwards:?}");
    if end != End::DriverKilled {
        browser.close().await;
    }
}

fn driver_name(engine: Engine) -> &'static str {
    match engine {
        Engine::Chromium => "chromedriver",
        Engine::Firefox => "geckodriver",
        Engine::WebKit => "WebKitWebDriver",
    }
}

/// The first child of a process whose name begins so.
fn child_of(parent: Pid, name: &str) -> Pid {
    let entries = fs::read_dir("/proc").expect("a /proc").flatten();
    let mut children = entries.filter_map(|entry| {
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        let (head, tail) = stat.rsplit_once(") ")?;
        let (pid, comm) = head.split_once(" (")?;
        let is_it = tail.split(' ').nth(1)? == parent.to_string() && comm.starts_with(name);
        is_it.then(|| pid.parse().ok().map(Pid::from_raw)).flatten()
    });
    children.next().unwrap_or_else(|| panic!("{parent} has no child {name}"))
}
