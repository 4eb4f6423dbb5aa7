//! Renders recorded events: each verdict, several steps, long and hostile values.

mod recorded;

use std::{fs, io, path::Path};

use quick_junit::{NonSuccessKind, TestCaseStatus};

use super::{file::ReportFile, final_report::Render, *};

fn terminal(ink: Ink, width: usize) -> String {
    render(ink, width, &recorded::events())
}

fn render(ink: Ink, width: usize, events: &[Event]) -> String {
    let mut out = Vec::new();
    let mut report = Box::new(Terminal::new(
        &mut out,
        Look { ink, width, live: Live::No, detail: Detail::Brief, command: COMMAND.to_owned() },
    ));
    for event in events {
        report.event(event).expect("memory takes everything");
    }
    report.finish().expect("memory takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

/// The text that a report of this format writes to its file.
fn file(render: Render, events: &[Event]) -> io::Result<String> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("report");
    let mut report: Box<dyn Report> = Box::new(FinalReport::new(render, ReportFile::create(&path)?));
    for event in events {
        report.event(event)?;
    }
    report.finish()?;
    fs::read_to_string(path)
}

#[test]
fn terminal_plain() {
    insta::assert_snapshot!(terminal(Ink::Plain, 80));
}

#[test]
fn terminal_coloured() {
    insta::assert_snapshot!(terminal(Ink::Coloured, 80).replace('\u{1b}', "␛"));
}

#[test]
fn colour_changes_nothing_but_colour() {
    let mut text = terminal(Ink::Coloured, 80);
    while let Some(start) = text.find("\u{1b}[") {
        let end = start + text[start..].find('m').expect("an escape ends");
        text.replace_range(start..=end, "");
    }
    assert_eq!(text, terminal(Ink::Plain, 80));
}

#[test]
fn only_urls_and_commands_are_wider_than_the_terminal() {
    for width in [80, 120] {
        for line in terminal(Ink::Plain, width).lines() {
            let is_whole = line.contains("://") || line.trim_start().starts_with("corsproof run");
            assert!(line.chars().count() <= width || is_whole, "{width}: {line}");
        }
    }
}

#[test]
fn nothing_that_a_server_says_reaches_the_terminal_as_a_command() {
    let text = terminal(Ink::Plain, 80);
    assert!(text.contains(r"\u{1b}[2J"), "{text}");
    assert!(text.chars().all(|char| char == '\n' || !char.is_control()));
}

#[test]
fn an_interrupted_run_says_what_is_missing() {
    let text = render(Ink::Plain, 80, &recorded::interrupted());
    assert!(text.contains("Interrupted: 1 of 2 results are missing."), "{text}");
    assert!(text.contains("✗ 1 result"), "{text}");
}

#[test]
fn what_every_browser_of_an_engine_says_is_told_once() -> io::Result<()> {
    let text = render(Ink::Plain, 80, &recorded::interrupted());
    for part in ["said by every browser", "chromium 156.0 runs"] {
        assert_eq!(text.matches(part).count(), 1, "{text}");
    }
    let xml = file(junit::junit, &recorded::interrupted())?;
    assert_eq!(xml.matches("<property ").count(), 1, "{xml}");
    Ok(())
}

#[test]
fn an_engine_that_never_came_up_points_to_the_doctor() {
    let text = render(Ink::Plain, 80, &recorded::no_browser());
    insta::assert_snapshot!(text);
}

#[test]
fn json() -> io::Result<()> {
    insta::assert_snapshot!(file(json::json, &recorded::events())?);
    Ok(())
}

#[test]
fn json_of_an_interrupted_run_says_so_before_its_totals() -> io::Result<()> {
    let text = file(json::json, &recorded::interrupted())?;
    let document: serde_json::Value = serde_json::from_str(&text)?;
    assert_eq!(document["interrupted"], true);
    assert_eq!(document["totals"]["agrees"], 1);
    let last = text.rfind("\"totals\"").expect("there are totals");
    assert!(last > text.rfind("\"interrupted\"").expect("it says so"));
    Ok(())
}

#[test]
fn junit() -> io::Result<()> {
    insta::assert_snapshot!(file(junit::junit, &recorded::events())?);
    Ok(())
}

#[test]
fn junit_tells_failures_errors_and_skipped_apart() -> io::Result<()> {
    let text = file(junit::junit, &recorded::events())?;
    let report = quick_junit::Report::deserialize_from_str(&text).map_err(io::Error::other)?;
    let kinds: Vec<(String, String)> = report
        .test_suites
        .iter()
        .flat_map(|suite| {
            suite.test_cases.iter().map(|case| (suite.name.to_string(), kind(&case.status).to_owned()))
        })
        .collect();
    let of = |engine: &str| -> Vec<&str> {
        kinds.iter().filter(|(suite, _)| suite == engine).map(|(_, kind)| kind.as_str()).collect()
    };
    assert_eq!(of("chromium"), ["failure", "failure", "success", "success", "skipped"]);
    assert_eq!(of("webkit"), ["success", "skipped", "error", "error"]);
    assert_eq!((report.failures, report.errors), (2, 2));
    Ok(())
}

fn kind(status: &TestCaseStatus) -> &'static str {
    match status {
        TestCaseStatus::Success { .. } => "success",
        TestCaseStatus::Skipped { .. } => "skipped",
        TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, .. } => "failure",
        TestCaseStatus::NonSuccess { kind: NonSuccessKind::Error, .. } => "error",
    }
}

#[test]
fn a_report_that_fails_does_not_silence_the_others() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("run.json");
    let mut reports = Reports::default();
    reports.push(Box::new(Terminal::new(
        Broken,
        Look {
            ink: Ink::Plain,
            width: 80,
            live: Live::No,
            detail: Detail::Brief,
            command: COMMAND.to_owned(),
        },
    )));
    reports.push(Box::new(FinalReport::new(json::json, ReportFile::create(&path)?)));
    for event in recorded::events() {
        reports.event(&event);
    }
    let errors = reports.finish().expect_err("one of them is broken");
    assert_eq!(errors.len(), 1);
    assert!(Path::new(&path).exists());
    Ok(())
}

/// A writer that refuses every byte.
#[derive(Debug)]
struct Broken;

impl io::Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::other("broken on purpose"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The recorded run with each case as a row.
fn rows() -> Vec<Event> {
    let mut events = recorded::events();
    for event in &mut events {
        if let Event::Case(case) = event {
            let sop = Some(case.id.base().rsplit('/').next().unwrap_or_default().to_owned());
            *case = std::sync::Arc::new(crate::stream::CaseRecord { sop, ..(**case).clone() });
        }
    }
    events
}

fn sop(format: SopFormat) -> String {
    let mut out = Vec::new();
    let mut report = Box::new(Sop::new(&mut out, format, Ink::Plain, 80));
    for event in rows() {
        report.event(&event).expect("memory takes everything");
    }
    report.finish().expect("memory takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

#[test]
fn the_policys_table_tells_what_was_seen_and_what_was_not() {
    insta::assert_snapshot!("sop", sop(SopFormat::Text));
}

#[test]
fn the_policys_table_is_json_too() {
    let json: serde_json::Value = serde_json::from_str(&sop(SopFormat::Json)).expect("JSON");
    assert_eq!(json["schema"], "corsproof/sop/1");
    let rows = json["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["action"] == "upper-case").expect("the known case's row");
    assert_eq!(row["standard"]["readable"], "no");
    assert_eq!(row["engines"]["chromium"]["readable"], "yes");
}
