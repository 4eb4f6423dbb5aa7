//! A summary in Markdown, for pull requests and a CI's step summary.

use std::{fmt::Write, io};

use browsers::Engine;

use super::{
    policy,
    tally::{counts, sum},
    words::{self, counted, duration},
};
use crate::{
    judge::Verdict,
    printable::{printable, steers},
    stream::{CaseRecord, Completeness, EngineRun, ResultRecord, Run, Totals},
};

/// How many entries of a kind are listed: a step summary holds 1 MiB.
const LISTED: usize = 100;

/// A run in Markdown.
///
/// # Errors
/// None.
pub(crate) fn markdown(run: &Run) -> io::Result<String> {
    let mut text = String::new();
    headline(&mut text, run);
    if !run.is_check() {
        engines(&mut text, run);
    }
    for (engine, of_engine) in &run.engines {
        if let Some(why) = &of_engine.failure {
            let _ = writeln!(text, "\n> **{engine} gave up.** {}", plain(why).replace('\n', " "));
        }
    }
    run.checks.iter().for_each(|checked| policy::markdown(&mut text, run, checked));
    let is = |word: &'static str| move |result: &ResultRecord| result.verdict.word() == word;
    if !run.is_check() {
        section(&mut text, run, "Differences", Fold::Open, &is("differs"));
    }
    section(&mut text, run, "Not observed", Fold::Open, &is("failed"));
    section(&mut text, run, "Flaky", Fold::Open, &ResultRecord::is_flaky);
    section(&mut text, run, "Known differences", Fold::Closed, &is("known"));
    section(&mut text, run, "Not applicable", Fold::Closed, &is("not-applicable"));
    Ok(text)
}

fn headline(text: &mut String, run: &Run) {
    let results = sum(&run.totals);
    let is_whole = run.completeness == Completeness::Whole;
    // What a check's cases show is told by its findings.
    let of_cases = match run.is_check() {
        true => run.totals.failed,
        false => run.totals.differs + run.totals.failed,
    };
    let mark = if of_cases == 0 && is_whole && run.has_expected_checks() { "✓" } else { "✗" };
    let what = match run.is_check() {
        true => policy::counts(&run.checks),
        false => super::summary::spell(&run.totals),
    };
    let _ = writeln!(text, "## {mark} corsproof: {what}\n");
    let cases = counted(run.cases.len(), "case");
    let _ = write!(text, "{cases}, {} in {}", counted(results, "result"), duration(run.duration));
    if run.is_check() {
        let version = |of_engine: &EngineRun| of_engine.version.clone().unwrap_or("never came up".to_owned());
        let engines = run
            .engines
            .iter()
            .map(|(engine, of)| format!("{engine} {}", plain(&version(of)).replace('\n', " ")));
        let _ = write!(text, ", by {}", engines.collect::<Vec<_>>().join(", "));
    }
    text.push('.');
    text.push_str(if is_whole {
        "\n"
    } else {
        " **The run was cut short: what is missing was not observed.**\n"
    });
}

fn engines(text: &mut String, run: &Run) {
    text.push_str(
        "\n| engine | cases | agrees | differs | known | n/a | failed |\n|---|--:|--:|--:|--:|--:|--:|\n",
    );
    for (engine, of_engine) in &run.engines {
        let mut totals = Totals::default();
        let results = run.results.iter().filter(|result| result.engine == *engine);
        results.for_each(|result| totals.count(&result.verdict));
        let version = of_engine.version.as_deref().unwrap_or("never came up");
        let _ = write!(text, "| {engine} {} | {} |", plain(version).replace('\n', " "), sum(&totals));
        for (_, count) in counts(&totals) {
            let _ = write!(text, " {count} |");
        }
        text.push('\n');
    }
}

/// Whether a list is shown at once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fold {
    Open,
    Closed,
}

fn section(text: &mut String, run: &Run, title: &str, fold: Fold, belongs: &dyn Fn(&ResultRecord) -> bool) {
    let entries: Vec<(&CaseRecord, &ResultRecord)> =
        run.results().filter(|(_, result)| belongs(result)).collect();
    if entries.is_empty() {
        return;
    }
    let open = if fold == Fold::Open { " open" } else { "" };
    let _ = writeln!(text, "\n<details{open}><summary>{title}: {}</summary>\n", entries.len());
    for (case, result) in entries.iter().take(LISTED) {
        entry(text, case, result);
    }
    if entries.len() > LISTED {
        let _ = writeln!(text, "- and {} more", entries.len() - LISTED);
    }
    text.push_str("\n</details>\n");
}

fn entry(text: &mut String, case: &CaseRecord, result: &ResultRecord) {
    let id = code(&case.id.0);
    let engine: Engine = result.engine;
    let _ = writeln!(text, "- **{engine}** {id} ([standard]({}), {})", link(&case.spec), code(&case.place()));
    let lines: Vec<String> = match &result.verdict {
        Verdict::Differs { differences } => differences.iter().map(words::difference).collect(),
        Verdict::Known { note, link: address, since } => {
            let _ = writeln!(text, "  - {} (since {}, [why]({}))", plain(note), plain(since), link(address));
            Vec::new()
        }
        Verdict::NotApplicable { why } | Verdict::Failed { why } => {
            let _ = writeln!(text, "  - {}", plain(why).replace('\n', " "));
            Vec::new()
        }
        Verdict::Agrees => Vec::new(),
    };
    for line in lines {
        let _ = writeln!(text, "  - {}", code(&line));
    }
    if result.is_flaky() {
        let _ = writeln!(text, "  - {}", words::flaky(result));
    }
}

/// Text as it stands: what Markdown or HTML would take for its own is escaped.
pub(super) fn plain(text: &str) -> String {
    let mut escaped = String::new();
    for char in text.chars() {
        match char {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => escaped.extend(['\\', char]),
            '\n' => escaped.push(char),
            char if steers(char) => escaped.push_str(&plain(&printable(&char.to_string()))),
            _ => escaped.push(char),
        }
    }
    escaped
}

/// A code span, fenced by more backticks than it holds.
pub(super) fn code(text: &str) -> String {
    let text = printable(text);
    let longest = text.split(|char| char != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A URL for the parentheses of a Markdown link, with its own parentheses escaped.
fn link(address: &str) -> String {
    printable(address)
        .replace(' ', "%20")
        .replace('(', "%28")
        .replace(')', "%29")
        .replace('<', "%3C")
        .replace('>', "%3E")
}
