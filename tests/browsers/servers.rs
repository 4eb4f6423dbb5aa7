//! The real servers in `servers/`: in every engine `check` finds exactly what their policy files expect.
//!
//! What they need is installed by `ci/servers`.

use std::path::{Path, PathBuf};

use assert_cmd::Command;

use crate::{
    installed_engines::{installed_engines, names},
    turn,
};

/// Every policy file of every server.
fn policy_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Path::new("servers")
        .read_dir()
        .expect("the servers")
        .filter_map(|folder| folder.expect("a folder").path().read_dir().ok())
        .flatten()
        .map(|file| file.expect("a file").path())
        .filter(|file| file.extension().is_some_and(|extension| extension == "toml"))
        .filter(|file| !file.ends_with("Cargo.toml"))
        .collect();
    files.sort();
    files
}

#[test]
fn what_the_servers_need_is_installed() {
    let built = ["node_modules", "nextjs-api-route/.next", "nextjs-middleware/.next", "nextjs-proxy/.next"];
    let made = ["python/bin/python", "rust/debug/tower-http-server", "rust/debug/actix-cors-server"];
    let files = built.map(|file| Path::new("servers").join(file));
    let mut missing: Vec<PathBuf> =
        files.into_iter().chain(made.map(|file| Path::new("target/servers").join(file))).collect();
    missing.retain(|file| !file.exists());
    missing.extend(["node", "nginx"].iter().filter(|name| which::which(name).is_err()).map(PathBuf::from));
    assert!(missing.is_empty(), "run ci/servers: there is no {missing:?}");
}

/// As the program says by its exit code; its output names each file where it found anything else.
#[test]
fn every_server_is_as_its_files_say() {
    let _turn = turn::BROWSERS.blocking_write();
    let run = Command::new(env!("CARGO_BIN_EXE_corsproof"))
        .arg("check")
        .args(policy_files())
        .args(["--browser", &names(&installed_engines())])
        .assert();
    let output = run.get_output();
    let said = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert!(output.status.success(), "{}", said.concat());
}
