//! The page that asks: its origin, what its own response says, and the frame in it that may ask instead.

use fetch_model::{
    Origin,
    header::{is_header_name, is_header_value},
};

use crate::{
    casefile::request,
    document::{
        placeholder::placeholders,
        problem::{FileProblems, Problem},
        quotation::quoted,
        source::Span,
        tree::{Node, Table},
    },
};

/// The origin of the page, from the key `page` of a case or a step.
pub(super) fn page(table: &Table, span: &Span, found: &mut FileProblems) -> Option<Origin> {
    let Some(node) = table.get("page") else {
        let problem = Problem::new("nothing says which page asks")
            .at(span.clone(), "no `page` here")
            .help("give the case, its step or the file's [defaults] a `page = \"https://app.example.com\"`");
        found.report(problem);
        return None;
    };
    let text = node.as_text().filter(|text| placeholders(text).next().is_none())?;
    origin(text, node, found)
}

/// The header fields of the page's own response.
pub(super) fn headers(table: &Table, found: &mut FileProblems) -> Vec<(String, String)> {
    let Some(node) = table.get("page-headers") else { return Vec::new() };
    let headers = request::pairs(node);
    for (name, value) in &headers {
        if !is_header_name(name) || !is_header_value(value) {
            let problem = Problem::new(format!("{} cannot be a header field of a page", quoted(name)))
                .at_node(node, "no name or no value of HTTP")
                .help("a page's fields are told one by one, as { Cross-Origin-Embedder-Policy = \"require-corp\" }");
            found.report(problem);
        }
    }
    headers
}

/// The frames from the page inwards.
pub(super) fn frames(table: &Table, found: &mut FileProblems) -> Vec<Origin> {
    let Some(node) = table.get("frame") else { return Vec::new() };
    let text = node.as_text().unwrap_or_default();
    if let Some(context) = table.get("context").filter(|_| !text.is_empty()) {
        let problem = Problem::new("a frame of another origin is a context of its own")
            .at_node(context, "this would be another one")
            .at_node(node, "a frame here")
            .help("take `context` or `frame` away");
        found.report(problem);
    }
    text.split_ascii_whitespace().filter_map(|text| origin(text, node, found)).collect()
}

fn origin(text: &str, node: &Node, found: &mut FileProblems) -> Option<Origin> {
    let problem = match Origin::parse(text) {
        Ok(origin) if text.starts_with("http") => return Some(origin),
        Ok(_) => "a page is http:// or https://".to_owned(),
        Err(error) => error.problem,
    };
    let problem = Problem::new(format!("{} is no origin", quoted(text)))
        .at_node(node, problem)
        .help("a page is named by its origin alone, as https://app.example.com or http://localhost:3000");
    found.report(problem);
    None
}
