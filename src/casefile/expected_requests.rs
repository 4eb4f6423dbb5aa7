//! The requests that must reach the servers, as the author of a case lists them in `sent`.

use crate::{
    case::{ExpectedRead, ExpectedRequest, Step},
    casefile::{draft::StepTable, expectation, known_differences::Asks},
    document::{
        problem::{FileProblems, Problem},
        source::Span,
        tree::{Entry, Table},
    },
};

/// The requests that must reach the servers: the case's own list, or the steps' lists one after another.
pub(super) fn sent(
    case: &Table,
    tables: &[StepTable],
    asks: Asks,
    found: &mut FileProblems,
) -> Option<Vec<ExpectedRequest>> {
    let of = |table: &Table| table.table("expect").and_then(|expect| expect.entry("sent").cloned());
    let for_all = of(case);
    let by_step: Vec<Option<Entry>> = match asks {
        Asks::Once => vec![None],
        Asks::InSteps => tables.iter().map(|table| of(&table.own)).collect(),
    };
    if let (Some(all), Some(one)) = (&for_all, by_step.iter().flatten().next()) {
        let problem = Problem::new("what is sent is said twice")
            .at(one.key_span.clone(), "said by a step")
            .at(all.key_span.clone(), "said for all steps")
            .help("say it in each step, or once in the case's own `expect`");
        found.report(problem);
        return None;
    }
    if let Some(all) = for_all {
        let sent = expectation::sent(&all.node, found)?;
        for table in tables {
            expectation::check_preflight_is_sent(table.merged.table("expect"), &sent, found);
        }
        return Some(sent);
    }
    let mut sent = Vec::new();
    let mut is_complete = true;
    for (table, entry) in tables.iter().zip(by_step) {
        let Some(entry) = entry else {
            is_complete = false;
            // Where nothing at all is expected, that is told already.
            if table.merged.get("expect").is_some() {
                found.report(nothing_says_what_is_sent(&table.span));
            }
            continue;
        };
        let Some(of_step) = expectation::sent(&entry.node, found) else {
            is_complete = false;
            continue;
        };
        expectation::check_preflight_is_sent(table.merged.table("expect"), &of_step, found);
        sent.extend(of_step);
    }
    is_complete.then_some(sent)
}

fn nothing_says_what_is_sent(span: &Span) -> Problem {
    Problem::new("nothing says what is sent")
        .at(span.clone(), "no `expect.sent` here")
        .help("list the requests that reach a server in order, as [\"OPTIONS\", \"PUT\"]; [] where none does")
}

/// A read of an http or https URL that is allowed has asked for something, in this step or before.
pub(super) fn check_something_is_sent(
    tables: &[StepTable],
    steps: &[Step],
    sent: &[ExpectedRequest],
    found: &mut FileProblems,
) {
    let asks_a_server = |step: &Step| {
        if step.request.access.is_some() || step.service_worker.is_some() {
            return false;
        }
        let scheme = step.request.url.split(':').next().unwrap_or_default();
        matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https")
    };
    let is_read = |step: &Step| step.expect.read == ExpectedRead::Allowed && asks_a_server(step);
    let Some(index) = steps.iter().position(is_read).filter(|_| sent.is_empty()) else { return };
    if let Some(read) = tables[index].merged.table("expect").and_then(|expect| expect.get("read")) {
        let problem = Problem::new("nothing is sent, and yet there is something to read")
            .at_node(read, "read from where?")
            .help("list the requests in `sent`, or say why the read is blocked");
        found.report(problem);
    }
}
