//! A run of 5,000 cases in three engines. What it takes is printed, and never a matter of passing.

use std::{
    io::{Write, stderr},
    time::Instant,
};

use corsproof::Engine;
use serde_json::{Value, json};

use super::{
    page::Page,
    site::{Site, events, rendered},
};
use crate::{engines::installed, turn};

const CASES: usize = 5_000;

/// Cases of the recorded run in which nobody differs.
const AGREE: [&str; 3] = ["granted", "blocked", "needs-a-cache"];

/// One case in so many is one that does not simply agree, as it may be in a run of the suite.
const RARELY: usize = 50;

/// The recorded run over and over: as many cases, a hundred an area, four files each.
fn many() -> Vec<Value> {
    let recorded = events("slice.ndjson");
    let is = |kind: &'static str| move |event: &&Value| event["event"] == kind;
    let cases: Vec<&Value> = recorded.iter().filter(is("case")).collect();
    let agree: Vec<&Value> = cases
        .iter()
        .copied()
        .filter(|case| AGREE.iter().any(|name| case["id"].to_string().contains(name)))
        .collect();
    let pick = |number: usize| match number % RARELY {
        0 => cases[number / RARELY % cases.len()],
        _ => agree[number % agree.len()],
    };
    let copies: Vec<(usize, &Value)> = (0..CASES).map(|number| (number, pick(number))).collect();
    let area = |number: usize| format!("area-{}", number / 100);
    let file = |number: usize| format!("{}/file-{}.toml", area(number), number / 25 % 4);
    let id = |number: usize, case: &str| {
        let name = case.rsplit_once('/').map_or(case, |(_, name)| name);
        let path = file(number).replace(".toml", "");
        format!("{path}/{number}-{name}")
    };
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let with = |event: &Value, changes: Value| {
        let mut event = event.clone();
        let object = event.as_object_mut().expect("an event");
        object.extend(changes.as_object().expect("changes").clone());
        event
    };
    let mut many: Vec<Value> = recorded.iter().filter(is("started")).cloned().collect();
    many[0]["cases"] = CASES.into();
    let source = recorded.iter().find(is("file")).expect("a file");
    for (number, case) in &copies {
        if number % 25 == 0 {
            many.push(with(source, json!({ "path": file(*number), "in_repository": file(*number) })));
        }
        let id = id(*number, &text(&case["id"]));
        many.push(with(case, json!({ "id": id, "area": area(*number), "file": file(*number), "twins": [] })));
    }
    for engine in ["chromium", "firefox", "webkit"] {
        let of_engine: Vec<&Value> = recorded.iter().filter(|event| event["engine"] == engine).collect();
        many.extend(of_engine.iter().copied().filter(is("engine-started")).cloned());
        for (number, case) in &copies {
            let result =
                of_engine.iter().copied().filter(is("result")).find(|result| result["case"] == case["id"]);
            many.push(with(result.expect("a result"), json!({ "case": id(*number, &text(&case["id"])) })));
        }
        many.extend(of_engine.iter().copied().filter(is("engine-finished")).cloned());
    }
    many.extend(recorded.iter().filter(is("finished")).cloned());
    many
}

/// What one input takes until the page is as it should be and has been painted.
const TYPED: &str = "
    const [text, done] = arguments;
    const began = performance.now();
    const input = document.getElementById('text');
    const status = document.getElementById('matching');
    const before = status.textContent;
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    new MutationObserver((_, observer) => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done([status.textContent, performance.now() - began])));
    }).observe(status, { childList: true, characterData: true, subtree: true });";

const OPENED: &str = "
    const [done] = arguments;
    const began = performance.now();
    const dialog = document.getElementById('detail');
    document.querySelectorAll('.matrix td')[3].click();
    const look = () => dialog.open ? done(performance.now() - began) : setTimeout(look, 1);
    look();";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_cases_can_be_filtered_and_opened() {
    let Some(installation) = installed(Engine::Chromium) else { return };
    let _turn = turn::BROWSERS.write().await;
    let many = many();
    let is_granted = |event: &&Value| {
        event["event"] == "case" && event["id"].as_str().is_some_and(|id| id.contains("granted"))
    };
    let granted = format!("{} of {CASES} cases", many.iter().filter(is_granted).count());
    let began = Instant::now();
    let report = rendered(&[many]);
    let (took, bytes) = (began.elapsed(), report.len());
    let site = Site::of(&report).await;
    let mut page = Page::open(&installation, &site).await;
    let load = page.ask("return performance.timing.loadEventEnd - performance.timing.navigationStart").await;
    let mut told = format!(
        "the HTML report of {CASES} cases in 3 engines: {:.1} MB, rendered in {:.1} s, loaded in {load} ms",
        bytes as f64 / 1e6,
        took.as_secs_f64()
    );
    // A few, many, all again.
    for (text, left) in [("area-7/", "100 of 5000 cases"), ("granted", &granted), ("", "5000 cases")] {
        let typed = page.browser.execute_async(TYPED, vec![json!(text)]).await.expect("a filter");
        assert_eq!(typed[0], left, "{text}");
        told += &format!(", {text:?} typed: {:.0} ms", typed[1].as_f64().expect("a number"));
    }
    let opened = page.browser.execute_async(OPENED, Vec::new()).await.expect("a case");
    told += &format!(", a case opened: {:.0} ms", opened.as_f64().expect("a number"));
    // Not by a macro, whose output a test that passes would keep to itself.
    writeln!(stderr(), "{told}").expect("an output");
    page.close().await;
}
