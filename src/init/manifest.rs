//! What a project's own files say: their dependencies, whatever they are written in.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::input_file;

/// The dependencies that a package's manifest names.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The name of the manifest file.
    pub(super) file: &'static str,
    /// The names of what the project depends on, in lower case.
    pub(super) dependencies: BTreeSet<String>,
}

impl Manifest {
    pub(super) fn has(&self, name: &str) -> bool {
        self.dependencies.contains(name)
    }
}

/// `package.json` as a manifest, and as JSON for its scripts.
pub(super) fn package_json(folder: &Path) -> Option<(Manifest, Value)> {
    let json: Value = serde_json::from_str(&read(folder, "package.json")?).ok()?;
    let dependencies = ["dependencies", "devDependencies"]
        .iter()
        .filter_map(|field| json[field].as_object())
        .flat_map(|names| names.keys().map(|name| name.to_lowercase()))
        .collect();
    Some((Manifest { file: "package.json", dependencies }, json))
}

/// The dependencies in `requirements.txt` or `pyproject.toml`.
pub(super) fn python(folder: &Path) -> Option<Manifest> {
    if let Some(text) = read(folder, "requirements.txt") {
        return Some(Manifest {
            file: "requirements.txt",
            dependencies: text.lines().filter_map(requirement).collect(),
        });
    }
    let toml: toml::Table = read(folder, "pyproject.toml")?.parse().ok()?;
    let listed =
        toml.get("project").and_then(|project| project.get("dependencies")).and_then(toml::Value::as_array);
    let listed = listed.into_iter().flatten().filter_map(toml::Value::as_str).filter_map(requirement);
    let poetry =
        toml.get("tool").and_then(|tool| tool.get("poetry")).and_then(|poetry| poetry.get("dependencies"));
    let of_poetry =
        poetry.and_then(toml::Value::as_table).into_iter().flat_map(|table| table.keys().cloned());
    let dependencies = listed.chain(of_poetry).map(|name| name.to_lowercase()).collect();
    Some(Manifest { file: "pyproject.toml", dependencies })
}

/// The dependencies in `Cargo.toml`.
pub(super) fn cargo(folder: &Path) -> Option<Manifest> {
    let toml: toml::Table = read(folder, "Cargo.toml")?.parse().ok()?;
    let dependencies = toml.get("dependencies").and_then(toml::Value::as_table)?.keys().cloned().collect();
    Some(Manifest { file: "Cargo.toml", dependencies })
}

/// The port of the first server in `nginx.conf` (or `nginx/nginx.conf`), and the file.
pub(super) fn nginx(folder: &Path) -> Option<(PathBuf, u16)> {
    let file = ["nginx.conf", "nginx/nginx.conf"].into_iter().find(|file| folder.join(file).is_file())?;
    let text = read(folder, file)?;
    let words = text.lines().find_map(|line| line.trim().strip_prefix("listen "))?;
    let address = words.trim_end_matches(';').split_whitespace().next()?;
    let port = address.rsplit(':').next()?.parse().ok()?;
    Some((PathBuf::from(file), port))
}

pub(super) fn read(folder: &Path, file: &str) -> Option<String> {
    let text = input_file::read_document(&folder.join(file)).ok()?;
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

/// The name in a line such as `Flask-Cors[extra]>=4.0 ; python_version > "3"`.
fn requirement(line: &str) -> Option<String> {
    let line = line.split('#').next()?.trim();
    let is_part = |char: char| char.is_ascii_alphanumeric() || "-_.".contains(char);
    let name: String = line.chars().take_while(|char| is_part(*char)).collect();
    (!name.is_empty() && !name.starts_with('-')).then(|| name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("fastapi==0.165.0", Some("fastapi"))]
    #[case("Flask-Cors[extra]>=4.0 ; python_version > \"3\"", Some("flask-cors"))]
    #[case("django  # the framework", Some("django"))]
    #[case("-r base.txt", None)]
    #[case("# nothing", None)]
    fn requirements_are_read(#[case] line: &str, #[case] name: Option<&str>) {
        assert_eq!(requirement(line).as_deref(), name);
    }

    #[rstest]
    #[case("server {\n  listen 8080;\n}", Some(8080))]
    #[case("server {\n  listen 127.0.0.1:3000 default_server;\n}", Some(3000))]
    #[case("server {\n  listen unix:/run/nginx.sock;\n}", None)]
    #[case("server {}", None)]
    fn the_port_of_nginx_is_read(#[case] text: &str, #[case] port: Option<u16>) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("nginx.conf"), text).expect("a file");
        assert_eq!(nginx(folder.path()).map(|(_, port)| port), port);
    }
}
