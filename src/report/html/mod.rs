//! The HTML report: one file that asks nobody for anything. It reads without scripts; with them its cases can be
//! filtered, and the details of those that simply agree unfold.

mod checklist;
mod detail;
mod matrix;
mod packed_details;
mod reproduction;
mod summary;
mod tables;

use std::io;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use sha2::{Digest, Sha256};

use crate::{case::CaseId, stream::Run};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// A dot for the browser's tab: without an icon of its own browsers ask the page's server for one.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%231d5fa8'/%3E%3C/svg%3E";

/// The file's own Content-Security-Policy: no request at all, and no script or style but these two, whatever a server
/// under test put into its answers.
fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    let (style, script) = (hash(STYLE), hash(SCRIPT));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// The address of a case within the page. Of all that an identity may hold a `%` alone would be taken for something else.
fn fragment(case: &CaseId) -> String {
    format!("#{}", case.0.replace('%', "%25"))
}

/// An address to follow; one that is no web address is told and leads nowhere.
fn link(address: &str, text: &str) -> Markup {
    let leads_on = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
    markup! {
        @if leads_on { a href=(address) rel="noreferrer" { (text) } } @else { (text) }
    }
}

/// A run as a page.
///
/// # Errors
/// Where the details cannot be packed.
pub(crate) fn html(run: &Run) -> io::Result<String> {
    Ok(page(run, &packed_details::details(run)?).into_string())
}

fn page(run: &Run, packed: &Markup) -> Markup {
    markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="color-scheme" content="light dark";
                link rel="icon" href=(ICON);
                title { (summary::title(run)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#cases" { "To the cases" }
                header { (summary::header(run)) }
                nav aria-label="Parts of this report" {
                    ul {
                        @if !run.checks.is_empty() { li { a href="#checklist" { "Checklist" } } }
                        li { a href="#notable" { "What does not simply agree" } }
                        li { a href="#cases" { "Cases" } }
                        @if tables::has_policy_table(run) { li { a href="#policy" { "Same-origin policy" } } }
                        @if tables::has_requirements(run) { li { a href="#coverage" { "Coverage" } } }
                    }
                }
                main {
                    (checklist::section(run))
                    (matrix::notable(run))
                    (matrix::cases(run))
                    (tables::policy(run))
                    (tables::coverage(run))
                }
                footer {
                    p { "Written by corsproof " (env!("CARGO_PKG_VERSION")) ". This file asks no server for anything." }
                }
                dialog #detail aria-labelledby="detail-title" {
                    div.bar {
                        h2 #detail-title tabindex="-1" { "Case" }
                        button #detail-close type="button" { "Close" }
                    }
                    div #detail-body {}
                }
                (packed)
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}
