//! `wptreport.json`, the results of web-platform-tests as their runner writes them and their dashboards read them:
//! a test a case file, a subtest a case. It is the report of one browser.
//! <https://web-platform-tests.org/running-tests/command-line-arguments.html>

use std::{
    io,
    path::{Path, PathBuf},
};

use browsers::Engine;
use chrono::DateTime;
use serde::Serialize;

use super::{Report, file::ReportFile, words};
use crate::{
    judge::Verdict,
    stream::{CaseRecord, Event, ResultRecord, Run},
};

/// Collects a run and writes a file an engine: `PATH` itself where there is one, else `NAME.ENGINE.EXTENSION`.
#[derive(Debug)]
pub(crate) struct WptReport {
    run: Run,
    path: PathBuf,
    file: ReportFile,
}

impl WptReport {
    /// Will write to `path`, or beside it.
    ///
    /// # Errors
    /// Where that cannot be.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { run: Run::default(), path: path.to_owned(), file: ReportFile::create(path)? })
    }
}

impl Report for WptReport {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.run.take(event);
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let engines: Vec<Engine> = self.run.engines.keys().copied().collect();
        if let [engine] = engines.as_slice() {
            return self.file.write(wptreport(&self.run, *engine)?.as_bytes());
        }
        for engine in engines {
            let file = ReportFile::create(&of_engine(&self.path, engine))?;
            file.write(wptreport(&self.run, engine)?.as_bytes())?;
        }
        Ok(())
    }
}

/// The path for one engine: `wptreport.json` becomes `wptreport.firefox.json`.
fn of_engine(path: &Path, engine: Engine) -> PathBuf {
    match path.extension() {
        Some(extension) => path.with_extension(format!("{engine}.{}", extension.to_string_lossy())),
        None => path.with_extension(engine.name()),
    }
}

/// The JSON that the runner's formatter of web-platform-tests writes.
#[derive(Debug, Serialize)]
struct Document<'a> {
    run_info: RunInfo<'a>,
    /// In milliseconds since 1970.
    time_start: i64,
    time_end: i64,
    results: Vec<Test>,
}

#[derive(Debug, Serialize)]
struct RunInfo<'a> {
    product: &'static str,
    browser_version: Option<&'a str>,
    os: &'a str,
    processor: &'a str,
    /// The version of the tests: here, that of corsproof.
    revision: &'a str,
}

#[derive(Debug, Serialize)]
struct Test {
    test: String,
    subsuite: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'static str>,
    message: Option<String>,
    /// In milliseconds.
    duration: u64,
    subtests: Vec<Subtest>,
}

#[derive(Debug, Serialize)]
struct Subtest {
    name: String,
    status: &'static str,
    /// Set only where it differs from the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    known_intermittent: Vec<&'static str>,
    message: Option<String>,
}

/// One engine's results.
///
/// # Errors
/// None that can be foreseen: text and numbers alone.
pub(crate) fn wptreport(run: &Run, engine: Engine) -> io::Result<String> {
    let started = run.beginning();
    let time = started.as_ref().and_then(|started| DateTime::parse_from_rfc3339(&started.started).ok());
    let time_start = time.map_or(0, |time| time.timestamp_millis());
    let took = run.engines.get(&engine).map(|of_engine| of_engine.duration).unwrap_or_default();
    let document = Document {
        run_info: RunInfo {
            product: product(engine),
            browser_version: run.engines.get(&engine).and_then(|of_engine| of_engine.version.as_deref()),
            os: started.as_ref().map_or("unknown", |started| &started.os),
            processor: started.as_ref().map_or("unknown", |started| &started.arch),
            revision: started.as_ref().map_or("unknown", |started| &started.corsproof),
        },
        time_start,
        time_end: time_start + i64::try_from(took.as_millis()).unwrap_or(i64::MAX - time_start),
        results: tests(run, engine),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// The engine's name on wpt.fyi.
fn product(engine: Engine) -> &'static str {
    match engine {
        Engine::Chromium => "chromium",
        Engine::Firefox => "firefox",
        Engine::WebKit => "webkitgtk_minibrowser",
    }
}

fn tests(run: &Run, engine: Engine) -> Vec<Test> {
    let mut tests: Vec<Test> = Vec::new();
    let mut microseconds = Vec::new();
    for (case, result) in run.results().filter(|(_, result)| result.engine == engine) {
        let name = format!("/corsproof/{}", case.id.file());
        let place = tests.iter().position(|test| test.test == name).unwrap_or_else(|| {
            tests.push(Test::new(name));
            microseconds.push(0);
            tests.len() - 1
        });
        let test = &mut tests[place];
        if let (Verdict::Failed { why }, None) = (&result.verdict, &test.message) {
            test.status = "ERROR";
            test.expected = Some("OK");
            test.message = Some(why.clone());
        }
        test.subtests.push(Subtest::of(case, result));
        microseconds[place] += result.duration.as_micros();
    }
    for (test, microseconds) in tests.iter_mut().zip(microseconds) {
        test.duration = u64::try_from(microseconds / 1_000).unwrap_or(u64::MAX);
    }
    tests
}

impl Test {
    fn new(test: String) -> Self {
        Self {
            test,
            subsuite: "",
            status: "OK",
            expected: None,
            message: None,
            duration: 0,
            subtests: Vec::new(),
        }
    }
}

impl Subtest {
    fn of(case: &CaseRecord, result: &ResultRecord) -> Self {
        let status = status(&result.verdict);
        let message = match &result.verdict {
            Verdict::Agrees => None,
            Verdict::Differs { differences } => {
                Some(differences.iter().map(words::difference).collect::<Vec<_>>().join("\n"))
            }
            Verdict::Known { note, link, .. } => Some(format!("{note} {link}")),
            Verdict::NotApplicable { why } | Verdict::Failed { why } => Some(why.clone()),
        };
        let mut others: Vec<&str> =
            result.earlier.iter().map(self::status).filter(|other| *other != status).collect();
        others.dedup();
        Self {
            name: case
                .id
                .0
                .strip_prefix(case.id.file())
                .unwrap_or(&case.id.0)
                .trim_start_matches('/')
                .to_owned(),
            status,
            expected: expected(&result.verdict),
            known_intermittent: others,
            message,
        }
    }
}

/// Whether a browser does what the standard says, as a subtest's status.
fn status(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Agrees => "PASS",
        Verdict::Differs { .. } | Verdict::Known { .. } => "FAIL",
        Verdict::NotApplicable { .. } => "PRECONDITION_FAILED",
        Verdict::Failed { .. } => "NOTRUN",
    }
}

/// The expected status, where it differs from the actual one: a known difference is expected.
fn expected(verdict: &Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Differs { .. } | Verdict::Failed { .. } => Some("PASS"),
        Verdict::Agrees | Verdict::Known { .. } | Verdict::NotApplicable { .. } => None,
    }
}
