//! Cases a second through the harness, against a bare loop of the same fetches: the same page, browser
//! and network, in turns, 32 at a time, every request with a preflight. No console is read.
//!
//! `cargo bench --bench throughput`; `CORSPROOF_BROWSERS=chromium,firefox` chooses engines.
#![expect(clippy::print_stdout, reason = "printing is what a benchmark is for")]

use std::{collections::HashMap, env, error::Error, fs, sync::Arc, time::Instant};

use browsers::{Browser, Engine, Settings, find};
use corsproof::{
    case::Case,
    casefile::{Style, Suite},
    judge::{Twins, Verdict, judge},
    observation::{Observation, SentRequest},
    page::{self, Drained, Job, Returned},
    predict::predict,
};
use corsproof_fixture::{Internet, Token};
use serde_json::json;

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
204
Access-Control-Allow-Origin: {origin}
Access-Control-Allow-Headers: X-Corsproof
"""
response = """
200
Access-Control-Allow-Origin: {origin}

hello
"""
expect = { read = "allowed", body = "hello\n", sent = ["OPTIONS", "GET"] }
"#;

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
    let cases = cases()?;
    println!(
        "{CASES} preflighted cases a turn, the median of {TURNS} turns, in requests for a case a second"
    );
    for engine in engines()? {
        let mut bench = Bench::start(engine, &cases).await?;
        // Connections, code and certificates warm up.
        bench.bare_loop().await?;
        bench.harness().await?;
        let (mut bare, mut harness) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            bare.push(bench.bare_loop().await?);
            harness.push(bench.harness().await?);
        }
        bench.browser.close().await;
        let (bare, harness) = (median(bare), median(harness));
        println!("{engine:<9} bare loop {bare:>6.0}   harness {harness:>6.0}   ratio {:.2}", harness / bare);
    }
    Ok(())
}

/// A browser on the page of the cases.
struct Bench<'a> {
    cases: &'a [Arc<Case>],
    internet: Internet,
    browser: Browser,
    tokens: usize,
}

impl<'a> Bench<'a> {
    async fn start(engine: Engine, cases: &'a [Arc<Case>]) -> Result<Self, Box<dyn Error>> {
        let internet = Internet::start(page::assets())?;
        let origin = cases[0].steps[0].page.serialize();
        internet.open(&origin);
        let settings = Settings::new(internet.address(), internet.spki_pin());
        let mut browser = Browser::launch(&find(engine)?, &settings).await?;
        browser.navigate(&format!("{origin}{}", page::PATH)).await?;
        Ok(Self { cases, internet, browser, tokens: 0 })
    }

    /// A turn of the bare loop, timed by the page: cases a second.
    async fn bare_loop(&mut self) -> Result<f64, Box<dyn Error>> {
        let tokens = self.admit();
        let urls: Vec<String> = self
            .cases
            .iter()
            .zip(&tokens)
            .map(|(case, token)| token.add_to(&case.steps[0].request.url))
            .collect();
        let answer = self.browser.execute_async(BARE_LOOP, vec![json!(urls)]).await?;
        let duration_ms = answer.as_f64().ok_or_else(|| format!("the bare loop failed: {answer}"))?;
        for token in &tokens {
            assert_eq!(self.internet.release(token).len(), 2, "a preflight and a request");
        }
        Ok(CASES as f64 * 1000.0 / duration_ms)
    }

    /// A turn of the harness, from cases to verdicts: cases a second.
    async fn harness(&mut self) -> Result<f64, Box<dyn Error>> {
        let started = Instant::now();
        let tokens = self.admit();
        let mut running: HashMap<String, (&Arc<Case>, Token)> = HashMap::new();
        let mut jobs: Vec<Job> = Vec::new();
        for (case, token) in self.cases.iter().zip(tokens) {
            jobs.push(page::job(case, &token, 0..1));
            running.insert(token.to_string(), (case, token));
        }
        let origin = &self.cases[0].steps[0].page;
        self.browser.execute(page::START, page::start_arguments(origin, &jobs)).await?;
        while !running.is_empty() {
            let drained = Drained::read(&self.browser.execute_async(page::DRAIN, Vec::new()).await?)?;
            for returned in drained.finished {
                let (case, token) = running.remove(&returned.id).ok_or("a job came back twice")?;
                self.conclude(case, &token, &returned)?;
            }
        }
        Ok(CASES as f64 / started.elapsed().as_secs_f64())
    }

    fn conclude(&self, case: &Case, token: &Token, returned: &Returned) -> Result<(), Box<dyn Error>> {
        let steps =
            returned.steps.iter().map(|step| page::outcome(token, step)).collect::<Result<Vec<_>, _>>()?;
        let log = self.internet.release(token);
        let sent = SentRequest::of(case, token, log.iter().map(|exchange| &exchange.received));
        let verdict = judge(
            case,
            self.browser.engine(),
            &predict(case),
            &Observation { sent, steps },
            &Twins::Readable,
        );
        match verdict {
            Verdict::Agrees => Ok(()),
            other => Err(format!("{}: {other:?}", case.id).into()),
        }
    }

    fn admit(&mut self) -> Vec<Token> {
        let admit = |case: &Arc<Case>| {
            self.tokens += 1;
            let token = Token::new(1, self.tokens);
            self.internet.admit(&token, case.scenario.clone());
            token
        };
        self.cases.iter().map(admit).collect()
    }
}

fn cases() -> Result<Vec<Arc<Case>>, Box<dyn Error>> {
    let numbers: Vec<String> = (0..CASES).map(|number| format!("\"{number}\"")).collect();
    let folder = tempfile::tempdir()?;
    fs::write(
        folder.path().join("throughput.toml"),
        format!("{FILE}matrix = {{ number = [{}] }}\n", numbers.join(", ")),
    )?;
    let suite = Suite::read(folder.path()).map_err(|problems| problems.render(Style::Plain, 100))?;
    Ok(suite.cases().to_vec())
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
