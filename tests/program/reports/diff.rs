//! What changed between two runs.

use serde_json::{Value, json as value};

use super::{RECORDED, folder, recorded, written};
use crate::command::{corsproof, err, json, out};

/// The recorded run as a later browser would have it: each kind of change once.
fn later() -> Vec<Value> {
    let mut events = recorded();
    events.retain(|event| event["case"] != "slice/every-verdict/granted[verb=POST]");
    for event in &mut events {
        if event["event"] == "engine-started" && event["engine"] == "chromium" {
            event["version"] = "157.0".into();
        }
        if event["event"] != "result" {
            continue;
        }
        let engine = event["engine"].as_str().expect("an engine").to_owned();
        let observed = event["observed"]["steps"].clone();
        match (event["case"].as_str().expect("a case"), engine.as_str()) {
            ("slice/every-verdict/granted[verb=GET]", "chromium") => {
                event["observed"]["steps"] =
                    value!([{ "loaded": "no", "read": "blocked", "reason": "allow-origin-missing" }]);
                event["verdict"] = "differs".into();
                event["differences"] = value!([]);
            }
            ("slice/every-verdict/blocked", "chromium" | "firefox") => {
                event["observed"]["steps"][0]["reason"] = "preflight-status".into();
            }
            ("slice/every-verdict/blocked", "webkit") => {
                let mut readable = observed[0].clone();
                readable["read"] = "allowed".into();
                readable["response"] = value!({ "type": "cors", "status": 200, "url": "https://api.example.com/data",
                    "redirected": false, "headers": {}, "body": "" });
                readable.as_object_mut().expect("an outcome").remove("reason");
                event["observed"]["steps"] = value!([readable]);
            }
            ("slice/every-verdict/never-answered", "firefox") => {
                event["case"] = "slice/every-verdict/brand-new".into();
            }
            ("slice/every-verdict/known", "chromium") => event["verdict"] = "agrees".into(),
            _ => {}
        }
    }
    events
}

#[test]
fn what_changed_is_told_by_its_kind() {
    let folder = folder();
    let after = written(&folder, "after.ndjson", &later()).display().to_string();
    let diff = corsproof(&["diff", RECORDED, &after]).code(1);
    insta::assert_snapshot!("diff", out(&diff));
    for line in out(&diff).lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let report = json(&out(&corsproof(&["diff", RECORDED, &after, "--json"]).code(1)));
    assert_eq!(report["schema"], "corsproof/diff/1");
    super::formats::check(&json(&out(&corsproof(&["schema", "diff"]).success())), &report);
    let kinds: Vec<(&str, &str, &str)> = report["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .map(|change| {
            let text = |key: &str| change[key].as_str().expect("text");
            (text("kind"), text("engine"), text("case").trim_start_matches("slice/every-verdict/"))
        })
        .collect();
    assert_eq!(
        kinds,
        [
            ("newly-readable", "webkit", "blocked"),
            ("newly-blocked", "chromium", "granted[verb=GET]"),
            ("new-reason", "chromium", "blocked"),
            ("new-reason", "firefox", "blocked"),
            ("verdict-changed", "chromium", "known"),
            ("new-case", "firefox", "brand-new"),
            ("gone-case", "chromium", "granted[verb=POST]"),
            ("gone-case", "firefox", "granted[verb=POST]"),
            ("gone-case", "webkit", "granted[verb=POST]"),
            ("gone-case", "firefox", "never-answered"),
        ]
    );
}

#[test]
fn a_run_and_itself_are_the_same() {
    let diff = corsproof(&["diff", RECORDED, RECORDED]).success();
    assert!(out(&diff).contains("✓ no change in 21 results"), "{}", out(&diff));
}

#[test]
fn an_engine_that_only_one_run_has_is_told_and_its_cases_are_not_gone() {
    let folder = folder();
    let events: Vec<Value> = recorded().into_iter().filter(|event| event["engine"] != "webkit").collect();
    let after = written(&folder, "after.ndjson", &events).display().to_string();
    let diff = corsproof(&["diff", RECORDED, &after]).success();
    assert!(out(&diff).contains("webkit is in the first run alone"), "{}", out(&diff));
}

#[test]
fn runs_of_different_engines_cannot_be_compared() {
    let folder = folder();
    let of = |engine: &str| {
        let events: Vec<Value> = recorded()
            .into_iter()
            .filter(|event| event.get("engine").is_none_or(|of| of == engine))
            .collect();
        written(&folder, engine, &events).display().to_string()
    };
    let refused = corsproof(&["diff", &of("chromium"), &of("webkit")]).code(4);
    assert!(err(&refused).contains("have no engine in common"), "{}", err(&refused));
}
