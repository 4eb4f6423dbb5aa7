//! The suite in every engine: what the standard demands, the model derives and the browser shows, as snapshots.
//!
//! `CORSPROOF_BROWSERS=chromium cargo test --test conformance` runs some engines only, and says which it leaves out.

#[path = "../engines/mod.rs"]
mod engines;
mod line;

use std::{collections::BTreeMap, sync::Arc};

use browsers::Engine;
use corsproof::{
    casefile::Suite,
    judge::{Verdict, author_against_model},
    predict::predict,
    run::{CaseResult, Event, Limits, RunRequest, run},
};
use rstest::rstest;
use tokio::sync::{mpsc, watch};

/// No browser is needed to see that author and model agree.
#[test]
fn author_and_model_agree() {
    let suite = suite();
    let differences: Vec<String> = suite
        .cases()
        .iter()
        .flat_map(|case| {
            author_against_model(case, &predict(case)).into_iter().map(move |difference| (case, difference))
        })
        .map(|(case, difference)| {
            format!(
                "{}:{} {}: {} should be {} by its author and is {} by the model",
                case.place.file.display(),
                case.place.line,
                case.id,
                difference.field,
                difference.expected,
                difference.found
            )
        })
        .collect();
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[rstest]
#[case::chromium(Engine::Chromium)]
#[case::firefox(Engine::Firefox)]
#[case::webkit(Engine::WebKit)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_suite(#[case] engine: Engine) {
    if engines::installed(engine).is_none() {
        return;
    }
    let results = results_in(engine).await;
    let wrong: Vec<String> = results
        .iter()
        .filter(|result| matches!(result.verdict, Verdict::Differs { .. } | Verdict::Failed { .. }))
        .map(|result| format!("{}: {:#?}\nobserved: {:#?}", result.id(), result.verdict, result.observed))
        .collect();
    assert!(wrong.is_empty(), "in {engine}:\n{}", wrong.join("\n"));

    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for result in &results {
        files.entry(result.id().file().to_owned()).or_default().push(line::line(result));
    }
    for (file, mut lines) in files {
        lines.sort();
        insta::with_settings!({
            snapshot_path => format!("../snapshots/{engine}"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(file.replace('/', "__"), lines.join("\n"));
        });
    }
}

/// One engine at a time: beside each other they would only wait for each other, and for their own time limits.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Runs the whole suite in one session.
async fn results_in(engine: Engine) -> Vec<CaseResult> {
    let _turn = TURN.lock().await;
    let (events, mut arriving) = mpsc::unbounded_channel();
    let (_never, interrupt) = watch::channel(false);
    let cases: Vec<_> = suite().cases().iter().map(Arc::clone).collect();
    let count = cases.len();
    let request = RunRequest {
        cases,
        engines: vec![engine],
        jobs: 1,
        webdriver: None,
        repeat: 1,
        limits: Limits::default(),
        upstreams: Vec::new(),
        interrupt,
    };
    let run = tokio::spawn(run(request, events));
    let mut results = Vec::new();
    while let Some(event) = arriving.recv().await {
        if let Event::CaseFinished(result) = event {
            results.push(*result);
        }
    }
    run.await.expect("the run does not panic").expect("the run begins");
    assert_eq!(results.len(), count, "every case has a verdict");
    results
}

fn suite() -> Suite {
    Suite::embedded()
        .unwrap_or_else(|problems| panic!("{}", problems.render(corsproof::casefile::Style::Plain, 110)))
}
