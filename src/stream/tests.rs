//! Events that are written down can be read again, and hold what reports need.

use std::sync::{Arc, LazyLock};

use browsers::Engine;
use corsproof_fixture::Token;
use rstest::rstest;
use serde_json::Value;

use super::*;
use crate::{
    casefile::{REQUIREMENTS, Suite},
    judge::Verdict,
    predict::predict,
    run::{self, CaseResult as RunResult, memory},
};

fn about() -> About {
    About {
        command: "corsproof run".to_owned(),
        again: "corsproof run".to_owned(),
        started: "2026-11-22T10:00:00.000Z".to_owned(),
        repeat: 1,
        shard: Some("1/2".to_owned()),
        requirements: REQUIREMENTS.as_slice(),
    }
}

/// A run of the whole suite in which a browser did what the model says.
static EVENTS: LazyLock<Vec<Event>> = LazyLock::new(|| {
    let suite = Suite::embedded().unwrap_or_else(|problems| panic!("{problems}"));
    let mut events =
        vec![run::Event::Started { cases: suite.cases().to_vec(), engines: vec![Engine::Firefox] }];
    for case in suite.cases() {
        let predicted = predict(case);
        let token = Token::new(0, 0);
        events.push(run::Event::CaseFinished(Box::new(RunResult {
            log: memory::log(case, &token, &predicted.sent),
            token: Some(token),
            case: Arc::clone(case),
            engine: Engine::Firefox,
            verdict: Verdict::Agrees,
            observed: Some(predicted.clone()),
            predicted,
            duration: std::time::Duration::from_micros(1_500),
            retries: 0,
            earlier: Vec::new(),
        })));
    }
    let recorder = Recorder::new(about());
    events.iter().flat_map(|event| recorder.record(event)).collect()
});

fn lines(events: &[Event]) -> Vec<String> {
    events.iter().map(|event| serde_json::to_string(event).expect("an event is JSON")).collect()
}

#[test]
fn every_case_of_the_suite_survives_being_written() {
    let written = lines(&EVENTS);
    let stream = read(&written.join("\n")).expect("what was written can be read");
    assert_eq!(stream.events.len(), written.len());
    for (again, before) in lines(&stream.events).iter().zip(&written) {
        assert_eq!(again, before);
    }
    let run = Run::of(&stream.events);
    assert_eq!(run.cases.len(), run.results.len());
    assert_eq!(run.totals.agrees, run.cases.len());
}

#[test]
fn every_event_is_as_the_schema_says() {
    let validator = jsonschema::validator_for(&schema()).expect("the schema is one");
    for line in lines(&EVENTS) {
        let value: Value = serde_json::from_str(&line).expect("JSON");
        if let Err(error) = validator.validate(&value) {
            panic!("{error} at {}: {line}", error.instance_path());
        }
    }
    assert!(!validator.is_valid(&serde_json::json!({ "event": "started" })));
}

#[test]
fn a_case_brings_what_is_written_of_it() {
    let run = Run::of(&*EVENTS);
    for case in &run.cases {
        let file = run.file(case).unwrap_or_else(|| panic!("{} has no file", case.id));
        let written = file.lines_of(case);
        let name = case.id.base().rsplit('/').next().unwrap_or_default();
        assert!(written.starts_with("[[case]]"), "{}: {written}", case.id);
        assert!(written.contains(&format!("\"{name}\"")), "{}: {written}", case.id);
        assert_eq!(written.matches("[[case]]").count(), 1, "{}: {written}", case.id);
        assert!(file.head().starts_with("title") || file.head().starts_with('#'), "{}", file.head());
        let alone: toml::Table = toml::from_str(&format!("{}\n{written}", file.head()))
            .unwrap_or_else(|error| panic!("{}: {error}", case.id));
        assert_eq!(alone["case"][0]["name"].as_str(), Some(name));
    }
}

#[test]
fn answers_stand_beside_the_requests() {
    let run = Run::of(&*EVENTS);
    for result in &run.results {
        let sent = result.observed.as_ref().map_or(0, |observed| observed.sent.len());
        assert_eq!(result.answers.len(), sent, "{}", result.case);
    }
}

#[test]
fn a_last_line_that_was_cut_off_is_left_out_and_told() {
    let written = lines(&EVENTS);
    let text = format!("{}\n{}", written[0], &written[1][..written[1].len() / 2]);
    let stream = read(&text).expect("the rest can be read");
    assert_eq!(stream.events.len(), 1);
    assert!(stream.warnings[0].starts_with("line 2 was cut off"), "{:?}", stream.warnings);
    assert_eq!(Run::of(&stream.events).completeness, Completeness::CutShort);
}

#[rstest]
#[case::nothing("", "it is empty")]
#[case::no_json("<xml>", "line 1 is no beginning of a run: expected value")]
#[case::other_json("{}", "there is no `schema` of 'corsproof/events/1'")]
#[case::other_version(
    r#"{"event":"started","schema":"corsproof/events/2"}"#,
    "of the shape 'corsproof/events/2'"
)]
fn what_is_no_stream_is_refused(#[case] text: &str, #[case] why: &str) {
    let error = read(text).expect_err("it is none");
    assert!(error.to_string().contains(why), "{error}");
}

#[test]
fn a_bad_line_in_the_middle_is_named() {
    let written = lines(&EVENTS);
    let text = format!("{}\n{{\"event\":\"nothing\"}}\n{}", written[0], written[1]);
    let error = read(&text).expect_err("it is no event");
    assert!(error.to_string().starts_with("line 2, column "), "{error}");
    assert!(error.to_string().contains("unknown variant `nothing`"), "{error}");
}
