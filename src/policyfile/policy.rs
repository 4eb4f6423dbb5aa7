//! The tables `[[policy]]`.

use std::{collections::HashMap, time::Duration};

use super::complaint::kept;
use crate::{
    check::policy::{
        Server, ServerSource,
        complaint::{self, Complaint, Said},
        promise::{ANSWER_WITHIN, DeclaredOrigin, Origins, Policy, RequestBody, UnsafeMethods},
    },
    document::{
        problem::{FileProblems, Problem},
        quotation::quoted,
        source::{Source, Span},
        tree::{Node, Table},
    },
    policyfile::keys::{ANSWER_SECONDS, DENIAL_STATUS, MAX_AGE},
};

/// Reads one table `[[policy]]`.
pub(super) fn policy(
    node: &Node,
    server: Option<&Server>,
    source: &Source,
    found: &mut FileProblems,
) -> Option<Policy> {
    let table = node.as_table()?;
    let credentials = flag(table, "credentials").unwrap_or(false);
    let origins = table.get("origins").and_then(|node| origins(node, found));
    if let (Some(Origins::Any), true, Some(node)) = (&origins, credentials, table.get("origins")) {
        kept(Err::<(), _>(complaint::everybody_with_credentials()), node, found);
    }
    check_values(table, found);
    let runs_already = server.is_some_and(|server| matches!(server.reach, ServerSource::Running(_)));
    let may_be_sent = flag(table, "safe_to_call").unwrap_or(!runs_already);
    let methods = texts(table, "methods");
    Some(Policy {
        path: table.string("path")?,
        line: source.line(node.span.start),
        last_line: source.line(last_byte(table).max(node.span.end)),
        origins: origins?,
        methods: if methods.is_empty() { vec!["GET".to_owned()] } else { methods },
        request_headers: texts(table, "request_headers"),
        exposed_headers: texts(table, "exposed_headers"),
        credentials,
        max_age: table.integer("max_age", &MAX_AGE),
        private: flag(table, "private").unwrap_or(credentials),
        unsafe_methods: if may_be_sent { UnsafeMethods::Sent } else { UnsafeMethods::Withheld },
        denial_status: table.integer("denial_status", &DENIAL_STATUS),
        answer_within: table
            .integer("answer_within", &ANSWER_SECONDS)
            .map_or(ANSWER_WITHIN, Duration::from_secs),
        headers_sent: table.table("request").map(|request| headers_sent(request, found)).unwrap_or_default(),
        body: table.table("request").map(body).unwrap_or_default(),
        errors: texts(table, "errors"),
    })
}

/// The body of the requests that have one.
fn body(request: &Table) -> RequestBody {
    let usual = RequestBody::default();
    RequestBody {
        text: request.string("body").unwrap_or(usual.text),
        content_type: request.string("content_type"),
    }
}

/// The headers that pages always set.
fn headers_sent(request: &Table, found: &mut FileProblems) -> Vec<(String, String)> {
    let Some(headers) = request.table("headers") else { return Vec::new() };
    let mut said = Said::default();
    let mut sent = Vec::new();
    if request.get("content_type").is_some() {
        said.once("Content-Type").ok();
    }
    for entry in &headers.entries {
        let Some(value) = entry.node.as_text() else { continue };
        let name = entry.key.clone();
        let checks = [
            complaint::header_name(&name).and_then(|()| complaint::request_header(&name)),
            said.once(&name),
            complaint::header_value(value),
        ];
        for check in checks {
            kept(check, &entry.node, found);
        }
        sent.push((name, value.to_owned()));
    }
    sent
}

/// The offset at which the last value of a table ends.
fn last_byte(table: &Table) -> usize {
    table.entries.iter().map(|entry| entry.node.span.end).max().unwrap_or_default()
}

fn flag(table: &Table, key: &str) -> Option<bool> {
    table.get(key).and_then(Node::as_boolean)
}

fn texts(table: &Table, key: &str) -> Vec<String> {
    table.array(key).iter().filter_map(Node::as_text).map(str::to_owned).collect()
}

fn origins(node: &Node, found: &mut FileProblems) -> Option<Origins> {
    match (node.as_text(), node.as_array()) {
        (Some("*"), _) => Some(Origins::Any),
        (Some(text), _) => {
            let help = format!("write [{text:?}] for this one origin");
            let problem = Problem::new(format!("`origins` cannot be {}", quoted(text)));
            found.report(problem.at_node(node, "expected an array, or \"*\"").help(help));
            None
        }
        (None, Some(members)) => {
            let declared: Vec<Option<DeclaredOrigin>> = members
                .iter()
                .map(|node| kept(DeclaredOrigin::parse(node.as_text()?), node, found))
                .collect();
            Some(Origins::List(declared.into_iter().collect::<Option<_>>()?))
        }
        (None, None) => None,
    }
}

/// Values that cannot be meant, and values that are said twice.
fn check_values(table: &Table, found: &mut FileProblems) {
    type Check = fn(&str) -> Result<(), Complaint>;
    let lists: [(&str, Check); 5] = [
        ("origins", |_| Ok(())),
        ("methods", complaint::method),
        ("request_headers", complaint::request_header),
        ("exposed_headers", complaint::exposed_header),
        ("errors", |_| Ok(())),
    ];
    for (key, check) in lists {
        let mut said = Said::default();
        for node in table.array(key) {
            let Some(text) = node.as_text() else { continue };
            kept(check(text).and_then(|()| said.once(text)), node, found);
        }
    }
}

/// Reports paths that more than one `[[policy]]` names.
pub(super) fn check_paths(policies: &[Node], found: &mut FileProblems) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for node in policies {
        let Some(path) = node.as_table().and_then(|table| table.get("path")) else { continue };
        let Some(text) = path.as_text() else { continue };
        if let Some(other) = seen.insert(text, path.span.clone()) {
            found.report(
                Problem::new(format!("{text} has two policies"))
                    .at(path.span.clone(), "the second")
                    .at(other, "the first")
                    .help("put them together: a path has one policy"),
            );
        }
    }
}
