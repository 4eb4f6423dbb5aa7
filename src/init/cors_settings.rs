//! The CORS settings that a project's source files have, as far as they are written out.

use std::{path::PathBuf, sync::LazyLock};

use fetch_model::Origin;
use regex::Regex;

use super::source::{Language, Source, expression, in_brackets, literals, value_at};

/// What pages are granted; `None` and empty: not written out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CorsSettings {
    pub origins: Option<Origins>,
    /// Those that preflights are granted, in upper case; `None`: all, or it is not known.
    pub methods: Option<Vec<String>>,
    pub request_headers: Vec<String>,
    pub exposed_headers: Vec<String>,
    pub credentials: bool,
    /// In seconds.
    pub max_age: Option<u64>,
    /// The file that they are in.
    pub file: PathBuf,
}

/// Who may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origins {
    Everybody,
    These(Vec<String>),
}

/// The names of the settings in one language's middlewares, as regular expressions.
struct Names {
    /// What begins the arguments of a middleware.
    call: &'static str,
    origins: &'static str,
    methods: &'static str,
    request_headers: &'static str,
    exposed_headers: &'static str,
    credentials: &'static str,
    max_age: &'static str,
    /// Whether no method but those that need no grant is granted where none is named.
    grants_no_method: bool,
    /// The Max-Age where none is named.
    usual_max_age: Option<u64>,
}

const JAVASCRIPT: Names = Names {
    // cors(...), and Fastify's register(cors, ...).
    call: r"\b(?:cors|enableCors)\s*\(|\bregister\s*\(\s*(?:\w*[cC]ors|(?:require|import)\([^)]*cors[^)]*\))\s*,",
    origins: r#"\borigin["']?\s*:\s*"#,
    methods: r#"\b(?:methods|allowMethods)["']?\s*:\s*"#,
    request_headers: r#"\b(?:allowedHeaders|allowHeaders)["']?\s*:\s*"#,
    exposed_headers: r#"\b(?:exposedHeaders|exposeHeaders)["']?\s*:\s*"#,
    credentials: r#"\bcredentials["']?\s*:\s*"#,
    max_age: r#"\bmaxAge["']?\s*:\s*"#,
    grants_no_method: false,
    usual_max_age: None,
};

/// Starlette's middleware.
const PYTHON: Names = Names {
    call: r"\(\s*CORSMiddleware\s*,",
    origins: r#"\ballow_origins["']?\s*[=:]\s*"#,
    methods: r#"\ballow_methods["']?\s*[=:]\s*"#,
    request_headers: r#"\ballow_headers["']?\s*[=:]\s*"#,
    exposed_headers: r#"\bexpose_headers["']?\s*[=:]\s*"#,
    credentials: r#"\ballow_credentials["']?\s*[=:]\s*"#,
    max_age: r#"\bmax_age["']?\s*[=:]\s*"#,
    grants_no_method: true,
    usual_max_age: Some(600),
};

const FLASK: Names = Names {
    call: r"\bCORS\s*\(",
    origins: r#"\borigins["']?\s*[=:]\s*"#,
    methods: r#"\bmethods["']?\s*[=:]\s*"#,
    credentials: r#"\bsupports_credentials["']?\s*[=:]\s*"#,
    grants_no_method: false,
    usual_max_age: None,
    ..PYTHON
};

/// The functions of `CorsLayer` and of actix-cors: one or several values are in their brackets.
const RUST: Names = Names {
    call: r"\bCorsLayer::(?:new|permissive|very_permissive)\s*\(|\bCors::(?:default|permissive)\s*\(",
    origins: r"\.\s*(?:allow_origin|allowed_origin)\s*\(",
    methods: r"\.\s*(?:allow_methods|allowed_methods)\s*\(",
    request_headers: r"\.\s*(?:allow_headers|allowed_headers)\s*\(",
    exposed_headers: r"\.\s*expose_headers\s*\(",
    credentials: r"\.\s*(?:allow_credentials|supports_credentials)\s*\(",
    max_age: r"\.\s*max_age\s*\(",
    grants_no_method: true,
    usual_max_age: None,
};

/// The header as a program or a configuration sets it by itself.
static BY_HAND: LazyLock<Regex> = LazyLock::new(|| {
    expression(r#"(?i)access-control-allow-origin["'`]?\s*[,:=]\s*(?:value\s*:\s*)?["'`]([^"'`]+)["'`]"#)
});

static CREDENTIALS_BY_HAND: LazyLock<Regex> = LazyLock::new(|| {
    expression(r#"(?i)access-control-allow-credentials["'`]?\s*[,:=]\s*(?:value\s*:\s*)?["'`]?true\b"#)
});

impl CorsSettings {
    /// The settings in the first of `sources` that has any.
    pub(super) fn of(sources: &[Source]) -> Option<Self> {
        sources.iter().find_map(of_middleware).or_else(|| sources.iter().find_map(by_hand))
    }
}

fn of_middleware(source: &Source) -> Option<CorsSettings> {
    let middlewares: &[Names] = match source.language {
        Language::JavaScript => &[JAVASCRIPT],
        Language::Python => &[PYTHON, FLASK],
        Language::Rust => &[RUST],
    };
    middlewares.iter().find_map(|names| settings(source, names))
}

fn settings(source: &Source, names: &Names) -> Option<CorsSettings> {
    let call = expression(names.call).find(&source.text)?;
    let arguments = match source.language {
        // The functions are chained to it, or follow on the variable that holds it.
        Language::Rust => source.text.clone(),
        _ => with_spread(source, &source.text[in_brackets(&source.text, call.end())]),
    };
    let value = |name: &str| {
        let start = expression(name).find(&arguments)?.end();
        Some(match source.language {
            Language::Rust => arguments[in_brackets(&arguments, start)].to_owned(),
            _ => value_at(&arguments, start).trim().to_owned(),
        })
    };
    let written = |name: &str| value(name).map(|value| written_out(source, &value)).unwrap_or_default();
    let listed = |name: &str| -> Vec<String> {
        let texts = written(name);
        texts.iter().flat_map(|text| text.split(',')).map(|text| text.trim().to_owned()).collect()
    };
    let methods = match (value(names.methods), names.grants_no_method) {
        (None, true) => Some(Vec::new()),
        (None, false) => None,
        (Some(value), _) if is_any(&value) => None,
        (Some(_), _) => Some(listed(names.methods).iter().map(|method| method.to_uppercase()).collect()),
    };
    let is_open = call.as_str().contains("permissive")
        || (source.language == Language::JavaScript && arguments.trim_matches([',', ' ']).is_empty())
        || value(names.origins).is_some_and(|value| is_everybody(source.language, &value));
    let origins = if is_open { Some(Origins::Everybody) } else { origins(&written(names.origins)) };
    Some(CorsSettings {
        origins,
        methods: methods.filter(|_| !call.as_str().contains("permissive")),
        request_headers: headers(listed(names.request_headers)),
        exposed_headers: headers(listed(names.exposed_headers)),
        credentials: value(names.credentials).is_some_and(|value| value.eq_ignore_ascii_case("true"))
            || (value(names.credentials).as_deref() == Some("")),
        max_age: value(names.max_age).map_or(names.usual_max_age, |value| seconds(&value)),
        file: source.path.clone(),
    })
}

/// How many variables may hand on what another one holds.
const SPREADS: usize = 3;

/// The arguments, with what the variables hold that are handed on whole: `cors(options)`, `**POLICY`, `...base`,
/// `dict(POLICY, ...)`.
fn with_spread(source: &Source, arguments: &str) -> String {
    static WHOLE: LazyLock<Regex> =
        LazyLock::new(|| expression(r"(?:(?:^|,)\s*|\*\*|\.\.\.|\bdict\(\s*)([A-Za-z_$][\w$]*)"));
    let mut whole = arguments.to_owned();
    let mut new = arguments.to_owned();
    for _ in 0..SPREADS {
        let names = WHOLE.captures_iter(&new).filter_map(|found| source.initializer(found.get(1)?.as_str()));
        let values: Vec<&str> = names.collect();
        new = values.join(", ");
        whole = format!("{whole}, {new}");
    }
    whole
}

/// The texts of a value: its literals, those of the variables in it, and the constants of HTTP crates.
fn written_out(source: &Source, value: &str) -> Vec<String> {
    static CONSTANT: LazyLock<Regex> = LazyLock::new(|| expression(r"\b(?:Method|header)::([A-Z_]+)\b"));
    static NAME: LazyLock<Regex> = LazyLock::new(|| expression(r"[A-Za-z_]\w*"));
    let mut texts: Vec<String> = literals(value).map(str::to_owned).collect();
    texts.extend(CONSTANT.captures_iter(value).map(|found| found[1].replace('_', "-").to_lowercase()));
    if texts.is_empty() {
        let values = NAME.find_iter(value).filter_map(|name| source.initializer(name.as_str()));
        texts.extend(values.flat_map(literals).map(str::to_owned));
    }
    texts
}

/// Whether a value lets in everybody: in a list of JavaScript's middlewares `*` is the name of nobody.
fn is_everybody(language: Language, value: &str) -> bool {
    match language {
        Language::JavaScript => matches!(value.trim(), "'*'" | "\"*\"" | "`*`"),
        Language::Python | Language::Rust => is_any(value),
    }
}

fn is_any(value: &str) -> bool {
    let value = value.trim();
    literals(value).any(|text| text == "*") || ["Any", "cors::Any", "AllowOrigin::any()"].contains(&value)
}

/// The origins among texts; `None` where there is none, or a text that is something else, such as a pattern.
fn origins(texts: &[String]) -> Option<Origins> {
    let is_origin = |text: &&String| Origin::parse(text).is_ok();
    let origins: Vec<String> = texts.iter().filter(is_origin).cloned().collect();
    (!origins.is_empty()).then_some(Origins::These(origins))
}

/// The names of fields, without the wildcard.
fn headers(names: Vec<String>) -> Vec<String> {
    let is_name = |name: &String| name != "*" && http::HeaderName::try_from(name).is_ok();
    names.into_iter().filter(is_name).collect()
}

/// A number of seconds, in words of the language: `600`, `Duration::from_secs(600)`.
fn seconds(value: &str) -> Option<u64> {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| expression(r"^\s*(?:Duration::from_secs\s*\(\s*)?(\d[\d_]*)\s*\)?\s*$"));
    NUMBER.captures(value)?[1].replace('_', "").parse().ok()
}

fn by_hand(source: &Source) -> Option<CorsSettings> {
    let value = BY_HAND.captures(&source.text)?[1].to_owned();
    let origins = if value == "*" { Origins::Everybody } else { origins(&[value])? };
    let credentials = CREDENTIALS_BY_HAND.is_match(&source.text);
    Some(CorsSettings {
        origins: Some(origins),
        credentials,
        file: source.path.clone(),
        ..CorsSettings::default()
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn of(path: &str, text: &str) -> CorsSettings {
        CorsSettings::of(&[Source::new(path.into(), text).expect("a source")]).expect("settings")
    }

    fn these(origins: &[&str]) -> Option<Origins> {
        Some(Origins::These(origins.iter().map(|origin| (*origin).to_owned()).collect()))
    }

    #[test]
    fn express_is_read_whole() {
        let settings = of(
            "server.js",
            "const pages = ['https://app.example.com', 'https://admin.example.com']\n\
             app.use(cors({\n  origin: pages,\n  methods: 'GET,PUT', allowedHeaders: ['X-Trace'],\n  \
             exposedHeaders: ['X-Total-Count'], credentials: true, maxAge: 600 }))",
        );
        let expected = CorsSettings {
            origins: these(&["https://app.example.com", "https://admin.example.com"]),
            methods: Some(vec!["GET".to_owned(), "PUT".to_owned()]),
            request_headers: vec!["X-Trace".to_owned()],
            exposed_headers: vec!["X-Total-Count".to_owned()],
            credentials: true,
            max_age: Some(600),
            file: "server.js".into(),
        };
        assert_eq!(settings, expected);
    }

    #[test]
    fn fastapi_is_read_whole() {
        let settings = of(
            "main.py",
            "ORIGINS = [\n    \"http://localhost:5173\",\n]\nPOLICY = dict(allow_methods=[\"*\"], max_age=60)\n\
             app.add_middleware(CORSMiddleware, allow_origins=ORIGINS, allow_credentials=True, \
             allow_headers=[\"X-Trace\"], expose_headers=[\"X-Total\"], **POLICY)",
        );
        let expected = CorsSettings {
            origins: these(&["http://localhost:5173"]),
            methods: None,
            request_headers: vec!["X-Trace".to_owned()],
            exposed_headers: vec!["X-Total".to_owned()],
            credentials: true,
            max_age: Some(60),
            file: "main.py".into(),
        };
        assert_eq!(settings, expected);
    }

    #[test]
    fn a_layer_of_tower_http_is_read_whole() {
        let settings = of(
            "src/main.rs",
            "let pages = [\"https://app.example.com\"];\nCorsLayer::new()\n    \
             .allow_origin(pages.map(HeaderValue::from_static))\n    .allow_methods([Method::GET, Method::PUT])\n    \
             .allow_headers([header::CONTENT_TYPE])\n    .expose_headers([HeaderName::from_static(\"x-total\")])\n    \
             .allow_credentials(true).max_age(Duration::from_secs(600))",
        );
        let expected = CorsSettings {
            origins: these(&["https://app.example.com"]),
            methods: Some(vec!["GET".to_owned(), "PUT".to_owned()]),
            request_headers: vec!["content-type".to_owned()],
            exposed_headers: vec!["x-total".to_owned()],
            credentials: true,
            max_age: Some(600),
            file: "src/main.rs".into(),
        };
        assert_eq!(settings, expected);
    }

    #[rstest]
    #[case::express("a.js", "app.use(cors())")]
    #[case::star("a.js", "app.use(cors({ origin: '*' }))")]
    #[case::hono("a.ts", "app.use('/api/*', cors({ origin: '*' }))")]
    #[case::fastapi("a.py", "app.add_middleware(CORSMiddleware, allow_origins=[\"*\"])")]
    #[case::axum("a.rs", "Router::new().layer(CorsLayer::permissive())")]
    #[case::any("a.rs", "CorsLayer::new().allow_origin(Any)")]
    #[case::by_hand("a.js", "response.setHeader('Access-Control-Allow-Origin', '*')")]
    #[case::next("next.config.js", "{ key: 'Access-Control-Allow-Origin', value: '*' }")]
    fn everybody_may_read(#[case] path: &str, #[case] text: &str) {
        assert_eq!(of(path, text).origins, Some(Origins::Everybody));
    }

    #[rstest]
    #[case::function("a.js", "cors({ origin: (origin, done) => done(null, known(origin)) })")]
    #[case::list_of_a_star("a.js", "cors({ origin: ['*'] })")]
    #[case::reflection("a.js", "cors({ origin: true })")]
    #[case::pattern("a.js", r"cors({ origin: /\.example\.com$/ })")]
    #[case::environment(
        "a.py",
        "app.add_middleware(CORSMiddleware, allow_origins=os.environ['ORIGINS'].split(','))"
    )]
    fn what_is_computed_is_not_known(#[case] path: &str, #[case] text: &str) {
        assert_eq!(of(path, text).origins, None);
    }

    #[test]
    fn what_is_handed_on_is_followed() {
        let settings = of(
            "main.py",
            "BASE = dict(allow_credentials=True)\nPOLICIES = {\"right\": dict(BASE, allow_origins=[\"https://a.example\"])}\n\
             app.add_middleware(CORSMiddleware, **POLICIES[\"right\"])",
        );
        assert_eq!((settings.origins, settings.credentials), (these(&["https://a.example"]), true));
    }

    #[test]
    fn a_project_without_cors_has_no_settings() {
        let source = Source::new("a.js".into(), "app.get('/data', list) // cors()").expect("a source");
        assert_eq!(CorsSettings::of(&[source]), None);
    }
}
