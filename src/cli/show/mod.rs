//! `corsproof show`: a case as it will run, and what the standard says will come of it.

mod anchors;
mod servers;

use browsers::Engine;
use clap::Args;

use super::{Exit, Refusal, output, selection::Source};
use crate::{
    case::{Body, Case, ExpectedRequest, Filter, Isolation, KnownDifference, Step},
    casefile::requirement,
    observation::Observation,
    predict::predict,
    report::{Ink, Sheet, Tone, words},
};

/// Show a case as it will run: page, requests, servers, expectation, prediction
#[derive(Debug, Args)]
pub(super) struct Show {
    /// The case: its identity, or a filter; '*' is any text
    #[arg(value_name = "CASE")]
    case: String,

    #[command(flatten)]
    source: Source,
}

impl Show {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let suite = self.source.suite()?;
        let filter = Filter::new(self.case);
        let cases: Vec<_> = match suite.get(filter.as_str()) {
            Some(case) => vec![case],
            None => suite.cases().iter().filter(|case| filter.selects(&case.id.0)).collect(),
        };
        if cases.is_empty() {
            let hint = match suite.nearest(&filter) {
                Some(nearest) => format!("did you mean '{nearest}'?"),
                None => "'corsproof list' shows what there is".to_owned(),
            };
            let why = format!("no case matches '{}'; {hint}", filter.as_str());
            return Err(Refusal::nothing_selected(why));
        }
        let look = output::look();
        for (index, case) in cases.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            output::tell(&format!("{gap}{}", text(case, &predict(case), look.ink, look.width)))?;
        }
        Ok(Exit::Agreed)
    }
}

/// The case as `corsproof show` prints it.
pub(super) fn text(case: &Case, prediction: &Observation, ink: Ink, width: usize) -> String {
    let mut sheet = Sheet::new(ink, width);
    sheet.line(&[(Tone::Strong, &case.id.0)]);
    about(&mut sheet, case);
    for (index, step) in case.steps.iter().enumerate() {
        sheet.gap();
        heading(&mut sheet, &numbered("asked", index, case));
        asked(&mut sheet, step);
    }
    for resource in &case.scenario.resources {
        sheet.gap();
        servers::server(&mut sheet, case, resource);
    }
    sheet.gap();
    expected(&mut sheet, case);
    sheet.gap();
    predicted(&mut sheet, case, prediction);
    for (engine, known) in &case.known {
        sheet.gap();
        known_difference(&mut sheet, *engine, known, case);
    }
    sheet.into_text()
}

fn heading(sheet: &mut Sheet, text: &str) {
    sheet.line(&[(Tone::Strong, text)]);
}

/// A label, with the number of the step where there are several.
fn numbered(label: &str, index: usize, case: &Case) -> String {
    if case.steps.len() == 1 { label.to_owned() } else { format!("{label}, step {index}") }
}

fn about(sheet: &mut Sheet, case: &Case) {
    sheet.labelled("title", Tone::Normal, &case.title);
    sheet.labelled("standard", Tone::Normal, &case.spec);
    let place = format!("{}:{}", case.place.file.display(), case.place.line);
    sheet.labelled("written in", Tone::Normal, &place);
    for id in &case.covers {
        let title = requirement(id).map_or("", |requirement| &requirement.title);
        sheet.labelled("covers", Tone::Normal, &format!("{id} ({title})"));
    }
    if let Some(action) = &case.sop {
        sheet.labelled("sop", Tone::Normal, action);
    }
    if let Some(seed) = &case.seed {
        sheet.labelled("seed", Tone::Normal, seed);
    }
    for twin in &case.twins {
        sheet.labelled("twin", Tone::Normal, &twin.0);
    }
    for need in &case.needs {
        sheet.labelled("needs", Tone::Normal, need.word());
    }
    let lane = match case.isolation {
        Isolation::Shared => "beside others",
        Isolation::Slow => "in the slow lane: it waits on purpose",
        Isolation::Alone => "alone",
    };
    sheet.labelled("runs", Tone::Normal, lane);
}

fn asked(sheet: &mut Sheet, step: &Step) {
    sheet.labelled("from", Tone::Normal, &words::asks_from(step));
    if step.wait_ms > 0 {
        sheet.labelled("waits", Tone::Normal, &format!("{} ms", step.wait_ms));
    }
    sheet.labelled("by", Tone::Normal, &words::asked(step));
    for (name, value) in &step.request.headers {
        sheet.labelled("header", Tone::Normal, &format!("{name}: {value}"));
    }
    if let Some(Body::FormData(members)) = &step.request.body {
        for (name, value) in members {
            sheet.labelled("form data", Tone::Normal, &format!("{name}={value}"));
        }
    }
}

fn expected(sheet: &mut Sheet, case: &Case) {
    heading(sheet, "the author says");
    for (index, step) in case.steps.iter().enumerate() {
        sheet.labelled(&numbered("read", index, case), Tone::Normal, &words::expectation(&step.expect));
    }
    expected_requests(sheet, &case.sent);
}

fn expected_requests(sheet: &mut Sheet, requests: &[ExpectedRequest]) {
    if requests.is_empty() {
        sheet.labelled("sent", Tone::Normal, "nothing");
    }
    for (index, request) in requests.iter().enumerate() {
        sheet.labelled(if index == 0 { "sent" } else { "" }, Tone::Normal, &words::expected_request(request));
    }
}

fn predicted(sheet: &mut Sheet, case: &Case, prediction: &Observation) {
    heading(sheet, "the standard says");
    for (index, outcome) in prediction.steps.iter().enumerate() {
        sheet.labelled(&numbered("read", index, case), Tone::Normal, &words::outcome(outcome));
        for (name, value) in words::response_headers(&outcome.read) {
            sheet.under(0, Tone::Quiet, &format!("{name}: {value}"));
        }
        for (what, anchor) in anchors::anchors(outcome, &prediction.sent) {
            sheet.under(0, Tone::Quiet, &format!("{what} {anchor}"));
        }
    }
    if prediction.sent.is_empty() {
        sheet.labelled("sent", Tone::Normal, "nothing");
    }
    for (index, sent) in prediction.sent.iter().enumerate() {
        let label = if index == 0 { "sent" } else { "" };
        sheet.labelled(label, Tone::Normal, &format!("{} {}", sent.method, sent.url));
        for (name, value) in &sent.headers {
            sheet.under(2, Tone::Quiet, &format!("{name}: {value}"));
        }
    }
}

fn known_difference(sheet: &mut Sheet, engine: Engine, known: &KnownDifference, case: &Case) {
    heading(sheet, &format!("{engine} is known to differ, since {}", known.since));
    for (index, expect) in &known.steps {
        sheet.labelled(&numbered("read", *index, case), Tone::Normal, &words::expectation(expect));
    }
    if let Some(sent) = &known.sent {
        expected_requests(sheet, sent);
    }
    sheet.labelled("why", Tone::Normal, &known.note);
    sheet.labelled("link", Tone::Normal, &known.link);
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rstest::rstest;

    use super::*;
    use crate::casefile::Suite;

    #[rstest]
    #[case("shown/cases/preflight[methods=put]")]
    #[case("shown/cases/steps")]
    #[case("shown/cases/servers")]
    fn a_case_as_it_will_run(#[case] id: &str) {
        let suite = Suite::read(Path::new("tests/shown")).unwrap_or_else(|problems| panic!("{problems}"));
        let case = suite.get(id).expect("the case is there");
        insta::assert_snapshot!(id, text(case, &predict(case), Ink::Plain, 100));
    }
}
