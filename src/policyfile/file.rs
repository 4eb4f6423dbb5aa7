//! `corsproof.toml` as a whole.

use std::{
    collections::{BTreeSet, HashMap},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use browsers::Engine;
use toml::de::DeTable;

use super::{
    policy::{check_paths, policy},
    server::server,
};
use crate::{
    check::{
        Expect, PolicyFile,
        finding::{Kind, Severity},
        policy::promise::Policy,
    },
    document::{
        checker::{Soundness, Stage, check_table},
        problem::{FileProblems, Problem, Problems},
        quotation::quoted,
        source::Source,
        syntax::syntax_problem,
        tree::Table,
    },
    input_file,
    policyfile::keys::FILE,
};

/// The name of the policy file in a folder that stands for it.
const FILE_NAME: &str = "corsproof.toml";

/// Reads policy files; a folder stands for the [`FILE_NAME`] in it.
///
/// # Errors
/// Everything that is wrong in any of them.
pub(crate) fn read(paths: &[PathBuf]) -> Result<Vec<PolicyFile>, Problems> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        let path = if path.is_dir() { path.join(FILE_NAME) } else { path.clone() };
        match input_file::read_document(&path) {
            Ok(text) => {
                let source = Arc::new(Source::new(&path, name(&path), text));
                let (file, found) = read_file(&source);
                files.extend(file);
                problems.extend(found);
            }
            Err(error) => problems.push(
                Problem::new(format!("{} cannot be read: {error}", path.display())).of_path(&path).help(
                    match error.kind() {
                        io::ErrorKind::InvalidData => "save it as UTF-8",
                        _ => "name a policy file of TOML, or a folder with a corsproof.toml in it",
                    },
                ),
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

pub(crate) fn read_file(source: &Arc<Source>) -> (Option<PolicyFile>, Vec<Problem>) {
    let mut found = FileProblems::new(source, &FILE);
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
    let folder = source.path.parent().unwrap_or(Path::new(""));
    let server = root.table("server").and_then(|table| server(table, folder, &mut found));
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

fn expects(root: &Table, source: &Source, found: &mut FileProblems) -> Option<Vec<Expect>> {
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
            engines: table.get("engines").map(|_| engines(table)),
            line: source.line(node.span.start),
        });
    }
    Some(expects)
}

fn engines(table: &Table) -> BTreeSet<Engine> {
    table.array("engines").iter().filter_map(|node| node.as_text()?.parse().ok()).collect()
}
