//! `corsproof list`: which cases there are.

use std::sync::Arc;

use browsers::Engine;
use clap::Args;
use fetch_model::Reason;
use serde::Serialize;

use super::{Exit, Refusal, output, selection::Selection};
use crate::{
    case::{Case, CaseId, Context, ExpectedRead, Isolation, Need, Place, Via},
    report::{Ink, Tone, words::counted},
};

/// List the cases that a run would take, a line each
#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    selection: Selection,

    /// Print JSON instead
    #[arg(long)]
    json: bool,
}

impl List {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let cases = self.selection.cases(None, None)?;
        if self.json {
            output::tell_json(&json(&cases))?;
        } else {
            output::tell(&text(&cases, output::look().ink))?;
            output::remark(&counted(cases.len(), "case"));
        }
        Ok(Exit::Agreed)
    }
}

/// The column beyond which no outcome is pushed by a long identity.
const WIDEST_ID: usize = 72;

/// A line a case: its identity and what is expected.
pub(super) fn text(cases: &[Arc<Case>], ink: Ink) -> String {
    let width = cases.iter().map(|case| case.id.0.chars().count()).max().unwrap_or(0).min(WIDEST_ID);
    cases.iter().map(|case| format!("{:width$}  {}\n", case.id.0, outcome(case, ink))).collect()
}

/// The expected outcome of a case: of each step where there are several.
fn outcome(case: &Case, ink: Ink) -> String {
    let words = case.steps.iter().map(|step| match (step.expect.read, step.expect.reason) {
        (ExpectedRead::Blocked, Some(reason)) => {
            ink.paint(Tone::Notice, &format!("blocked: {}", reason.word()))
        }
        (read, _) => read.word().to_owned(),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The JSON of `corsproof list --json`.
#[derive(Serialize)]
struct Listing<'a> {
    schema: &'static str,
    cases: Vec<Entry<'a>>,
    total: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a CaseId,
    area: &'a str,
    #[serde(flatten)]
    place: &'a Place,
    title: &'a str,
    spec: &'a str,
    covers: &'a [String],
    seed: Option<&'a str>,
    sop: Option<&'a str>,
    twins: &'a [CaseId],
    needs: &'a [Need],
    isolation: Isolation,
    known: Vec<Engine>,
    steps: Vec<Asked<'a>>,
}

#[derive(Serialize)]
struct Asked<'a> {
    page: String,
    context: Context,
    via: Via,
    method: &'a str,
    url: &'a str,
    read: ExpectedRead,
    reason: Option<Reason>,
}

/// The list as JSON text, `corsproof/list/1`.
pub(super) fn json(cases: &[Arc<Case>]) -> String {
    let listing = Listing {
        schema: "corsproof/list/1",
        cases: cases.iter().map(|case| entry(case)).collect(),
        total: cases.len(),
    };
    // Text and numbers alone: nothing in it that JSON could not hold.
    serde_json::to_string_pretty(&listing).unwrap_or_default() + "\n"
}

fn entry(case: &Case) -> Entry<'_> {
    let steps = case.steps.iter().map(|step| {
        let request = &step.request;
        Asked {
            page: step.page.serialize(),
            context: step.context,
            via: request.via,
            method: request.method.as_deref().unwrap_or("GET"),
            url: &request.url,
            read: step.expect.read,
            reason: step.expect.reason,
        }
    });
    Entry {
        id: &case.id,
        area: case.id.area(),
        place: &case.place,
        title: &case.title,
        spec: &case.spec,
        covers: &case.covers,
        seed: case.seed.as_deref(),
        sop: case.sop.as_deref(),
        twins: &case.twins,
        needs: &case.needs,
        isolation: case.isolation,
        known: case.known.keys().copied().collect(),
        steps: steps.collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::casefile::Suite;

    fn cases() -> Vec<Arc<Case>> {
        let suite = Suite::read(Path::new("tests/shown")).unwrap_or_else(|problems| panic!("{problems}"));
        suite.cases().to_vec()
    }

    #[test]
    fn a_line_a_case() {
        insta::assert_snapshot!(text(&cases(), Ink::Plain));
    }

    #[test]
    fn json_for_programs() {
        insta::assert_snapshot!(json(&cases()));
    }
}
