//! Real drivers that run already, for `--webdriver URL`.

use std::{process::Stdio, time::Duration};

use browsers::{Browser, BrowserError, Engine, Installation};
use rstest::rstest;
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::{engines::installed, proxy::Proxy, settings::settings};

#[rstest]
#[case::chromium(Engine::Chromium, &["--port=0"])]
#[case::firefox(Engine::Firefox, &["--port", "0", "--websocket-port", "0"])]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_driver_that_runs_already_is_used_and_kept(#[case] engine: Engine, #[case] arguments: &[&str]) {
    let Some(installation) = installed(engine) else { return };
    let (mut driver, url) = start(&installation, arguments).await;
    let proxy = Proxy::start().await;
    let settings = settings(&proxy);

    let mut browser =
        Browser::attach(engine, &url, &settings).await.unwrap_or_else(|error| panic!("{error}"));
    browser.navigate("http://app.example.com/page").await.expect("a page");
    assert_eq!(
        browser.execute("return location.host", Vec::new()).await.expect("a value"),
        json!("app.example.com")
    );
    if engine == Engine::Firefox {
        let busy = Browser::attach(engine, &url, &settings).await.expect_err("geckodriver has one session");
        assert!(matches!(&busy, BrowserError::NoDriver { why, .. } if why.contains("not ready")), "{busy}");
    }
    browser.close().await;

    assert!(driver.try_wait().expect("a process").is_none(), "a driver that is not ours goes on");
    driver.kill().await.expect("a running process");
}

/// Starts a driver as a user would, and reads its port from what it writes.
async fn start(installation: &Installation, arguments: &[&str]) -> (Child, String) {
    let mut driver = Command::new(&installation.driver)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("a driver");
    let mut lines = BufReader::new(driver.stdout.take().expect("its output")).lines();
    let port = timeout(Duration::from_secs(20), async {
        while let Ok(Some(line)) = lines.next_line().await {
            let last = line
                .trim_end_matches('.')
                .rsplit([' ', ':'])
                .next()
                .and_then(|word| word.parse::<u16>().ok());
            match last {
                Some(port) if port != 0 => return port,
                _ => {}
            }
        }
        panic!("the driver names no port")
    });
    let port = port.await.expect("a port in time");
    // Whatever else it writes must find a reader.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    (driver, format!("http://127.0.0.1:{port}"))
}
