//! `corsproof.toml`: how a server is reached, and what it promises.

use std::{
    collections::HashMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use corsproof_fixture::ForwardedHost;
use toml::de::DeTable;
use url::Url;

use super::{
    finding::{Kind, Severity},
    framework::Framework,
    keys::FILE,
};
use crate::{
    case::{
        Problem, Problems,
        check::{Soundness, Stage, check_table, quoted},
        file::syntax_problem,
        problem::Found,
        source::{Source, Span},
        written::{Node, Table},
    },
    standard::{Origin, method, request_header},
    upstream,
};

/// What a policy file is called where it is named by its folder.
pub(super) const FILE_NAME: &str = "corsproof.toml";

/// How long a server has to get ready.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// A policy file, as meant.
#[derive(Clone, Debug)]
pub struct PolicyFile {
    /// The path, as it was named.
    pub path: PathBuf,
    /// How tables and cases call it: its folder, and its name where that is not the usual one.
    pub name: String,
    /// Its text.
    pub text: Arc<str>,
    /// How the server is reached.
    pub server: Server,
    /// What it promises.
    pub policies: Vec<Policy>,
    /// The findings that there must be, and no others; `None`: nothing broken and nothing unsafe.
    pub expects: Option<Vec<Expect>>,
}

/// How a server is reached.
#[derive(Clone, Debug)]
pub struct Server {
    /// The origin by which browsers know it.
    pub origin: Origin,
    /// How it is had.
    pub reach: Reach,
    /// What is asked until anything answers.
    pub ready: Option<String>,
    /// How long it has to get ready.
    pub start_timeout: Duration,
    /// The `Host` that it is told.
    pub host: ForwardedHost,
    /// What it is made with.
    pub framework: Framework,
}

/// How a server is had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It is started by this command, in the file's folder.
    Start(String),
    /// It runs already, at one of these addresses of this machine.
    Url(Vec<SocketAddr>),
}

/// What a server promises for a path.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The path, with its query if it has one.
    pub path: String,
    /// The line of its `[[policy]]`, from 1.
    pub line: usize,
    /// The last line of what belongs to it.
    pub last_line: usize,
    /// Who may read.
    pub origins: Origins,
    /// The methods that pages use.
    pub methods: Vec<String>,
    /// The request headers that scripts set.
    pub request_headers: Vec<String>,
    /// The response headers that scripts read.
    pub exposed_headers: Vec<String>,
    /// Whether pages ask with credentials.
    pub credentials: bool,
    /// How many seconds the answer to a preflight holds.
    pub max_age: Option<u64>,
    /// Whether the answer is somebody's own data.
    pub private: bool,
    /// Whether requests may reach the server that may change something.
    pub unsafe_methods: UnsafeMethods,
    /// Paths that answer with an error.
    pub errors: Vec<String>,
}

/// Who may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origins {
    /// Everybody.
    Any,
    /// These.
    List(Vec<Origin>),
}

/// What becomes of requests that may change something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsafeMethods {
    /// They are sent.
    Sent,
    /// Their preflight is judged, and they are stopped in the network.
    Withheld,
}

/// A finding that there must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    /// What.
    pub kind: Kind,
    /// How bad; `None`: as bad as it is.
    pub severity: Option<Severity>,
    /// Of which policy; `None`: of any.
    pub path: Option<String>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// Reads policy files; a folder stands for the [`FILE_NAME`] in it.
///
/// # Errors
/// Everything that is wrong in any of them.
pub fn read(paths: &[PathBuf]) -> Result<Vec<PolicyFile>, Problems> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        let path = if path.is_dir() { path.join(FILE_NAME) } else { path.clone() };
        match fs::read_to_string(&path) {
            Ok(text) => {
                let source = Arc::new(Source::new(&path, name(&path), text));
                let (file, found) = read_file(&source);
                files.extend(file);
                problems.extend(found);
            }
            Err(error) => problems.push(
                Problem::new(format!("{} cannot be read: {error}", path.display()))
                    .of_path(&path)
                    .help("name a policy file of TOML, or a folder with a corsproof.toml in it"),
            ),
        }
    }
    problems.extend(same_origin_twice(&files));
    if problems.is_empty() { Ok(files) } else { Err(Problems::new(problems)) }
}

/// All files share one internet, where an origin has one server.
fn same_origin_twice(files: &[PolicyFile]) -> Vec<Problem> {
    let mut seen: HashMap<String, &PolicyFile> = HashMap::new();
    let mut problems = Vec::new();
    for file in files {
        let origin = file.server.origin.serialize();
        if let Some(other) = seen.insert(origin.clone(), file) {
            problems.push(
                Problem::new(format!("{origin} is the server of {} as well", other.path.display()))
                    .of_path(&file.path)
                    .help("files that are checked together need an origin each: browsers tell servers by it"),
            );
        }
    }
    problems
}

/// `express` for `express/corsproof.toml`, `express/wrong-suffix` for `express/wrong-suffix.toml`.
fn name(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let folder = part(whole.parent().and_then(Path::file_name));
    let is_usual = whole.file_name().is_some_and(|name| name == FILE_NAME);
    if is_usual { folder } else { format!("{folder}/{}", part(whole.file_stem())) }
}

pub(super) fn read_file(source: &Arc<Source>) -> (Option<PolicyFile>, Vec<Problem>) {
    let mut found = Found::new(source, &FILE);
    let (tree, errors) = DeTable::parse_recoverable(source.text());
    if !errors.is_empty() {
        for error in errors {
            found.report(syntax_problem(&error, source, "a policy file"));
        }
        return (None, found.into_problems());
    }
    let root = Table::new(tree.get_ref());
    let first_line = 0..source.text().lines().next().map_or(0, str::len);
    let soundness = check_table(&root, &first_line, &FILE, Stage::Filled, &mut found);
    // What has the wrong shape is passed over, so that all else is looked at nevertheless.
    let server = root.table("server").and_then(|table| server(table, &mut found));
    let policies: Vec<Option<Policy>> =
        root.array("policy").iter().map(|node| policy(node, server.as_ref(), source, &mut found)).collect();
    check_paths(root.array("policy"), &mut found);
    let expects = expects(&root, source, &mut found);
    let policies: Option<Vec<Policy>> = policies.into_iter().collect();
    let file =
        server.zip(policies).filter(|_| soundness == Soundness::Sound).map(|(server, policies)| PolicyFile {
            path: source.path.clone(),
            name: source.id.clone(),
            text: source.shared_text(),
            server,
            policies,
            expects,
        });
    (file, found.into_problems())
}

fn server(table: &Table, found: &mut Found) -> Option<Server> {
    let origin = table.get("origin").and_then(|node| origin(node, found));
    let start = table.string("start").map(Reach::Start);
    let url = table.get("url").and_then(|node| url(node, found)).map(Reach::Url);
    Some(Server {
        origin: origin?,
        reach: start.or(url)?,
        ready: table.string("ready"),
        start_timeout: table
            .get("start_timeout")
            .and_then(Node::as_integer)
            .and_then(|seconds| u64::try_from(seconds).ok())
            .map_or(START_TIMEOUT, Duration::from_secs),
        host: match table.text("host") {
            None | Some("original") => ForwardedHost::Original,
            Some("upstream") => ForwardedHost::Upstream,
            Some(name) => ForwardedHost::Named(name.to_owned()),
        },
        framework: table.text("framework").and_then(Framework::from_word).unwrap_or_default(),
    })
}

/// An origin, exactly as browsers write it.
fn origin(node: &Node, found: &mut Found) -> Option<Origin> {
    let text = node.as_text()?;
    let problem = Problem::new(format!("{} is no origin", quoted(text)));
    match Origin::parse(text) {
        Ok(origin) if matches!(origin.scheme(), Some("http" | "https")) => return Some(origin),
        Ok(_) => found.report(
            problem
                .at_node(node, "expected http:// or https://")
                .help("pages and servers of other schemes have no CORS"),
        ),
        Err(_) if text == "null" => found.report(
            problem
                .at_node(node, "expected http:// or https://")
                .help("every sandboxed frame of every site has the origin null: it is nobody's own"),
        ),
        Err(error) => found.report(
            problem
                .at_node(node, error.problem)
                .help("an origin is a scheme, a host and a port that is not the usual one, as browsers send it in Origin"),
        ),
    }
    None
}

/// The addresses of a server that runs on this machine.
fn url(node: &Node, found: &mut Found) -> Option<Vec<SocketAddr>> {
    let text = node.as_text()?;
    let mut complain = |label: &str, help: &str| {
        let problem = Problem::new(format!("no server is asked at {}", quoted(text)));
        found.report(problem.at_node(node, label).help(help));
    };
    let url = match Url::parse(text) {
        Ok(url) if url.scheme() == "http" => url,
        Ok(url) if url.scheme() == "https" => {
            complain(
                "expected http://",
                "corsproof speaks TLS with the browser itself: name the port where the server speaks plain HTTP",
            );
            return None;
        }
        _ => {
            complain("expected http://127.0.0.1:PORT", "name where the server listens on this machine");
            return None;
        }
    };
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        complain("expected no path", "the paths are said by each [[policy]]; take this one away");
        return None;
    }
    let addresses = upstream::on_this_machine(&url);
    if addresses.is_empty() {
        complain(
            "expected 127.0.0.1, [::1] or localhost",
            "corsproof contacts no other machine: run the server here, or forward a port to it",
        );
        return None;
    }
    Some(addresses)
}

fn policy(node: &Node, server: Option<&Server>, source: &Source, found: &mut Found) -> Option<Policy> {
    let table = node.as_table()?;
    let credentials = flag(table, "credentials").unwrap_or(false);
    let origins = table.get("origins").and_then(|node| origins(node, found));
    if let (Some(Origins::Any), true, Some(node)) = (&origins, credentials, table.get("origins")) {
        found.report(
            Problem::new("`*` cannot be granted with credentials")
                .at_node(node, "not beside credentials = true")
                .help("browsers refuse it: list the origins, or let pages ask without credentials"),
        );
    }
    check_names(table, found);
    let runs_already = server.is_some_and(|server| matches!(server.reach, Reach::Url(_)));
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
        max_age: table
            .get("max_age")
            .and_then(Node::as_integer)
            .and_then(|seconds| u64::try_from(seconds).ok()),
        private: flag(table, "private").unwrap_or(credentials),
        unsafe_methods: if may_be_sent { UnsafeMethods::Sent } else { UnsafeMethods::Withheld },
        errors: texts(table, "errors"),
    })
}

/// Where the last value of a table ends.
fn last_byte(table: &Table) -> usize {
    table.entries.iter().map(|entry| entry.node.span.end).max().unwrap_or_default()
}

fn flag(table: &Table, key: &str) -> Option<bool> {
    table.get(key).and_then(Node::as_boolean)
}

fn texts(table: &Table, key: &str) -> Vec<String> {
    table.array(key).iter().filter_map(Node::as_text).map(str::to_owned).collect()
}

fn origins(node: &Node, found: &mut Found) -> Option<Origins> {
    match (node.as_text(), node.as_array()) {
        (Some("*"), _) => Some(Origins::Any),
        (Some(text), _) => {
            let help = format!("write [{text:?}] for this one origin");
            let problem = Problem::new(format!("`origins` cannot be {}", quoted(text)));
            found.report(problem.at_node(node, "expected an array, or \"*\"").help(help));
            None
        }
        (None, Some(members)) => {
            let origins: Vec<Option<Origin>> = members.iter().map(|node| origin(node, found)).collect();
            Some(Origins::List(origins.into_iter().collect::<Option<_>>()?))
        }
        (None, None) => None,
    }
}

/// Names that no page can use.
fn check_names(table: &Table, found: &mut Found) {
    for node in table.array("methods") {
        let Some(text) = node.as_text() else { continue };
        let problem = || Problem::new(format!("no page can use the method {}", quoted(text)));
        if method::is_forbidden_method(text) {
            found.report(problem().at_node(node, "browsers refuse it").help("leave it out"));
        } else if text != text.to_ascii_uppercase() {
            found.report(
                Problem::new(format!("{} is not the method {}", quoted(text), text.to_ascii_uppercase()))
                    .at_node(node, "methods are compared as they stand")
                    .help(format!("write {:?}", text.to_ascii_uppercase())),
            );
        }
    }
    for node in table.array("request_headers") {
        let Some(text) = node.as_text() else { continue };
        if request_header::is_forbidden_request_header(&crate::standard::FetchStandard, text, "") {
            found.report(
                Problem::new(format!("no script can set the header {}", quoted(text)))
                    .at_node(node, "it is the browser's own")
                    .help("leave it out: it needs no permission (https://fetch.spec.whatwg.org/#forbidden-request-header)"),
            );
        }
    }
}

/// One path, one policy.
fn check_paths(policies: &[Node], found: &mut Found) {
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

fn expects(root: &Table, source: &Source, found: &mut Found) -> Option<Vec<Expect>> {
    root.get("expect")?;
    let paths: Vec<&str> =
        root.array("policy").iter().filter_map(|node| node.as_table()?.text("path")).collect();
    let mut expects = Vec::new();
    for node in root.array("expect") {
        let Some(table) = node.as_table() else { continue };
        if let Some(path) =
            table.get("path").filter(|path| path.as_text().is_some_and(|path| !paths.contains(&path)))
        {
            found.report(
                Problem::new(format!(
                    "no [[policy]] has the path {}",
                    quoted(path.as_text().unwrap_or_default())
                ))
                .at_node(path, "unknown path")
                .help(format!("the paths are {}", paths.join(", "))),
            );
        }
        let Some(kind) = table.text("finding").and_then(Kind::from_word) else { continue };
        expects.push(Expect {
            kind,
            severity: table.text("severity").and_then(Severity::from_word),
            path: table.string("path"),
            line: source.line(node.span.start),
        });
    }
    Some(expects)
}

impl Policy {
    /// The declared origins; for everybody, two that stand for all.
    pub fn readers(&self) -> Vec<Origin> {
        match &self.origins {
            Origins::List(origins) => origins.clone(),
            Origins::Any => ["https://anybody.example", "https://somebody-else.example"]
                .iter()
                .filter_map(|origin| Origin::parse(origin).ok())
                .collect(),
        }
    }
}
