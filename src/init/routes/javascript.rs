//! Express, Fastify, Koa's router and Hono: `app.get('/path', handler)`, and routers below prefixes.

use std::{
    path::{Component, Path, PathBuf},
    sync::LazyLock,
};

use regex::Regex;

use super::{
    super::source::{Source, expression, in_brackets, literals, value_at},
    Declared, Found, METHODS, Mount, Mounted, called_methods, method,
};

/// What has functions called get and post and is no router.
const CLIENTS: [&str; 9] =
    ["axios", "request", "supertest", "client", "got", "ky", "superagent", "agent", "cache"];

static ROUTE: LazyLock<Regex> = LazyLock::new(|| {
    expression(
        r#"\b([A-Za-z_$][\w$]*)\s*\.\s*(get|post|put|patch|delete|del|all)\s*\(\s*["'`](/[^"'`]*)["'`]"#,
    )
});
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    expression(r"\b([A-Za-z_$][\w$]*)\s*\.\s*(get|post|put|patch|delete|del|all)\s*\(\s*\[")
});
static CHAIN: LazyLock<Regex> =
    LazyLock::new(|| expression(r#"\b([A-Za-z_$][\w$]*)\s*\.\s*route\s*\(\s*["'`](/[^"'`]*)["'`]\s*\)"#));
static OBJECT: LazyLock<Regex> = LazyLock::new(|| expression(r"\b([A-Za-z_$][\w$]*)\s*\.\s*route\s*\(\s*\{"));
static USE: LazyLock<Regex> = LazyLock::new(|| {
    expression(r#"\b([A-Za-z_$][\w$]*)\s*\.\s*(?:use|route)\s*\(\s*["'`](/[^"'`]*)["'`]\s*,"#)
});
static REGISTER: LazyLock<Regex> = LazyLock::new(|| expression(r"\b([A-Za-z_$][\w$]*)\s*\.\s*register\s*\("));
static PREFIX: LazyLock<Regex> = LazyLock::new(|| expression(r#"\bprefix\s*:\s*["'`](/[^"'`]*)["'`]"#));
static IMPORT: LazyLock<Regex> = LazyLock::new(|| {
    expression(
        r#"(?:import\s+(?:\{\s*)?([A-Za-z_$][\w$]*)[^'"`;]*from\s*|(?:const|let|var)\s+(?:\{\s*)?([A-Za-z_$][\w$]*)[^=;]*=\s*require\s*\(\s*)["'`](\.[^"'`]*)["'`]"#,
    )
});
static REQUIRE: LazyLock<Regex> =
    LazyLock::new(|| expression(r#"(?:require|import)\s*\(\s*["'`](\.[^"'`]*)["'`]"#));
static NAME: LazyLock<Regex> = LazyLock::new(|| expression(r"([A-Za-z_$][\w$]*)\s*$"));

pub(super) fn read(source: &Source, all: &[Source], found: &mut Vec<Found>, mounts: &mut Vec<Mount>) {
    let text = source.text.as_str();
    let on = |name: &str| Declared { file: source.path.clone(), name: name.to_owned() };
    let is_router = |name: &str| !CLIENTS.contains(&name) && !is_something_else(source, name);
    for route in ROUTE.captures_iter(text).filter(|route| is_router(&route[1])) {
        found.push(Found { on: on(&route[1]), path: route[3].to_owned(), methods: vec![method(&route[2])] });
    }
    for list in LIST.captures_iter(text).filter(|list| is_router(&list[1])) {
        let start = list.get(0).map_or(0, |whole| whole.end());
        for path in literals(&text[in_brackets(text, start)]).filter(|path| path.starts_with('/')) {
            found.push(Found { on: on(&list[1]), path: path.to_owned(), methods: vec![method(&list[2])] });
        }
    }
    for chain in CHAIN.captures_iter(text) {
        let end = chain.get(0).map_or(0, |whole| whole.end());
        found.push(Found {
            on: on(&chain[1]),
            path: chain[2].to_owned(),
            methods: called_methods(chained(text, end)),
        });
    }
    for object in OBJECT.captures_iter(text) {
        let end = object.get(0).map_or(0, |whole| whole.end());
        let settings = &text[in_brackets(text, end)];
        let path = setting(settings, "url").and_then(|value| literals(value).next());
        let methods =
            setting(settings, "method").map(|value| literals(value).map(str::to_lowercase).collect());
        let methods: Vec<String> = methods.unwrap_or_default();
        let methods =
            methods.iter().filter(|method| METHODS.contains(&method.as_str())).map(|name| method(name));
        if let Some(path) = path {
            found.push(Found { on: on(&object[1]), path: path.to_owned(), methods: methods.collect() });
        }
    }
    let mounted = |what: &str| {
        let by_path = REQUIRE.captures(what).map(|found| found[1].to_owned());
        let name = NAME.captures(what).map(|found| found[1].to_owned()).unwrap_or_default();
        let path = by_path.or_else(|| imported(text, &name))?;
        resolved(&source.path, &path, all).map(Mounted::File)
    };
    for found in USE.captures_iter(text) {
        let start = found.get(0).map_or(0, |whole| whole.end());
        let what = text[in_brackets(text, start)].trim();
        let name = NAME.captures(what).map(|found| found[1].to_owned()).unwrap_or_default();
        let mounted = mounted(what).unwrap_or_else(|| Mounted::Router(on(&name)));
        mounts.push(Mount { on: on(&found[1]), prefix: found[2].to_owned(), mounted });
    }
    for found in REGISTER.captures_iter(text) {
        let start = found.get(0).map_or(0, |whole| whole.end());
        let arguments = &text[in_brackets(text, start)];
        let what = value_at(arguments, 0).trim();
        if let (Some(mounted), Some(prefix)) = (mounted(what), PREFIX.captures(arguments)) {
            mounts.push(Mount { on: on(&found[1]), prefix: prefix[1].to_owned(), mounted });
        }
    }
}

/// Whether a variable holds what has functions called get and post and is no router.
fn is_something_else(source: &Source, name: &str) -> bool {
    let value = source.initializer(name).unwrap_or_default();
    ["new Map", "new URLSearchParams", "new Headers", "axios"].iter().any(|other| value.contains(other))
}

/// The calls that are chained to what ends at `end`: `.get(list)\n  .post(make)`.
fn chained(text: &str, end: usize) -> &str {
    static CALL: LazyLock<Regex> = LazyLock::new(|| expression(r"^\s*\.\s*\w+\s*\("));
    let mut at = end;
    while let Some(call) = CALL.find(&text[at..]) {
        at = (in_brackets(text, at + call.end()).end + 1).min(text.len());
    }
    &text[end..at]
}

fn setting<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let start = expression(&format!(r"\b{name}\s*:\s*")).find(text)?.end();
    Some(value_at(text, start))
}

/// The path that `name` is imported from.
fn imported(text: &str, name: &str) -> Option<String> {
    let mut imports = IMPORT.captures_iter(text);
    imports.find_map(|import| {
        let imported = import.get(1).or_else(|| import.get(2))?.as_str();
        (imported == name).then(|| import[3].to_owned())
    })
}

/// The file that `import './path'` in `from` means.
fn resolved(from: &Path, path: &str, all: &[Source]) -> Option<PathBuf> {
    let mut whole = from.parent()?.to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => {
                whole.pop();
            }
            Component::Normal(name) => whole.push(name),
            _ => {}
        }
    }
    let bare = |file: &Path| file.with_extension("");
    let is_meant = |source: &&Source| {
        source.path == whole
            || bare(&source.path) == whole
            || bare(&source.path) == bare(&whole)
            || bare(&source.path) == whole.join("index")
    };
    all.iter().find(is_meant).map(|source| source.path.clone())
}
