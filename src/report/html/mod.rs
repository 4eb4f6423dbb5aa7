//! The HTML report: one file that asks nobody for anything. It reads without scripts; with them its cases can be
//! filtered, and the details of those that simply agree unfold.

mod checklist;
mod detail;
mod matrix;
mod packed;
mod summary;
mod tables;
mod try_it;

use std::io;

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};

use crate::stream::Run;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Forbids the file what it does not need: any request at all.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'";

/// A run as a page.
///
/// # Errors
/// Where the details cannot be packed.
pub fn html(run: &Run) -> io::Result<String> {
    Ok(page(run, &packed::details(run)?).into_string())
}

fn page(run: &Run, packed: &Markup) -> Markup {
    markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="color-scheme" content="light dark";
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
                        h2 #detail-title { "Case" }
                        button #detail-close type="button" { "Close" }
                    }
                    div #detail-body tabindex="-1" {}
                }
                (packed)
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}
