//! `corsproof init` in projects as people have them: the first check asks for paths that are there.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use corsproof::Engine;
use rstest::rstest;
use serde_json::Value;

use crate::{installed_engines::installed_engines, turn};

/// An application in two files, with a list of origins in a variable.
const EXPRESS: &[(&str, &str)] = &[
    (
        "package.json",
        r#"{"type": "module", "main": "server.js", "dependencies": {"cors": "2", "express": "5"}}"#,
    ),
    (
        "server.js",
        "import cors from 'cors'\nimport express from 'express'\nimport orders from './routes/orders.js'\n\
         const pages = ['https://app.example.com', 'https://admin.example.com']\nconst app = express()\n\
         app.use(cors({ origin: pages, credentials: true, methods: ['GET', 'PUT'], maxAge: 600 }))\n\
         app.use('/api/orders', orders)\napp.listen(process.env.PORT, '127.0.0.1')\n",
    ),
    (
        "routes/orders.js",
        "import express from 'express'\nconst router = express.Router()\n\
         router.get('/', (request, response) => response.json(['first']))\n\
         router.put('/', (request, response) => response.json('changed'))\n\
         router.get('/:id', (request, response) => response.json(request.params.id))\nexport default router\n",
    ),
];

const FASTAPI: &[(&str, &str)] = &[
    ("requirements.txt", "fastapi\nuvicorn\n"),
    (
        "main.py",
        "from fastapi import APIRouter, FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\
         router = APIRouter(prefix=\"/items\")\n@router.get(\"/{item_id}\")\ndef one(item_id: int):\n    return {\"id\": item_id}\n\
         app = FastAPI()\napp.include_router(router, prefix=\"/api\")\n\
         app.add_middleware(CORSMiddleware, allow_origins=[\"https://app.example.com\"])\n",
    ),
];

/// A folder with the project in it, beside what is installed for the servers in `servers/`.
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let modules = fs::canonicalize("servers/node_modules").expect("run ci/servers");
    std::os::unix::fs::symlink(modules, folder.path().join("node_modules")).expect("a link");
    folder
}

/// The same of a server in `servers/`, without its policy files.
fn copy_of(server: &str) -> tempfile::TempDir {
    let folder = project(&[]);
    copy(&Path::new("servers").join(server), folder.path());
    for file in folder.path().read_dir().expect("a folder").flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if name == "corsproof.toml" || name.starts_with("wrong-") {
            fs::remove_file(file.path()).expect("it goes");
        }
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in from.read_dir().expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a copy");
        }
    }
}

/// What a first check of the project finds, and how it ends.
fn first_check(folder: &Path) -> (Value, Option<i32>) {
    let program = || {
        let mut program = Command::new(env!("CARGO_BIN_EXE_corsproof"));
        let python = fs::canonicalize("target/servers/python/bin").expect("run ci/servers");
        let path = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = [python].into_iter().chain(env::split_paths(&path)).collect();
        program.env("PATH", env::join_paths(folders).expect("a path"));
        // Its dependencies are built already.
        program.env("CARGO_TARGET_DIR", fs::canonicalize("target/servers/rust").expect("run ci/servers"));
        program.current_dir(folder);
        program
    };
    program().arg("init").assert().success();
    let check = program().args(["check", "--json", "--browser", "chromium"]).assert();
    let output = check.get_output();
    let json = serde_json::from_slice(&output.stdout);
    (json.unwrap_or_else(|error| panic!("{error}: {output:?}")), output.status.code())
}

/// The kinds of findings.
fn kinds(report: &Value) -> Vec<String> {
    let checks = report["checks"].as_array().expect("checks");
    let findings = checks.iter().flat_map(|check| check["findings"].as_array().into_iter().flatten());
    findings.map(|finding| finding["finding"].as_str().expect("a kind").to_owned()).collect()
}

#[rstest]
#[case::express(|| project(EXPRESS), "/api/orders/", Some(0))]
#[case::fastapi(|| project(FASTAPI), "/api/items/1", Some(0))]
#[case::axum(|| copy_of("tower-http"), "/data", Some(0))]
// Whom it lets read is in a list that another file has.
#[case::next(|| copy_of("nextjs-api-route"), "/api/data", Some(1))]
fn a_first_check_asks_for_what_is_served(
    #[case] project: fn() -> tempfile::TempDir,
    #[case] path: &str,
    #[case] code: Option<i32>,
) {
    if !installed_engines().contains(&Engine::Chromium) {
        return;
    }
    let _turn = turn::BROWSERS.blocking_read();
    let folder = project();
    let (report, ended) = first_check(folder.path());
    let file = fs::read_to_string(folder.path().join("corsproof.toml")).expect("a policy file");
    assert!(file.contains(&format!("path = \"{path}\"")), "{file}");
    let kinds = kinds(&report);
    assert!(
        !kinds.iter().any(|kind| ["not-served", "nothing-proven"].contains(&kind.as_str())),
        "{kinds:?}\n{file}"
    );
    assert_eq!(ended, code, "{kinds:?}\n{file}");
}
