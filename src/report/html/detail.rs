//! What there is to know of one case: what was expected and predicted, what each browser showed, what the servers
//! received and answered, where it is written, and how to try it.

use maud::{Markup, html as markup};

use super::{
    fragment, link,
    matrix::Results,
    reproduction,
    summary::{sign, word},
};
use crate::{
    judge::Verdict,
    observation::{Observation, SentRequest, StepOutcome},
    report::{CHECK_COMMAND, COMMAND, difference::again, words},
    stream::{CaseRecord, ResultRecord, Run, ServerAnswer},
};

/// Header fields that CORS is about, by lower-case name or by its beginning.
const THAT_MATTER: [&str; 9] = [
    "origin",
    "access-control-",
    "vary",
    "cookie",
    "set-cookie",
    "authorization",
    "content-type",
    "location",
    "cross-origin-",
];

/// The article about one case: its definition, its prediction, and what each engine showed.
pub(super) fn article(run: &Run, case: &CaseRecord, results: &Results<'_>) -> Markup {
    markup! {
        article.detail id=(case.id) {
            p.title { (case.title) }
            (facts(run, case))
            (expected(run, case, results))
            @for (engine, results) in results {
                @for result in results { (in_engine(engine.name(), result)) }
            }
            (servers(case))
            (source(run, case))
            (reproduction::section(run, case, results))
            @if let Some(result) = results.values().flatten().next() {
                p { "To run it again: " code { (again_command(run, case, result)) } }
            }
        }
    }
}

/// The command that runs the case alone, or the check it belongs to.
fn again_command(run: &Run, case: &CaseRecord, result: &ResultRecord) -> String {
    if run.is_of_check(case) {
        return format!("{CHECK_COMMAND} {} --browser {}", reproduction::quoted(&case.file), result.engine);
    }
    let command = run.started.first().map_or(COMMAND, |started| &started.again);
    again(command, result)
}

fn facts(run: &Run, case: &CaseRecord) -> Markup {
    let path = run.file(case).map_or(case.file.as_str(), |file| file.public_path());
    markup! {
        dl.facts {
            dt { "Standard" } dd { (link(&case.spec, &case.spec)) }
            @if !case.covers.is_empty() { dt { "Covers" } dd { (case.covers.join(", ")) } }
            dt { "Written in" } dd { code { (path) ":" (case.line) } }
            @if let Some(seed) = &case.seed { dt { "Shows" } dd { (seed) } }
            @if !case.twins.is_empty() {
                dt { "Twins" }
                dd { ul { @for twin in &case.twins { li { a href=(fragment(twin)) { (twin) } } } } }
            }
            @if !case.needs.is_empty() {
                dt { "Needs" } dd { (case.needs.iter().map(|need| need.word()).collect::<Vec<_>>().join(", ")) }
            }
        }
    }
}

/// The author's expectation and the model's prediction, step by step.
fn expected(run: &Run, case: &CaseRecord, results: &Results<'_>) -> Markup {
    let predicted = results.values().flatten().next().map(|result| &result.predicted);
    markup! {
        h4 { "Author and model" }
        div.wide {
            table {
                thead { tr { th scope="col" { "asks" } th scope="col" { "author: the standard demands" } th scope="col" { "model: the standard, executed" } } }
                tbody {
                    @for (index, step) in case.steps.iter().enumerate() {
                        tr {
                            td { (words::asked(step)) br; small { (words::asks_from(step)) } }
                            td { (words::expectation(&step.expect)) }
                            td {
                                @match predicted.and_then(|predicted| predicted.steps.get(index)) {
                                    Some(outcome) => (words::outcome(outcome)),
                                    None => "nothing was predicted",
                                }
                            }
                        }
                    }
                    tr {
                        td { "requests that reach a server" }
                        td {
                            // A check demands nothing of the wire: how often a browser asks is its own matter.
                            @if run.is_of_check(case) { "not demanded" } @else { (words::expected_requests(&case.sent)) }
                        }
                        td { (predicted.map(|predicted| words::sent_requests(&predicted.sent)).unwrap_or_default()) }
                    }
                }
            }
        }
    }
}

fn in_engine(engine: &str, result: &ResultRecord) -> Markup {
    markup! {
        section.engine data-engine=(engine) data-verdict=(result.verdict.word()) {
            h4 { (engine) ": " span.tag data-verdict=(result.verdict.word()) { (sign(&result.verdict)) " " (word(result)) } " " small { (words::duration(result.duration)) } }
            (why(&result.verdict))
            @if let Some(observed) = &result.observed { (observation(observed, &result.answers)) }
        }
    }
}

/// The explanation of a verdict.
fn why(verdict: &Verdict) -> Markup {
    markup! {
        @match verdict {
            Verdict::Agrees => {},
            Verdict::Differs { differences } => {
                ul { @for difference in differences { li { (words::difference(difference)) } } }
            },
            Verdict::Known { note, link: address, since } => {
                p { (note) " Since " (since) ". " (link(address, address)) }
            },
            Verdict::NotApplicable { why } | Verdict::Failed { why } => p { (why) },
        }
    }
}

fn observation(observed: &Observation, answers: &[ServerAnswer]) -> Markup {
    markup! {
        ol.saw aria-label="What the page saw" {
            @for outcome in &observed.steps { li { (saw(outcome)) } }
        }
        @if observed.sent.is_empty() { p { "No request reached a server." } }
        @for (index, request) in observed.sent.iter().enumerate() {
            div.exchange {
                (received(request))
                @if let Some(answer) = answers.get(index) { (answered(answer)) }
            }
        }
    }
}

/// The outcome of a step, and the browser's own words.
fn saw(outcome: &StepOutcome) -> Markup {
    let headers: Vec<_> = words::response_headers(&outcome.read).collect();
    markup! {
        "The page saw: " (words::outcome(outcome))
        @if !headers.is_empty() {
            pre { @for (name, value) in headers { (name) ": " (value) "\n" } }
        }
        @for message in &outcome.messages { blockquote { (message) } }
        @for leak in &outcome.leaks { p { strong { "Leaked: " } (leak) } }
    }
}

fn received(request: &SentRequest) -> Markup {
    let kind = if is_preflight(request) { "preflight" } else { "request" };
    markup! {
        figure {
            figcaption { "the server received a " (kind) @if request.attempts > 1 { ", " (request.attempts) " times" } }
            pre {
                (request.method) " " (request.url) "\n"
                (fields(request.headers.iter()))
                @if !request.body.is_empty() { "\n" (request.body) }
            }
        }
    }
}

/// Whether a request asks before another.
pub(super) fn is_preflight(request: &SentRequest) -> bool {
    request.method == "OPTIONS" && request.headers.contains_key("access-control-request-method")
}

fn answered(answer: &ServerAnswer) -> Markup {
    markup! {
        figure {
            figcaption { "and answered" }
            pre {
                (words::answered(answer)) "\n"
                (fields(answer.headers.iter().map(|(name, value)| (name, value))))
                @if !answer.body.is_empty() { "\n" (answer.body) }
            }
        }
    }
}

/// A list of header fields, in which those of the CORS protocol are marked.
pub(super) fn fields<'a>(headers: impl Iterator<Item = (&'a String, &'a String)>) -> Markup {
    markup! {
        @for (name, value) in headers {
            @let matters = THAT_MATTER.iter().any(|start| name.to_ascii_lowercase().starts_with(start));
            @if matters { mark { (name) ": " (value) } "\n" } @else { (name) ": " (value) "\n" }
        }
    }
}

/// The scripts of the servers, URL by URL.
fn servers(case: &CaseRecord) -> Markup {
    markup! {
        @if !case.servers.is_empty() {
            details {
                summary { "The servers' script" }
                @for server in &case.servers {
                    h5 { (server.url) " " small { (server.protocol) } }
                    @for (kind, turns) in [("preflight", &server.preflight), ("response", &server.response)] {
                        @for turn in turns {
                            figure {
                                figcaption { (kind) @if let Some(what) = &turn.kind { ": " (what) } @if turn.times > 1 { ", " (turn.times) " times" } }
                                @if let Some(text) = &turn.text { pre { (text) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The case as it is written, below what its file says of every case.
fn source(run: &Run, case: &CaseRecord) -> Markup {
    markup! {
        @if let Some(file) = run.file(case) {
            details {
                summary { "As it is written" }
                pre { code { (file.head()) "\n\n" (file.lines_of(case)) } }
            }
        }
    }
}
