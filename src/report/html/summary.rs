//! The top of the page: the totals, the engines, the time and the command.

use maud::{Markup, html as markup};

use crate::{
    judge::Verdict,
    report::{
        policy,
        tally::{counts, sum},
        words::{counted, duration},
    },
    stream::{Completeness, ResultRecord, Run, Severity, Totals},
};

/// A verdict where there is little room: a sign and a word, never a colour alone.
pub(super) fn sign(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Agrees => "✓",
        Verdict::Differs { .. } => "✗",
        Verdict::Known { .. } => "≈",
        Verdict::NotApplicable { .. } => "–",
        Verdict::Failed { .. } => "!",
    }
}

/// A result's verdict in words.
pub(super) fn word(result: &ResultRecord) -> String {
    let word = result.verdict.word();
    let word = if word == "not-applicable" { "n/a" } else { word };
    if result.is_flaky() { format!("{word}, flaky") } else { word.to_owned() }
}

pub(super) fn title(run: &Run) -> String {
    if run.is_check() {
        return format!("corsproof: {}", policy::counts(&run.checks));
    }
    let Totals { differs, failed, .. } = run.totals;
    let head = match (differs, failed) {
        (0, 0) => "all as known".to_owned(),
        (0, failed) => format!("{failed} failed"),
        (differs, 0) => format!("{differs} differ"),
        (differs, failed) => format!("{differs} differ, {failed} failed"),
    };
    format!("corsproof: {head}")
}

/// The page's header: the totals, the engines, and how the run was started.
pub(super) fn header(run: &Run) -> Markup {
    let results = sum(&run.totals);
    markup! {
        h1 { "corsproof" }
        p.lead {
            (counted(run.cases.len(), "case")) " in " (counted(run.engines.len(), "engine")) ", "
            (counted(results, "result")) " in " (duration(run.duration)) "."
            @if run.completeness == Completeness::CutShort {
                strong { " The run was cut short: what is missing was not observed." }
            }
        }
        @if run.is_check() { (of_checks(run)) } @else {
            ul.totals aria-label="Verdicts" {
                @for (verdict, count) in counts(&run.totals) {
                    li data-verdict=(verdict) data-count=(count) { strong { (count) } " " (verdict) }
                }
            }
        }
        div.wide {
            table.engines {
                caption { "Engines" }
                thead {
                    tr {
                        th scope="col" { "engine" }
                        th scope="col" { "version" }
                        th scope="col" { "took" }
                        // What a check's cases show is told by the findings.
                        @if !run.is_check() {
                            @for (verdict, _) in counts(&Totals::default()) { th.number scope="col" { (verdict) } }
                        }
                    }
                }
                tbody {
                    @for (engine, of_engine) in &run.engines {
                        tr {
                            th scope="row" { (engine.name()) }
                            td { (of_engine.version.as_deref().unwrap_or("never came up")) }
                            td { (duration(of_engine.duration)) }
                            @if !run.is_check() {
                                @for (_, count) in counts(&totals_of(run, |result| result.engine == *engine)) {
                                    td.number { (count) }
                                }
                            }
                        }
                        @if let Some(why) = &of_engine.failure {
                            tr { td colspan="8" { strong { (engine.name()) " gave up: " } (why) } }
                        }
                    }
                }
            }
        }
        dl.about {
            @for started in &run.started {
                dt { "Command" } dd { code { (started.command) } }
                dt { "Begun" } dd { time datetime=(started.started) { (started.started) } ", " (started.os) " " (started.arch) }
                @if let Some(shard) = &started.shard { dt { "Part" } dd { (shard) } }
                @if started.repeat > 1 { dt { "Each case" } dd { (started.repeat) " times" } }
            }
            @for note in notes(run) { dt { "Note" } dd { (note) } }
        }
    }
}

/// The results of the checks; what their cases show is told by the findings.
fn of_checks(run: &Run) -> Markup {
    let findings = |severity| {
        let all = run.checks.iter().flat_map(|checked| &checked.findings);
        all.filter(|finding| finding.severity == severity).count()
    };
    let passing = run.checks.iter().filter(|checked| checked.is_as_expected()).count();
    markup! {
        ul.totals aria-label="Findings" {
            @for severity in Severity::ALL {
                li data-standing=(severity.word()) data-count=(findings(*severity)) { strong { (findings(*severity)) } " " (severity.word()) }
            }
            li { strong { (passing) } " of " (counted(run.checks.len(), "policy file")) " as expected" }
        }
    }
}

fn notes(run: &Run) -> Vec<String> {
    let of_engines = run
        .engines
        .iter()
        .flat_map(|(engine, of_engine)| of_engine.notes.iter().map(move |note| format!("{engine}: {note}")));
    run.notes.iter().cloned().chain(of_engines).collect()
}

/// How many of each verdict there are among some results.
pub(super) fn totals_of(run: &Run, is_counted: impl Fn(&ResultRecord) -> bool) -> Totals {
    let mut totals = Totals::default();
    run.results.iter().filter(|result| is_counted(result)).for_each(|result| totals.count(&result.verdict));
    totals
}
