//! axum: `.route("/path", get(handler))`, and nested routers; attributes as Actix Web and Rocket have them.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    super::source::{Source, expression, in_brackets, statement_at},
    Declared, Found, Mount, Mounted, called_methods, method,
};

static ROUTE: LazyLock<Regex> = LazyLock::new(|| expression(r#"\.route\(\s*"(/[^"]*)"\s*,"#));
static NEST: LazyLock<Regex> =
    LazyLock::new(|| expression(r#"\.nest(?:_service)?\(\s*"(/[^"]*)"\s*,\s*(?:\w+::)*(\w+)"#));
static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| expression(r#"#\[(get|post|put|patch|delete)\(\s*"(/[^"]*)""#));
static LET: LazyLock<Regex> = LazyLock::new(|| expression(r"\blet\s+(?:mut\s+)?(\w+)\s*(?::[^=;]*)?=\s*"));
static FUNCTION: LazyLock<Regex> = LazyLock::new(|| expression(r"\bfn\s+(\w+)[^{;]*\{"));

pub(super) fn read(source: &Source, all: &[Source], found: &mut Vec<Found>, mounts: &mut Vec<Mount>) {
    let text = source.text.as_str();
    for route in ROUTE.captures_iter(text) {
        let whole = route.get(0).map_or(0..0, |whole| whole.range());
        let handlers = text[in_brackets(text, whole.end)].trim();
        let methods = match called_methods(handlers) {
            methods if methods.is_empty() => {
                statement_of(source, handlers).map(called_methods).unwrap_or_default()
            }
            methods => methods,
        };
        let methods = if methods.is_empty() { vec!["GET".to_owned()] } else { methods };
        found.push(Found { on: router_at(source, whole.start), path: route[1].to_owned(), methods });
    }
    for attribute in ATTRIBUTE.captures_iter(text) {
        let on = Declared { file: source.path.clone(), name: String::new() };
        found.push(Found { on, path: attribute[2].to_owned(), methods: vec![method(&attribute[1])] });
    }
    for nest in NEST.captures_iter(text) {
        let start = nest.get(0).map_or(0, |whole| whole.start());
        let on = router_at(source, start);
        let file = all.iter().find(|other| has_function(other, &nest[2])).unwrap_or(source).path.clone();
        let mounted = Mounted::Router(Declared { file, name: nest[2].to_owned() });
        mounts.push(Mount { on, prefix: nest[1].to_owned(), mounted });
    }
}

/// The router that a call at `place` is made on: the variable that the statement sets, or what the function returns.
fn router_at(source: &Source, place: usize) -> Declared {
    let text = source.text.as_str();
    let variable = LET.captures_iter(text).find_map(|set| {
        let start = set.get(0)?.end();
        (start..=place).contains(&place).then_some(())?;
        statement_at(text, start).contains(&place).then(|| set[1].to_owned())
    });
    let function = || {
        FUNCTION.captures_iter(text).find_map(|function| {
            let start = function.get(0)?.end();
            in_brackets(text, start).contains(&place).then(|| function[1].to_owned())
        })
    };
    Declared { file: source.path.clone(), name: variable.or_else(function).unwrap_or_default() }
}

/// What the variable `name` is set to.
fn statement_of<'a>(source: &'a Source, name: &str) -> Option<&'a str> {
    let mut sets = LET.captures_iter(&source.text).filter(|set| &set[1] == name);
    let start = sets.next()?.get(0)?.end();
    Some(&source.text[statement_at(&source.text, start)])
}

fn has_function(source: &Source, name: &str) -> bool {
    FUNCTION.captures_iter(&source.text).any(|function| &function[1] == name)
}
