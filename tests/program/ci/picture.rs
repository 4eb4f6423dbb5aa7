//! `ci/picture`: that the page of a recorded run comes to the browser, that the picture comes from it, and that a
//! browser that takes none is no success. Its corsproof and its browser are fakes.

use std::{
    fs,
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Output},
};

use super::top;
use crate::script;

/// What GitHub shows beside a text without a long wait.
const MOST: u64 = 300_000;

/// Runs the script where `cargo` and the set-up do nothing, and the browser does as `browser` says.
fn picture(folder: &Path, browser: &str) -> Output {
    for below in ["ci", "bin", "target/debug", "docs"] {
        fs::create_dir_all(folder.join(below)).expect("a folder");
    }
    script::copy(&top().join("ci/picture"), &folder.join("ci/picture"));
    script::write(&folder.join("ci/setup"), "echo \"$@\" >>set-up");
    script::write(&folder.join("bin/cargo"), "true");
    for tool in
        ["bash", "dirname", "mktemp", "rm", "mv", "mkdir", "cat", "cp", "wc", "id", "timeout", "env", "sh"]
    {
        symlink(which::which(tool).expect(tool), folder.join("bin").join(tool)).expect("a link");
    }
    script::write(&folder.join("bin/chromium"), browser);
    let report = "[ \"$1\" = report ] && echo \"page of $2\" >\"${4#html=}\"";
    script::write(&folder.join("target/debug/corsproof"), report);
    Command::new(folder.join("ci/picture"))
        .args(["run.ndjson", "docs/of.png"])
        .env_clear()
        .env("PATH", folder.join("bin"))
        .output()
        .expect("a bash")
}

#[test]
fn the_page_of_the_run_is_what_the_browser_draws() {
    let folder = tempfile::tempdir().expect("a folder");
    // It draws its page: the last argument, into what is asked for.
    let draws = "for argument; do\n  case $argument in\n  --screenshot=*) image=${argument#--screenshot=} ;;\n  \
                 file://*) page=${argument#file://} ;;\n  esac\ndone\ncp \"$page\" \"$image\"\necho \"$@\" >options";
    let output = picture(folder.path(), draws);
    assert!(output.status.success(), "{output:?}");
    let drawn = fs::read_to_string(folder.path().join("docs/of.png")).expect("a picture");
    assert_eq!(drawn, "page of run.ndjson\n");
    assert!(String::from_utf8_lossy(&output.stdout).contains("docs/of.png: 19 bytes"), "{output:?}");
    assert_eq!(fs::read_to_string(folder.path().join("set-up")).expect("it was called"), "chromium\n");
    let options = fs::read_to_string(folder.path().join("options")).expect("options");
    assert!(options.contains("--headless"), "{options}");
    let profile = options.split(' ').find_map(|option| option.strip_prefix("--user-data-dir="));
    let scratch = Path::new(profile.expect("a profile of its own")).parent().expect("a folder");
    assert!(!scratch.exists(), "{} is left", scratch.display());
}

#[test]
fn a_browser_that_draws_nothing_leaves_the_old_picture_and_says_why() {
    for browser in ["exit 0", "echo no display >&2; exit 1"] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("docs")).expect("a folder");
        fs::write(folder.path().join("docs/of.png"), "old").expect("a picture");
        let output = picture(folder.path(), browser);
        assert_eq!(output.status.code(), Some(3), "{output:?}");
        assert!(!output.stderr.is_empty(), "{output:?}");
        assert_eq!(fs::read_to_string(folder.path().join("docs/of.png")).expect("a picture"), "old");
    }
}

#[test]
fn the_picture_is_there_and_small() {
    let path = top().join("docs/report.png");
    let bytes = fs::read(&path).expect("ci/picture takes it");
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    assert_eq!((number(16), number(20)), (1_120, 1_480), "the window of ci/picture");
    assert!((50_000..MOST).contains(&(bytes.len() as u64)), "{} bytes", bytes.len());
}
