//! Driver programs that are wrong on purpose.

use std::{path::Path, time::Duration};

use browsers::{Browser, BrowserError, Engine, Installation, Settings};
use rstest::rstest;

#[rstest]
#[case::dies("dies", "it ended (exit status: 3)", "cannot open the frobnicator")]
#[case::mute("mute", "did not say in time", "")]
#[case::deaf("deaf", "did not say in time", "successfully on port 1")]
#[case::missing("not-there", "No such file", "")]
#[case::no_program("../main.rs", "ermission denied", "")]
#[tokio::test]
async fn a_driver_that_does_not_start_is_told(
    #[case] program: &str,
    #[case] reason: &str,
    #[case] line: &str,
) {
    let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drivers/programs").join(program);
    let installation = Installation { engine: Engine::Chromium, browser: "/bin/false".into(), driver };
    let mut settings = Settings::new(([127, 0, 0, 1], 1).into(), "");
    settings.start_limit = Duration::from_millis(700);
    let error = Browser::launch(&installation, &settings).await.expect_err("an error");
    let BrowserError::DriverNotStarted { why, output, .. } = &error else { panic!("{error:?}") };
    assert!(why.contains(reason), "{why}");
    assert!(output.iter().any(|found| found.contains(line)) || line.is_empty(), "{output:?}");
    assert!(error.to_string().contains(program) && error.ends_session());
}
