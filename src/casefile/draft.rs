//! One variant of a case, all placeholders filled: from its table to a [`Case`] without its twins.

use std::sync::Arc;

use corsproof_fixture::{Scenario, Source as Answer};

use crate::{
    case::{Case, Context, ExpectedRead, Isolation, Need, Place, ServedBy, Step, Via},
    casefile::{
        contexts,
        defaults::merge,
        expectation, expected_requests, id,
        keys::ranges,
        known_differences::{self, Asks, Demand},
        matrix::Variant,
        page,
        request::{self, word},
        servers::{Http, Servers},
        service_worker::service_worker,
    },
    document::{
        problem::{FileProblems, Problem},
        source::{Source, Span},
        tree::{Entry, Node, Table, Value},
    },
};

/// From this many milliseconds on a wait puts a case into the slow lane.
const SLOW_MS: u64 = 500;

/// A case whose twins are not looked up yet.
pub(super) struct Draft {
    pub(super) case: Case,
    /// The case's identity without its matrix values: `folder/file/name`.
    pub(super) base: String,
    pub(super) variant: Variant,
    /// The values of the key `twin`, to be resolved when all cases are known.
    pub(super) twins: Vec<Node>,
    /// The span of the case's name, for messages about its twins.
    pub(super) name: Span,
    /// The span of the key `http`, which says the protocol of the servers.
    pub(super) http: Option<Span>,
    pub(super) source: Arc<Source>,
}

/// The title and the standard's anchor that a file gives for all its cases.
pub(super) struct FileFacts {
    pub(super) title: String,
    pub(super) spec: String,
}

/// A step's table, merged with what the case says for all steps, and where the step stands.
pub(super) struct StepTable {
    pub(super) merged: Table,
    pub(super) own: Table,
    pub(super) span: Span,
}

/// Reads one variant (`case`, merged, filled and of the right shape). Everything wrong is reported;
/// `None` where no case can be made of it.
pub(super) fn draft(
    case: &Table,
    node: &Node,
    facts: &FileFacts,
    variant: &Variant,
    variants: &[Variant],
    found: &mut FileProblems,
) -> Option<Draft> {
    let tables = step_tables(case, node);
    let asks = if case.get("step").is_some() { Asks::InSteps } else { Asks::Once };
    let steps: Vec<Option<Step>> = tables.iter().map(|table| step(table, found)).collect();
    let sent = expected_requests::sent(case, &tables, asks, found);
    let twins = case.get("twin").map(|twin| twin.one_or_more().to_vec()).unwrap_or_default();
    check_has_twin(case, &tables, node, found);
    let steps: Option<Vec<Step>> = steps.into_iter().collect();
    let (steps, sent) = (steps?, sent?);
    expected_requests::check_something_is_sent(&tables, &steps, &sent, found);

    let http_span = case.entry("http").map(|entry| entry.key_span.clone());
    let http = if case.text("http").is_some() { Http::H1 } else { Http::Usual };
    let scenario = scenario(case, &tables, &steps, asks, http, found);
    let demands: Vec<Demand<'_>> = tables
        .iter()
        .zip(&steps)
        .map(|(table, step)| Demand { expect: table.merged.table("expect"), via: step.request.via })
        .collect();
    let known = known_differences::known(case.table("known"), &demands, asks, variant, variants, found);

    let name = case.get("name")?;
    let source = Arc::clone(found.source());
    let base = format!("{}/{}", source.id, name.as_text()?);
    let case = Case {
        id: id::identity(&base, variant),
        place: Place {
            file: source.path.clone(),
            line: source.line(node.span.start),
            last_line: source.line(node.span.start),
            text: source.shared_text(),
        },
        title: facts.title.clone(),
        spec: case.string("spec").unwrap_or_else(|| facts.spec.clone()),
        covers: texts(case, "covers"),
        seed: case.string("seed"),
        sop: case.string("sop"),
        twins: Vec::new(),
        needs: case.array("needs").iter().filter_map(Node::as_text).filter_map(Need::from_word).collect(),
        isolation: isolation(case, &scenario, &steps),
        steps,
        served_by: ServedBy::Script,
        scenario: Arc::new(scenario),
        sent,
        known,
    };
    Some(Draft {
        case,
        base,
        variant: variant.clone(),
        twins,
        name: name.span.clone(),
        http: http_span,
        source,
    })
}

fn texts(table: &Table, key: &str) -> Vec<String> {
    table.array(key).iter().filter_map(Node::as_text).map(str::to_owned).collect()
}

/// The steps; the case itself is the only one where it has none.
fn step_tables(case: &Table, node: &Node) -> Vec<StepTable> {
    if case.get("step").is_none() {
        return vec![StepTable { merged: case.clone(), own: case.clone(), span: node.span.clone() }];
    }
    let mut shared = Table::default();
    for entry in ["page", "page-headers", "frame", "context", "service-worker", "request", "expect"]
        .iter()
        .filter_map(|key| case.entry(key))
    {
        shared.put(without_sent(entry));
    }
    let table = |node: &Node| {
        let own = node.as_table()?.clone();
        Some(StepTable { merged: merge(&shared, &own), own, span: node.span.clone() })
    };
    case.array("step").iter().filter_map(table).collect()
}

/// An entry of the case without `expect.sent`, which is about all steps together and not about each.
fn without_sent(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    if let ("expect", Value::Table(expect)) = (entry.key.as_str(), &mut entry.node.value) {
        expect.entries.retain(|entry| entry.key != "sent");
    }
    entry
}

fn step(table: &StepTable, found: &mut FileProblems) -> Option<Step> {
    let StepTable { merged, span, .. } = table;
    let page = page::page(merged, span, found);
    let page_headers = page::headers(merged, found);
    let frames = page::frames(merged, found);
    let request = request::request(merged.get("request"), span, found);
    let via = request.as_ref().map_or(Via::Fetch, |request| request.via);
    let expect = expectation::expectation(merged.get("expect"), span, via, found);
    let context = word(merged, "context", Context::from_word).unwrap_or(Context::Window);
    if let Some(request) = &request {
        contexts::check(merged, request, context, found);
    }
    Some(Step {
        service_worker: service_worker(merged, context, page.as_ref(), span, found),
        page: page?,
        page_headers,
        frames,
        context,
        wait_ms: merged.integer("wait-ms", &ranges::WAIT_MS).unwrap_or(0),
        answer_limit: None,
        request: request?,
        expect: expect?,
    })
}

fn scenario(
    case: &Table,
    tables: &[StepTable],
    steps: &[Step],
    asks: Asks,
    http: Http,
    found: &mut FileProblems,
) -> Scenario {
    let mut servers = Servers::new();
    for (table, step) in tables.iter().zip(steps) {
        match asks {
            Asks::Once => servers.of_case(&step.request.url, case, found),
            Asks::InSteps => servers.of_step(&step.request.url, &table.own, case, found),
        }
    }
    if let Some(urls) = case.table("at") {
        servers.at(urls, found);
    }
    servers.scenario(http, found)
}

fn isolation(case: &Table, scenario: &Scenario, steps: &[Step]) -> Isolation {
    let said = word(case, "isolation", Isolation::from_word).unwrap_or(Isolation::Shared);
    let mut turns =
        scenario.resources.iter().flat_map(|resource| resource.preflight.iter().chain(&resource.response));
    let waits = turns
        .any(|turn| turn.delay.as_millis() >= SLOW_MS.into() || matches!(turn.source, Answer::Hang))
        || steps.iter().any(|step| step.wait_ms >= SLOW_MS);
    if said == Isolation::Shared && waits { Isolation::Slow } else { said }
}

/// A block shows nothing by itself: its twin shows that only the one thing is in the way.
fn check_has_twin(case: &Table, tables: &[StepTable], node: &Node, found: &mut FileProblems) {
    let read = |table: &StepTable| word(table.merged.table("expect")?, "read", ExpectedRead::from_word);
    let is_blocked = tables.iter().any(|table| read(table) == Some(ExpectedRead::Blocked));
    if case.get("twin").is_none() && is_blocked {
        let span = case.get("name").map_or(&node.span, |name| &name.span);
        let problem =
            Problem::new("a blocked case needs a twin").at(span.clone(), "no `twin` in this case").help(
                "`twin` names the case that is the same but for the one thing put right, and so is readable",
            );
        found.report(problem);
    }
}
