//! FastAPI, Starlette and Flask: `@app.get("/path")`, and routers and blueprints below prefixes.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    super::source::{Source, expression, in_brackets, literals, value_at},
    Declared, Found, METHODS, Mount, Mounted, method,
};

static ROUTE: LazyLock<Regex> = LazyLock::new(|| {
    expression(
        r#"@(\w+)\.(get|post|put|patch|delete|route|api_route)\(\s*(?:path\s*=\s*|rule\s*=\s*)?["']([^"']*)["']"#,
    )
});
static METHOD_LIST: LazyLock<Regex> = LazyLock::new(|| expression(r"\bmethods\s*=\s*"));
static INCLUDE: LazyLock<Regex> =
    LazyLock::new(|| expression(r"\b(\w+)\.(?:include_router|register_blueprint)\(\s*(?:(\w+)\.)?(\w+)"));
static PREFIX: LazyLock<Regex> = LazyLock::new(|| expression(r#"\b(?:url_)?prefix\s*=\s*["']([^"']*)["']"#));

pub(super) fn read(source: &Source, all: &[Source], found: &mut Vec<Found>, mounts: &mut Vec<Mount>) {
    let text = source.text.as_str();
    let on = |name: &str| Declared { file: source.path.clone(), name: name.to_owned() };
    for route in ROUTE.captures_iter(text) {
        let end = route.get(0).map_or(0, |whole| whole.end());
        let arguments = &text[in_brackets(text, end)];
        let methods = METHOD_LIST.find(arguments).map(|list| value_at(arguments, list.end()));
        let methods: Vec<String> = match (&route[2], methods) {
            (_, Some(list)) => literals(list)
                .map(str::to_lowercase)
                .filter(|name| METHODS.contains(&name.as_str()))
                .map(|name| method(&name))
                .collect(),
            ("route" | "api_route", None) => vec!["GET".to_owned()],
            (function, None) => vec![method(function)],
        };
        let own = source.initializer(&route[1]).and_then(|router| PREFIX.captures(router));
        let own = own.map(|prefix| prefix[1].to_owned()).unwrap_or_default();
        found.push(Found { on: on(&route[1]), path: own + &route[3], methods });
    }
    for include in INCLUDE.captures_iter(text) {
        let end = include.get(0).map_or(0, |whole| whole.end());
        let prefix = PREFIX.captures(&text[in_brackets(text, end)]).map(|prefix| prefix[1].to_owned());
        let module = include.get(2).map(|module| module.as_str());
        let router = router(module, &include[3], source, all);
        mounts.push(Mount {
            on: on(&include[1]),
            prefix: prefix.unwrap_or_default(),
            mounted: Mounted::Router(router),
        });
    }
}

/// The router that `module.name` is, or `name` where it is imported or of this file.
fn router(module: Option<&str>, name: &str, source: &Source, all: &[Source]) -> Declared {
    let (module, name) = match module {
        Some(module) => (Some(module.to_owned()), name.to_owned()),
        None => imported(&source.text, name)
            .map_or((None, name.to_owned()), |(module, name)| (Some(module), name)),
    };
    let is_meant = |other: &&Source| {
        let stem = other.path.file_stem().and_then(|stem| stem.to_str());
        let folder = other.path.parent().and_then(|folder| folder.file_name()).and_then(|name| name.to_str());
        let own = if stem == Some("__init__") { folder } else { stem };
        module.as_deref() == own
    };
    let file = module.as_ref().and_then(|_| all.iter().find(is_meant)).unwrap_or(source).path.clone();
    Declared { file, name }
}

/// From which module `name` is imported, and as what it is known there: `from app.users import router as users`.
fn imported(text: &str, name: &str) -> Option<(String, String)> {
    let renamed = expression(&format!(r"from\s+[\w.]*?(\w+)\s+import\s+[^\n]*?\b(\w+)\s+as\s+{name}\b"));
    let plain = expression(&format!(r"from\s+[\w.]*?(\w+)\s+import\s+[^\n]*?\b({name})\b"));
    let found = renamed.captures(text).or_else(|| plain.captures(text))?;
    Some((found[1].to_owned(), found[2].to_owned()))
}
