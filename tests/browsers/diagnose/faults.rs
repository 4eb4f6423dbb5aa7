//! What is no answer is never told as CORS; and what is wrong with the arguments is told at once.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use corsproof::Engine;
use rstest::rstest;

use super::{
    program::{corsproof, diagnose, result},
    servers::{Fault, Shop, broken},
};
use crate::{installed_engines::installed_engines, turn};

#[rstest]
#[case::other_words(Fault::OtherWords, "gave no HTTP answer")]
#[case::close(Fault::Close, "gave no HTTP answer")]
#[case::half(Fault::Half, "broke its answer off")]
#[case::hang(Fault::Hang, "did not answer GET /data in time")]
fn a_server_without_an_answer_is_no_matter_of_cors(#[case] fault: Fault, #[case] says: &str) {
    if !installed_engines().contains(&Engine::Chromium) {
        return;
    }
    let address = broken(fault);
    let told = diagnose(address, "/data", &[Engine::Chromium], &[]);
    assert_eq!(told.code, Some(3), "{}{}", told.out, told.err);
    let words = told.words();
    assert!(words.contains(says), "no {says:?} in {words}");
    assert!(words.contains("nothing is known of its CORS") && words.contains("is not known"), "{words}");
    assert!(!words.contains("said no") && !words.contains("would pass"), "{words}");
}

#[rstest]
fn the_same_in_every_engine(#[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine) {
    if !installed_engines().contains(&engine) {
        return;
    }
    let address = broken(Fault::Half);
    let json = diagnose(address, "/data", &[engine], &["--json"]).json();
    assert_eq!(json["standing"], "unknown");
    for request in 0..3 {
        assert_eq!(result(&json, request, engine)["outcome"], "no-answer");
    }
}

/// These two ask a person for a password where the standard has the script read the 401: that costs this request and
/// no other.
#[rstest]
fn a_prompt_for_a_password_is_told_as_one(#[values(Engine::Chromium, Engine::Firefox)] engine: Engine) {
    if !installed_engines().contains(&engine) {
        return;
    }
    let (address, _) = Shop::open();
    let told = diagnose(address, "/login", &[engine], &["--json"]);
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    let json = told.json();
    assert_eq!(result(&json, 0, engine)["outcome"], "readable");
    assert_eq!(result(&json, 0, engine)["response"]["status"], 401);
    let prompted = result(&json, 2, engine);
    assert_eq!(prompted["outcome"], "not-observed", "{prompted:#}");
    assert!(
        prompted["why"].as_str().is_some_and(|why| why.contains("for a name and a password")),
        "{prompted:#}"
    );
}

#[test]
fn an_interrupted_diagnosis_tells_what_is_there_and_ends() {
    if !installed_engines().contains(&Engine::Chromium) {
        return;
    }
    let address = broken(Fault::Hang);
    let _turn = turn::BROWSERS.blocking_read();
    let child = Command::new(env!("CARGO_BIN_EXE_corsproof"))
        .args(["diagnose", &format!("http://{address}/data"), "--from", "http://app.shop.example"])
        .args(["--browser", "chromium"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let pid = child.id().to_string();
    // Its browsers are its children, of whichever of its threads.
    let tasks = format!("/proc/{pid}/task");
    let has_children = || {
        let tasks = std::fs::read_dir(&tasks).into_iter().flatten().flatten();
        tasks
            .map(|task| std::fs::read_to_string(task.path().join("children")).unwrap_or_default())
            .any(|children| !children.trim().is_empty())
    };
    let deadline = Instant::now() + Duration::from_secs(30);
    while !has_children() {
        assert!(Instant::now() < deadline, "no browser was started");
        std::thread::sleep(Duration::from_millis(50));
    }
    Command::new("kill").args(["-INT", &pid]).status().expect("kill runs");
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(3));
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("Interrupted: what was not asked by then is not known."), "{text}");
}

#[rstest]
#[case::elsewhere(&["https://api.shop.example/data", "--from", "https://app.shop.example"], "--at http://127.0.0.1:PORT")]
#[case::elsewhere_beside(
    &["https://api.shop.example/data", "--from", "https://app.shop.example", "--at", "https://10.0.0.1"],
    "--at https://10.0.0.1: expected http://127.0.0.1:PORT"
)]
#[case::tls(&["https://localhost:8443/", "--from", "https://app.shop.example"], "speaks plain HTTP")]
#[case::no_scheme(&["localhost:3000", "--from", "https://app.shop.example"], "such as http://localhost:3000/data")]
#[case::from_with_a_path(&["http://localhost/", "--from", "https://app.shop.example/"], "written https://app.shop.example")]
#[case::from_null(&["http://localhost/", "--from", "null"], "anybody can have it")]
#[case::from_nobody(&["http://localhost/"], "--from <ORIGIN>")]
#[case::body_of_a_get(&["http://localhost/", "--from", "http://a.example", "--body", "x"], "add --method POST")]
#[case::forbidden_method(&["http://localhost/", "--from", "http://a.example", "--method", "TRACE"], "fetch() refuses it")]
#[case::forbidden_header(&["http://localhost/", "--from", "http://a.example", "--header", "Cookie: a=1"], "--credentials")]
#[case::no_header(&["http://localhost/", "--from", "http://a.example", "--header", "a b"], "'Name: value'")]
fn what_cannot_be_asked_is_told_with_what_to_write(#[case] arguments: &[&str], #[case] says: &str) {
    let told = corsproof(&[&["diagnose"], arguments].concat());
    assert_eq!(told.code, Some(2), "{}{}", told.out, told.err);
    assert!(told.err.contains(says), "no {says:?} in {}", told.err);
    assert_eq!(told.out, "");
}
