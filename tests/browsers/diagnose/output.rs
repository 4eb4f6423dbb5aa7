//! What people read: who said no, in every engine that is wanted, 80 columns wide.

use std::net::SocketAddr;

use corsproof::Engine;
use rstest::rstest;
use serde_json::Value;

use super::{
    program::{FROM, ProgramOutput, corsproof, diagnose, field, result},
    servers::{Shop, nowhere},
};
use crate::installed_engines::installed_engines;

/// What stands where an engine's own words were: they change with its versions.
const WORDS: &str = "[its own words]";

/// What was told, without what changes: the start of the browsers, ports, and the engines' own words.
fn settled(told: &ProgramOutput, address: SocketAddr) -> String {
    let start = told.out.find("\nhttp://api.shop.example").expect("the URL");
    let mut lines: Vec<String> = Vec::new();
    let mut is_words = false;
    for line in told.out[start + 1..].lines() {
        let label = line.get(..16).unwrap_or(line).trim();
        let is_of_engine = line.starts_with("  ") && Engine::ALL.iter().any(|engine| engine.name() == label);
        is_words = is_of_engine || (is_words && label.is_empty() && !line.is_empty());
        if is_of_engine {
            lines.push(format!("  {label:<14}{WORDS}"));
        } else if !is_words {
            lines.push(line.to_owned());
        }
    }
    let port = address.port().to_string();
    lines.join("\n").replace(&port, &"#".repeat(port.len()))
}

#[rstest]
#[case::right("readable", "right", &[], 0, &["readable", "readable", "readable"])]
#[case::no_allow_origin("no_allow_origin", "silent", &[], 1, &["blocked", "blocked", "blocked"])]
#[case::wildcard_with_credentials("wildcard_with_credentials", "anybody", &["--credentials"], 1, &["blocked"])]
#[case::method_not_allowed("method_not_allowed", "right", &["--method", "DELETE"], 1, &["blocked"])]
#[case::no_options("options_405", "no-options", &["--method", "PUT", "--body", "{}"], 1, &["blocked"])]
#[case::redirected_away("redirected_away", "moved", &["--header", "Accept: text/plain"], 3, &["redirected-away"])]
#[case::crash("crash", "crash", &["--method", "POST"], 1, &["blocked"])]
#[case::refused_by_the_server("refused_by_the_server", "picky", &["--method", "PUT"], 1, &["blocked"])]
#[case::trailing_slash("trailing_slash", "slash", &["--credentials"], 1, &["blocked"])]
fn each_engine_says_what_the_server_did(
    #[case] name: &str,
    #[case] page: &str,
    #[case] more: &[&str],
    #[case] code: i32,
    #[case] outcomes: &[&str],
) {
    let engines = installed_engines();
    let (address, _) = Shop::open();
    let path = format!("/{page}");
    let as_json = diagnose(address, &path, &engines, &[more, &["--json"]].concat());
    let json = as_json.json();
    for (index, outcome) in outcomes.iter().enumerate() {
        for engine in &engines {
            let found = result(&json, index, *engine);
            assert_eq!(found["outcome"], *outcome, "{found:#}");
        }
    }
    assert_eq!(json["requests"].as_array().expect("requests").len(), outcomes.len());
    let schema: Value = serde_json::from_str(&corsproof(&["schema", "diagnosis"]).out).expect("a schema");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    assert!(schema.validate(&json).is_ok(), "{:?}", schema.validate(&json));
    let told = diagnose(address, &path, &engines, more);
    assert_eq!((told.code, as_json.code), (Some(code), Some(code)), "{}", told.out);
    for line in told.out.lines().filter(|line| !line.contains("://")) {
        assert!(line.chars().count() <= 80, "{line}");
    }
    // The table has a column for each engine.
    if engines.len() == Engine::ALL.len() {
        insta::assert_snapshot!(name, settled(&told, address));
    }
}

#[rstest]
fn an_engine_is_told_in_its_own_words(#[values(Engine::Chromium, Engine::Firefox)] engine: Engine) {
    if !installed_engines().contains(&engine) {
        return;
    }
    let (address, _) = Shop::open();
    let told = diagnose(address, "/right", &[engine], &["--method", "DELETE"]);
    let words = told.words();
    assert!(words.contains("Access-Control-Allow-Methods") && words.contains("said no"), "{words}");
    let own = match engine {
        Engine::Chromium => {
            "Method DELETE is not allowed by Access-Control-Allow-Methods in preflight response"
        }
        _ => "Did not find method in CORS header",
    };
    assert!(words.contains(own), "{words}");
    assert!(!words.contains(".corsproof"), "the page of the harness is nobody's business: {words}");
}

#[rstest]
fn a_change_is_made_once_and_only_as_asked(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    if !installed_engines().contains(&engine) {
        return;
    }
    let (address, shop) = Shop::open();
    let told = diagnose(address, "/right", &[engine], &["--method", "PUT", "--json"]);
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    let json = told.json();
    assert_eq!(result(&json, 0, engine)["outcome"], "readable");
    assert_eq!(json["requests"].as_array().map(Vec::len), Some(1), "{json:#}");
    let of = |method: &str| shop.asked().iter().filter(|arrived| arrived.method == method).count();
    assert_eq!((of("OPTIONS"), of("PUT")), (1, 1), "{:?}", shop.asked());
}

#[test]
fn mixed_content_is_where_engines_disagree_and_no_matter_of_cors() {
    let engines = installed_engines();
    if engines.len() < Engine::ALL.len() {
        return;
    }
    let (address, shop) = Shop::open();
    let url = format!("http://{address}/anybody");
    let from = ["--from", "https://app.shop.example"];
    let told = corsproof(&[&["diagnose", &url], &from[..], &["--json"]].concat());
    assert_eq!(told.code, Some(1), "{}{}", told.out, told.err);
    let json = told.json();
    // An address of this machine may be asked over http, by the standard and by two engines.
    for engine in [Engine::Chromium, Engine::Firefox] {
        assert_eq!(result(&json, 0, engine)["outcome"], "readable");
    }
    let webkit = result(&json, 0, Engine::WebKit);
    assert_eq!((&webkit["reason"], &webkit["place"]), (&"mixed-content".into(), &"before-sending".into()));
    assert_eq!(webkit["standard"], "by the standard it would be sent");
    assert_eq!(webkit["would_pass"], Value::Null, "no header helps");
    // Three in each of the two.
    assert_eq!(shop.asked().iter().filter(|arrived| arrived.method == "GET").count(), 6);
    let told = corsproof(&[&["diagnose", &url], &from[..]].concat());
    for text in [
        "engines disagree whether https://app.shop.example can read it (a simple GET)",
        "said no mixed-content: the browser's rule against mixed content, before anything was sent",
        &format!("--at http://{address}"),
        "local-network-access",
    ] {
        assert!(told.words().contains(text), "no {text:?} in {}", told.words());
    }
}

#[test]
fn a_page_of_the_servers_own_origin_needs_no_cors() {
    let Some(engine) = installed_engines().first().copied() else { return };
    let (address, _) = Shop::open();
    let origin = format!("http://{address}");
    let told = corsproof(&[
        "diagnose",
        &format!("{origin}/silent"),
        "--from",
        &origin,
        "--browser",
        engine.name(),
        "--method",
        "PUT",
    ]);
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    assert!(told.words().contains("no CORS header decides anything here"), "{}", told.words());
}

#[test]
fn what_would_pass_is_said_field_by_field() {
    let Some(engine) = installed_engines().first().copied() else { return };
    let (address, _) = Shop::open();
    let more = ["--method", "PATCH", "--header", "Authorization", "--credentials", "--json"];
    let json = diagnose(address, "/right", &[engine], &more).json();
    let fix = &result(&json, 0, engine)["would_pass"];
    let of_preflight = |name: &str| field(&fix["preflight"], name);
    assert_eq!(of_preflight("Access-Control-Allow-Methods").as_deref(), Some("PATCH"));
    assert_eq!(of_preflight("Access-Control-Allow-Headers").as_deref(), Some("authorization"));
    assert_eq!(of_preflight("Access-Control-Allow-Credentials").as_deref(), Some("true"));
    assert_eq!(field(&fix["answer"], "Access-Control-Allow-Origin").as_deref(), Some(FROM));
}

#[test]
fn a_server_that_is_not_there_is_told_before_any_browser_starts() {
    let address = nowhere();
    let told = diagnose(address, "/right", &[Engine::Chromium], &[]);
    assert_eq!(told.code, Some(3));
    assert_eq!(told.out, "");
    let port = address.port().to_string();
    insta::assert_snapshot!("no_server", told.err.replace(&port, "#####"));
}
