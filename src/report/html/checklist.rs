//! The ten points of each checked policy file, and every finding with its evidence.

use maud::{Markup, html as markup};

use super::{detail::fields, fragment};
use crate::{
    report::{
        conversation::{saw, title_case},
        policy::{conclusion, mark, sign},
    },
    stream::{CheckedFile, CheckedPoint, Evidence, Expectedness, Finding, Run, SourceFile},
};

/// The section; nothing where nothing was checked.
pub(super) fn section(run: &Run) -> Markup {
    if run.checks.is_empty() {
        return markup! {};
    }
    markup! {
        section #checklist aria-labelledby="checklist-title" {
            h2 #checklist-title { "Checklist" }
            @for checked in &run.checks { (of_file(run, checked)) }
        }
    }
}

fn of_file(run: &Run, checked: &CheckedFile) -> Markup {
    let path = run.policy_file(checked).map_or(checked.file.as_str(), SourceFile::public_path);
    let is_fine = checked.is_as_expected() && checked.unobserved.is_empty();
    markup! {
        article.policy {
            h3.of-file {
                span.tag data-standing=(if is_fine { "pass" } else { "broken" }) { (if is_fine { "✓ passes" } else { "✗ does not pass" }) }
                " " code { (path) } " " small { (checked.origin) }
            }
            @if let Some(why) = &checked.no_server {
                p { strong { "Not checked." } }
                pre { (why) }
            } @else {
                (points(path, checked))
                p { (conclusion(checked)) "." }
                @for finding in &checked.findings { (of_finding(path, finding)) }
                (missing(path, checked))
            }
            @if let Some(file) = run.policy_file(checked) {
                details { summary { "The policy as it is written" } pre { code { (file.text) } } }
            }
        }
    }
}

fn points(path: &str, checked: &CheckedFile) -> Markup {
    markup! {
        div.wide {
            table.points {
                caption.unseen { "Ten points of " (path) }
                thead { tr { th scope="col" { "standing" } th scope="col" { "point" } th scope="col" { "rests on" } } }
                tbody { @for point in &checked.checklist { (of_point(point)) } }
            }
        }
    }
}

fn of_point(point: &CheckedPoint) -> Markup {
    let (_, sign, told) = mark(point.standing);
    markup! {
        tr {
            td data-standing=(point.standing.word()) { (sign) " " (told) }
            th scope="row" { strong { (point.point.word()) } br; (point.title) }
            td { (point.note) }
        }
    }
}

fn of_finding(path: &str, finding: &Finding) -> Markup {
    let engines: Vec<&str> = finding.engines.iter().map(|engine| engine.name()).collect();
    markup! {
        details.case.finding open[finding.expectation == Expectedness::Unexpected] {
            summary {
                span.tag data-standing=(finding.severity.word()) { (sign(finding.severity)) " " (finding.severity.word()) }
                " " code { (finding.kind.word()) } " of " code { (finding.path) } " "
                small {
                    (match finding.expectation {
                        Expectedness::Expected => "as the file expects",
                        Expectedness::Tolerated => "advice fails nothing",
                        Expectedness::Unexpected => "not expected",
                    })
                }
            }
            dl.facts {
                dt { "Found" } dd { (finding.found) }
                dt { "Means" } dd { (finding.means) }
                dt { "Change" } dd { (finding.change) }
                dt { "Written in" } dd { code { (path) ":" (finding.line) } }
                dt { "Seen in" } dd { (engines.join(", ")) }
            }
            @if let Some(evidence) = &finding.evidence { (of_evidence(evidence)) }
        }
    }
}

/// The conversation that a finding rests on.
fn of_evidence(evidence: &Evidence) -> Markup {
    let written = |headers: &[(String, String)]| -> Vec<(String, String)> {
        headers.iter().map(|(name, value)| (title_case(name), value.clone())).collect()
    };
    markup! {
        p { "What " (evidence.engine.name()) " showed in " a href=(fragment(&evidence.case)) { (evidence.case) } ":" }
        @for exchange in &evidence.exchanges {
            @let (asked, answered) = (written(&exchange.request_headers), written(&exchange.answer_headers));
            div.exchange {
                figure {
                    figcaption { "the server received" }
                    pre { (exchange.request) "\n" (fields(asked.iter().map(|(name, value)| (name, value)))) }
                }
                figure {
                    figcaption { "and answered" }
                    pre {
                        (exchange.answer) "\n"
                        @if answered.is_empty() { "(no header that matters)" }
                        (fields(answered.iter().map(|(name, value)| (name, value))))
                    }
                }
            }
        }
        @if let Some(outcome) = evidence.outcome { p { "In the end " (saw(outcome)) "." } }
    }
}

/// The findings that the file expects and that were not made, and the cases that could not be observed.
fn missing(path: &str, checked: &CheckedFile) -> Markup {
    markup! {
        @for vanished in &checked.vanished {
            p {
                strong { "Expected and not found: " } code { (vanished.kind.word()) }
                " (" code { (path) ":" (vanished.line) } ")"
            }
        }
        @if !checked.unobserved.is_empty() {
            p { strong { "Not observed" } ", so nothing is known of them:" }
            ul {
                @for unobserved in &checked.unobserved {
                    li { code { (unobserved.case) } " in " (unobserved.engine.name()) ": " (unobserved.why) }
                }
            }
        }
    }
}
