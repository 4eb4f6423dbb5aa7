//! The cases: what does not simply agree, told at once, and the matrix case × engine by area.

use std::collections::{BTreeMap, HashMap};

use browsers::Engine;
use maud::{Markup, html as markup};

use super::{
    detail, fragment,
    summary::{sign, totals_of, word},
};
use crate::{
    case::CaseId,
    judge::Verdict,
    report::{tally::counts, words::counted},
    stream::{CaseRecord, ResultRecord, Run},
};

/// How many cases are shown before the reader asks for more.
const AT_ONCE: usize = 60;

/// A case's results by engine; several where it was repeated.
pub(super) type Results<'a> = BTreeMap<Engine, Vec<&'a ResultRecord>>;

/// The results of each case, by engine.
pub(super) fn by_case(run: &Run) -> HashMap<&CaseId, Results<'_>> {
    let mut all: HashMap<&CaseId, Results<'_>> = HashMap::new();
    for result in &run.results {
        all.entry(&result.case).or_default().entry(result.engine).or_default().push(result);
    }
    all
}

/// Whether there is more to say of a case than that all voices agree.
pub(super) fn is_notable(results: &Results<'_>) -> bool {
    results.values().flatten().any(|result| {
        result.is_flaky()
            || matches!(
                result.verdict,
                Verdict::Differs { .. } | Verdict::Failed { .. } | Verdict::Known { .. }
            )
    })
}

/// The section of those, worst first, each unfolding to its details.
pub(super) fn notable(run: &Run) -> Markup {
    let by_case = by_case(run);
    let of = |is_in: fn(&ResultRecord) -> bool| -> Vec<(&CaseRecord, &Results<'_>)> {
        let cases = run.cases.iter().filter_map(|case| Some((case.as_ref(), by_case.get(&case.id)?)));
        cases.filter(|(_, results)| results.values().flatten().any(|result| is_in(result))).collect()
    };
    let groups = [
        ("Differs", of(|result| matches!(result.verdict, Verdict::Differs { .. }))),
        ("Failed: not observed", of(|result| matches!(result.verdict, Verdict::Failed { .. }))),
        ("Flaky", of(ResultRecord::is_flaky)),
        ("Known differences", of(|result| matches!(result.verdict, Verdict::Known { .. }))),
    ];
    // A case stands where it is worst, once.
    let mut told = std::collections::HashSet::new();
    markup! {
        section #notable aria-labelledby="notable-title" {
            h2 #notable-title { "What does not simply agree" }
            @if groups.iter().all(|(_, cases)| cases.is_empty()) { p { "Nothing: author, model and browsers agree in every case." } }
            @for (title, cases) in &groups {
                @let cases: Vec<_> = cases.iter().filter(|(case, _)| told.insert(&case.id)).collect();
                @if !cases.is_empty() {
                    details.group open[*title != "Known differences"] {
                        summary { h3 { (title) " " span.count { (cases.len()) } } }
                        @for (case, results) in cases {
                            details.case {
                                summary { code { (case.id) } " " (verdicts(results)) }
                                (detail::article(run, case, results))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// An engine each with its verdict, for a summary line.
fn verdicts(results: &Results<'_>) -> Markup {
    markup! {
        @for (engine, results) in results {
            @for result in results.iter().take(1) {
                span.tag data-verdict=(result.verdict.word()) { (sign(&result.verdict)) " " (engine.name()) ": " (word(result)) }
                " "
            }
        }
    }
}

/// The section of all cases: the filters, and a table an area.
pub(super) fn cases(run: &Run) -> Markup {
    let by_case = by_case(run);
    let mut areas: Vec<(&str, Vec<&CaseRecord>)> = Vec::new();
    for case in &run.cases {
        match areas.iter_mut().find(|(area, _)| *area == case.area) {
            Some((_, cases)) => cases.push(case),
            None => areas.push((&case.area, vec![case])),
        }
    }
    let none = Results::new();
    markup! {
        section #cases aria-labelledby="cases-title" {
            h2 #cases-title { "Cases" }
            @if run.is_check() {
                p { "Each asks the server one thing, as a page of some origin. One that agrees shows what the policy declares; one that differs shows something else, and what that means is in the checklist." }
            }
            (filters(run, &areas))
            p #matching role="status" aria-live="polite" { (counted(run.cases.len(), "case")) }
            noscript { p { "Without scripts cases cannot be filtered, and those that simply agree have no details here: " code { "corsproof show CASE" } " tells them." } }
            @for (area, cases) in &areas {
                details.area data-area=(area) open[run.cases.len() <= AT_ONCE] {
                    summary {
                        h3 { (area) }
                        " " span.count { (counted(cases.len(), "case")) }
                        " " span.counts { (in_words(&totals_of(run, |result| result.case.area() == *area))) }
                    }
                    table.matrix {
                        caption.unseen { "Cases of " (area) " by engine" }
                        thead {
                            tr {
                                th scope="col" { "case" }
                                @for engine in run.engines.keys() { th scope="col" { (engine.name()) } }
                            }
                        }
                        tbody {
                            @for case in cases {
                                (row(run, case, by_case.get(&case.id).unwrap_or(&none)))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The totals in words, without verdicts that do not occur.
fn in_words(totals: &crate::stream::Totals) -> String {
    let there = counts(totals).into_iter().filter(|(_, count)| *count > 0);
    there.map(|(verdict, count)| format!("{count} {verdict}")).collect::<Vec<_>>().join(", ")
}

fn row(run: &Run, case: &CaseRecord, results: &Results<'_>) -> Markup {
    let name = case.id.0.strip_prefix(&format!("{}/", case.area)).unwrap_or(&case.id.0);
    markup! {
        tr data-words=(format!("{} {}", case.title, case.covers.join(" "))) {
            th scope="row" { a href=(fragment(&case.id)) { (name) } }
            @for engine in run.engines.keys() {
                @match results.get(engine).map(Vec::as_slice).unwrap_or_default() {
                    [] => td data-engine=(engine.name()) data-verdict="none" { "not run" },
                    several => td data-engine=(engine.name()) data-verdict=(worst(several).verdict.word()) {
                        (sign(&worst(several).verdict)) " " (word(worst(several)))
                    }
                }
            }
        }
    }
}

/// Of several results of a case in an engine, the one to tell first.
fn worst<'a>(results: &[&'a ResultRecord]) -> &'a ResultRecord {
    let badness = |result: &&&ResultRecord| match result.verdict {
        Verdict::Differs { .. } => 4,
        Verdict::Failed { .. } => 3,
        Verdict::Known { .. } => 2,
        Verdict::Agrees => 1,
        Verdict::NotApplicable { .. } => 0,
    };
    results.iter().max_by_key(badness).copied().unwrap_or(results[0])
}

fn filters(run: &Run, areas: &[(&str, Vec<&CaseRecord>)]) -> Markup {
    markup! {
        form #filters role="search" aria-label="Filter the cases" {
            label { "Text " input #text type="search" placeholder="identity, title or R73" autocomplete="off"; }
            label { "Area " select #area { option value="" { "all" } @for (area, _) in areas { option { (area) } } } }
            label { "Engine " select #engine { option value="" { "any" } @for engine in run.engines.keys() { option { (engine.name()) } } } }
            label { "Verdict " select #verdict {
                option value="" { "any" }
                @for (verdict, _) in counts(&run.totals) { option value=(if verdict == "n/a" { "not-applicable" } else { verdict }) { (verdict) } }
            } }
            button type="reset" { "All cases" }
        }
    }
}
