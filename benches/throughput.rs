//! Cases a second through the program, against a bare loop of the same fetches in a page: the same engine and network, in
//! turns, every request with a preflight. What a run of a single case costs (the browser's start) is taken off a run.
//!
//! `cargo bench --bench throughput`; `CORSPROOF_BROWSERS=chromium,firefox` chooses engines.
#![expect(clippy::print_stdout, reason = "printing is what a benchmark is for")]

use std::{env, error::Error, fs, path::Path, process::Command, sync::Arc, time::Duration};

use axum::{Router, response::Html, routing::get};
use browsers::{Browser, Engine, Settings, find};
use corsproof_fixture::{Internet, Resource, Scenario, Source, Token, Turn};
use serde_json::{Value, json};

/// Cases in a turn.
const CASES: usize = 1000;

/// Turns of each kind; what counts is the median.
const TURNS: usize = 5;

/// The case, in many variants. Over http, where requests cost least and the harness most: over https WebKitGTK
/// spends 14 ms on each preflight, which has a connection of its own and reads all of the system's certificates.
const FILE: &str = r#"
title = "Throughput"
spec = "https://fetch.spec.whatwg.org/#cors-preflight-fetch"

[[case]]
name = "preflighted"
page = "http://app.example.com"
request = { url = "http://api.example.com/{number}", headers = { X-Corsproof = "1" } }
preflight = """
{PREFLIGHT}"""
response = """
{RESPONSE}"""
expect = { read = "allowed", body = "hello\n", sent = ["OPTIONS", "GET"] }
"#;

/// What answers a preflight.
const PREFLIGHT: &str =
    "204\nAccess-Control-Allow-Origin: {origin}\nAccess-Control-Allow-Headers: X-Corsproof\n";

/// What answers the request.
const RESPONSE: &str = "200\nAccess-Control-Allow-Origin: {origin}\n\nhello\n";

/// The bare loop: calls back with how long it took, in milliseconds.
const BARE_LOOP: &str = "
    const [urls, done] = arguments;
    const started = performance.now();
    let next = 0;
    const lane = async () => {
        while (next < urls.length) await (await fetch(urls[next++], { headers: { 'X-Corsproof': '1' } })).text();
    };
    Promise.all(Array.from({ length: 32 }, lane)).then(() => done(performance.now() - started), done);
";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    println!("{CASES} preflighted requests a turn, the median of {TURNS} turns, in cases a second");
    let folder = tempfile::tempdir()?;
    for engine in engines()? {
        let mut bare_loop = BareLoop::start(engine).await?;
        // Connections, code and certificates warm up.
        bare_loop.turn().await?;
        let (mut bare, mut program) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            bare.push(bare_loop.turn().await?);
            let start = run(engine, folder.path(), 1)?;
            program.push(CASES as f64 / (run(engine, folder.path(), CASES + 1)? - start));
        }
        bare_loop.browser.close().await;
        let (bare, program) = (median(bare), median(program));
        println!("{engine:<9} bare loop {bare:>6.0}   program {program:>6.0}   ratio {:.2}", program / bare);
    }
    Ok(())
}

/// Runs so many cases by the program: how many seconds its engine took.
fn run(engine: Engine, folder: &Path, cases: usize) -> Result<f64, Box<dyn Error>> {
    let numbers: Vec<String> = (0..cases).map(|number| format!("\"{number}\"")).collect();
    let file = FILE.replace("{PREFLIGHT}", PREFLIGHT).replace("{RESPONSE}", RESPONSE);
    let suite = folder.join("throughput.toml");
    fs::write(&suite, format!("{file}matrix = {{ number = [{}] }}\n", numbers.join(", ")))?;
    let events = folder.join("events.ndjson");
    let status = Command::new(env!("CARGO_BIN_EXE_corsproof"))
        .args(["run", "--browser", engine.name(), "--cases"])
        .arg(&suite)
        .arg("--report")
        .arg(format!("ndjson={}", events.display()))
        .output()?
        .status;
    if !status.success() {
        return Err(format!("the run ended with {status}").into());
    }
    let events = fs::read_to_string(events)?;
    let finished = events
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .find(|event| event["event"] == "engine-finished")
        .ok_or("the engine did not finish")?;
    Ok(finished["duration_ms"].as_f64().ok_or("a duration is a number")? / 1000.0)
}

/// A browser on a page that makes the requests by itself.
struct BareLoop {
    internet: Internet,
    browser: Browser,
    tokens: usize,
}

impl BareLoop {
    async fn start(engine: Engine) -> Result<Self, Box<dyn Error>> {
        let page = Router::new().route("/.corsproof/page", get(async || Html("<!doctype html>")));
        let internet = Internet::start(page)?;
        internet.open("http://app.example.com");
        let settings = Settings::new(internet.address(), internet.spki_pin());
        let mut browser = Browser::launch(&find(engine)?, &settings).await?;
        browser.navigate("http://app.example.com/.corsproof/page").await?;
        Ok(Self { internet, browser, tokens: 0 })
    }

    /// A turn, timed by the page: requests a second.
    async fn turn(&mut self) -> Result<f64, Box<dyn Error>> {
        let admitted: Vec<(Token, String)> = (0..CASES).map(|number| self.admit(number)).collect();
        let urls: Vec<&str> = admitted.iter().map(|(_, url)| url.as_str()).collect();
        let answer = self.browser.execute_async(BARE_LOOP, vec![json!(urls)]).await?;
        let duration_ms = answer.as_f64().ok_or_else(|| format!("the bare loop failed: {answer}"))?;
        for (token, _) in &admitted {
            assert_eq!(self.internet.release(token).len(), 2, "a preflight and a request");
        }
        Ok(CASES as f64 * 1000.0 / duration_ms)
    }

    fn admit(&mut self, number: usize) -> (Token, String) {
        self.tokens += 1;
        let token = Token::new(1, self.tokens);
        let url = format!("http://api.example.com/{number}");
        let turn = |text: &str| {
            vec![Turn { times: 1, delay: Duration::ZERO, source: Source::Text(text.to_owned()) }]
        };
        let resource = Resource {
            url: url.parse().expect("a URL"),
            preflight: turn(PREFLIGHT),
            response: turn(RESPONSE),
        };
        let scenario = Scenario { resources: vec![resource], ..Scenario::default() };
        self.internet.admit(&token, Arc::new(scenario));
        let url = token.add_to(&url);
        (token, url)
    }
}

fn engines() -> Result<Vec<Engine>, Box<dyn Error>> {
    match env::var("CORSPROOF_BROWSERS") {
        Ok(names) if !names.is_empty() => {
            names.split(',').map(|name| Ok(name.trim().parse::<Engine>()?)).collect()
        }
        _ => Ok(Engine::ALL.to_vec()),
    }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
