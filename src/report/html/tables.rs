//! The same-origin policy's table, and which requirements the run covers.

use std::collections::HashMap;

use browsers::Engine;
use maud::{Markup, html as markup};

use super::link;
use crate::{
    judge::Verdict,
    report::{
        SopTable,
        sop::{Group, Row},
        words::counted,
    },
    stream::Run,
};

/// Whether some case of the run is a row of the policy's table.
pub(super) fn has_policy_table(run: &Run) -> bool {
    run.cases.iter().any(|case| case.sop.is_some())
}

/// The table of what the same-origin policy lets a page send, load and read, as it was observed.
pub(super) fn policy(run: &Run) -> Markup {
    if !has_policy_table(run) {
        return markup! {};
    }
    let table = SopTable::of(run);
    markup! {
        section #policy aria-labelledby="policy-title" {
            h2 #policy-title { "Same-origin policy" }
            p { "A page of one origin, a server of another that grants nothing: was it sent, did it load, could a script read it?" }
            @for group in [Group::Restricted, Group::NotRestricted] {
                div.wide { (policy_group(run, group, table.rows.iter().filter(|row| row.policy == group))) }
            }
        }
    }
}

fn policy_group<'a>(run: &Run, group: Group, rows: impl Iterator<Item = &'a Row>) -> Markup {
    markup! {
        table {
            caption { (group.title()) }
            thead {
                tr { th rowspan="2" scope="col" { "action" } @for engine in run.engines.keys() { th colspan="3" scope="colgroup" { (engine.name()) } } }
                tr { @for _ in run.engines.keys() { th scope="col" { "sent" } th scope="col" { "loaded" } th scope="col" { "readable" } } }
            }
            tbody {
                @for row in rows {
                    tr {
                        th scope="row" { (row.action) }
                        @for engine in run.engines.keys() { (facts(row, *engine)) }
                    }
                }
            }
        }
    }
}

fn facts(row: &Row, engine: Engine) -> Markup {
    let standard = row.standard.words();
    markup! {
        @match row.engines.get(&engine) {
            None => td colspan="3" { "not run" },
            Some(facts) => @for (fact, demanded) in facts.words().into_iter().zip(standard) {
                td { (fact) @if fact != demanded { small { " (standard: " (demanded) ")" } } }
            },
        }
    }
}

/// Whether the run tells of requirements.
pub(super) fn has_requirements(run: &Run) -> bool {
    run.started.first().is_some_and(|started| !started.requirements.is_empty())
}

/// Requirement × engine: how many cases show it as the standard demands.
pub(super) fn coverage(run: &Run) -> Markup {
    if !has_requirements(run) {
        return markup! {};
    }
    let mut shown: HashMap<(&str, Engine), usize> = HashMap::new();
    for (case, result) in run.results() {
        if matches!(result.verdict, Verdict::Agrees) {
            for id in &case.covers {
                *shown.entry((id, result.engine)).or_default() += 1;
            }
        }
    }
    let cases_of =
        |id: &str| run.cases.iter().filter(|case| case.covers.iter().any(|covered| covered == id)).count();
    let sections = run.started.first().map(|started| started.requirements.as_slice()).unwrap_or_default();
    markup! {
        section #coverage aria-labelledby="coverage-title" {
            h2 #coverage-title { "Coverage" }
            p { "Requirements of the standards, the cases of this run that cover each, and in how many of them each engine did what the standard demands." }
            @for section in sections {
                @let covered = section.requirements.iter().filter(|requirement| cases_of(&requirement.id) > 0).count();
                details {
                    summary { h3 { (section.title) } " " span.count { (covered) " of " (counted(section.requirements.len(), "requirement")) } }
                    div.wide {
                        table {
                            caption.unseen { (section.title) }
                            thead { tr { th scope="col" { "requirement" } th.number scope="col" { "cases" } @for engine in run.engines.keys() { th.number scope="col" { (engine.name()) } } } }
                            tbody {
                                @for requirement in &section.requirements {
                                    tr {
                                        th scope="row" { (link(&requirement.spec, &requirement.id)) " " (requirement.title) }
                                        td.number { (cases_of(&requirement.id)) }
                                        @for engine in run.engines.keys() {
                                            td.number { (shown.get(&(requirement.id.as_str(), *engine)).copied().unwrap_or_default()) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
