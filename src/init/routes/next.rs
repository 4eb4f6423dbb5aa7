//! Next.js: what is served follows from the names of files.

use std::{path::Path, sync::LazyLock};

use regex::Regex;

use super::{
    super::source::{Source, expression},
    METHODS, Route, joined, method,
};

static EXPORT: LazyLock<Regex> = LazyLock::new(|| {
    expression(r"\bexport\s+(?:async\s+)?(?:function|const|let)\s+(GET|POST|PUT|PATCH|DELETE)\b")
});
static COMPARED: LazyLock<Regex> =
    LazyLock::new(|| expression(r#"\bmethod\s*={2,3}\s*["'`](\w+)["'`]|\bcase\s+["'`](\w+)["'`]"#));

/// The route handlers and API routes, where the project is one of Next.js.
pub(super) fn routes(folder: &Path, sources: &[Source]) -> Vec<Route> {
    let has = |name: &str| folder.join("node_modules").join(name).is_dir();
    let is_config = |source: &Source| source.path.file_stem().is_some_and(|stem| stem == "next.config");
    let of_next = has("next") || sources.iter().any(is_config) || names_next(folder);
    if !of_next {
        return Vec::new();
    }
    static BASE: LazyLock<Regex> = LazyLock::new(|| expression(r#"\bbasePath\s*:\s*["'`](/[^"'`]*)["'`]"#));
    let mut configs = sources.iter().filter(|source| is_config(source));
    let base =
        configs.find_map(|config| Some(BASE.captures(&config.text)?[1].to_owned())).unwrap_or_default();
    let routes = sources.iter().filter_map(route);
    routes.map(|route| Route { path: format!("{base}{}", route.path), ..route }).collect()
}

fn names_next(folder: &Path) -> bool {
    super::super::manifest::package_json(folder).is_some_and(|(manifest, _)| manifest.has("next"))
}

fn route(source: &Source) -> Option<Route> {
    let whole = source.path.with_extension("");
    let path = whole.to_str()?;
    let path = path.strip_prefix("src/").unwrap_or(path);
    let (path, methods) = if let Some(path) = path.strip_prefix("app/") {
        let exported = EXPORT.captures_iter(&source.text).map(|found| found[1].to_owned()).collect();
        (path.strip_suffix("route")?.trim_end_matches('/').to_owned(), exported)
    } else {
        let path = path.strip_prefix("pages/").filter(|path| *path == "api" || path.starts_with("api/"))?;
        let path = path.strip_suffix("/index").unwrap_or(path);
        (path.to_owned(), compared(&source.text))
    };
    // `(shop)` groups files and is in no URL; `@slot` and `_private` are none of it.
    let parts: Vec<&str> = path.split('/').filter(|part| !part.starts_with('(')).collect();
    if parts.iter().any(|part| part.starts_with(['@', '_']) || part.contains("...")) {
        return None;
    }
    Some(Route { path: joined(&parts.join("/")), methods, file: source.path.clone() })
}

/// The methods that an API route tells apart, and GET, which it answers as it answers whatever it does not name.
fn compared(text: &str) -> Vec<String> {
    let named = COMPARED.captures_iter(text).filter_map(|found| {
        let name = found.get(1).or_else(|| found.get(2))?.as_str().to_lowercase();
        METHODS.contains(&name.as_str()).then(|| method(&name))
    });
    let mut methods = vec!["GET".to_owned()];
    for method in named {
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    methods
}
