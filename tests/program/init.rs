//! `corsproof init`: what it writes, what it says, and that it overwrites nothing.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use rstest::rstest;
use serde_json::Value;
use tempfile::TempDir;

use crate::command::without_browsers;

const EXPRESS: &[(&str, &str)] =
    &[("package.json", r#"{"main": "server.js", "dependencies": {"express": "5"}}"#), ("server.js", "")];

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn init(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corsproof"))
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .arg("init")
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn toml(path: &Path) -> toml::Table {
    fs::read_to_string(path).expect("a file").parse().expect("TOML")
}

fn yaml(path: &Path) -> Value {
    yaml_serde::from_str(&fs::read_to_string(path).expect("a file")).expect("YAML")
}

#[test]
fn it_writes_both_files_and_says_what_it_guessed_and_what_is_next() {
    let folder = folder(EXPRESS);
    let output = init(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    insta::assert_snapshot!("init_says", out(&output));
    let policy = toml(&folder.path().join("corsproof.toml"));
    assert_eq!(policy["server"]["start"].as_str(), Some("node server.js"));
    assert_eq!(policy["server"]["framework"].as_str(), Some("express"));
    assert_eq!(policy["policy"].as_array().map(Vec::len), Some(1));
    let workflow = yaml(&folder.path().join(".github/workflows/cors.yml"));
    let steps = workflow["jobs"]["cors"]["steps"].as_array().expect("steps");
    assert!(steps.iter().any(|step| step["run"] == "npm install"), "{steps:#?}");
    assert!(steps.iter().any(|step| step["with"]["arguments"] == "corsproof.toml"), "{steps:#?}");
}

#[test]
fn nothing_is_overwritten() {
    let folder = folder(&[("corsproof.toml", "mine"), (".github/workflows/cors.yml", "mine")]);
    let output = init(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(out(&output).matches("is there already, and stays as it is").count(), 2, "{}", out(&output));
    for file in ["corsproof.toml", ".github/workflows/cors.yml"] {
        assert_eq!(fs::read_to_string(folder.path().join(file)).expect("a file"), "mine");
    }
}

/// A policy that is there is no hindrance to a workflow for it.
#[test]
fn what_is_missing_is_written_beside_what_is_there() {
    let folder = folder(&[("corsproof.toml", "mine")]);
    let output = init(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(folder.path().join(".github/workflows/cors.yml").is_file());
    assert_eq!(fs::read_to_string(folder.path().join("corsproof.toml")).expect("a file"), "mine");
    assert!(!out(&output).contains("Guessed"), "{}", out(&output));
}

/// CI services read workflows at the top of a repository only.
#[test]
fn in_a_repository_the_workflow_goes_to_its_top() {
    let repository = folder(&[
        (".git/HEAD", ""),
        ("my api/requirements.txt", "flask"),
        ("my api/app.py", "app = Flask(__name__)"),
    ]);
    let output = init(repository.path(), &["my api"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let workflow = yaml(&repository.path().join(".github/workflows/cors.yml"));
    let steps = workflow["jobs"]["cors"]["steps"].as_array().expect("steps");
    let install = steps.iter().find(|step| step["run"].is_string()).expect("an installing step");
    assert_eq!(install["working-directory"], "my api");
    assert!(steps.iter().any(|step| step["with"]["arguments"] == "my api/corsproof.toml"), "{steps:#?}");
    assert!(out(&output).contains("corsproof check 'my api/corsproof.toml'"), "{}", out(&output));
}

#[test]
fn a_pipeline_that_is_there_is_told_how_to_take_the_job_in() {
    let repository = folder(&[
        (".git/HEAD", ""),
        (".gitlab-ci.yml", "stages: [test]\n"),
        ("api/nginx.conf", "listen 8080;"),
    ]);
    let output = init(repository.path(), &["api", "--ci", "gitlab"]);
    assert!(out(&output).contains("include:\n    - local: .gitlab/cors.yml"), "{}", out(&output));
    let job = &yaml(&repository.path().join(".gitlab/cors.yml"))["cors"];
    assert_eq!(job["before_script"][6], "(cd api && nginx -p . -c nginx.conf)", "{job:#}");
    assert_eq!(
        toml(&repository.path().join("api/corsproof.toml"))["server"]["url"].as_str(),
        Some("http://127.0.0.1:8080")
    );
}

#[test]
fn where_nothing_can_be_guessed_it_says_so() {
    let folder = folder(&[]);
    let output = init(folder.path(), &[]);
    assert!(out(&output).contains("Nothing shows how the server is started"), "{}", out(&output));
    assert!(toml(&folder.path().join("corsproof.toml"))["server"]["url"].is_str());
}

#[test]
fn a_folder_that_is_not_there_is_not_made() {
    let folder = folder(&[]);
    let output = init(folder.path(), &["nowhere"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("nowhere is no folder"), "{output:?}");
    assert!(!folder.path().join("nowhere").exists());
}

/// Every text that is put in is put in as YAML.
#[rstest]
#[case::github("github", ".github/workflows/cors.yml")]
#[case::gitlab("gitlab", ".gitlab-ci.yml")]
fn each_runtime_makes_a_workflow(#[case] ci: &str, #[case] file: &str) {
    let projects: [&[(&str, &str)]; 5] = [
        EXPRESS,
        &[("package.json", r#"{"dependencies": {"next": "16"}}"#), ("yarn.lock", "")],
        &[("requirements.txt", "fastapi"), ("main.py", "app = FastAPI()")],
        &[("Cargo.toml", "[dependencies]\naxum = \"0.8\"")],
        &[("nginx.conf", "listen 8080;")],
    ];
    for project in projects {
        let folder = folder(project);
        assert_eq!(init(folder.path(), &["--ci", ci]).status.code(), Some(0));
        let text = fs::read_to_string(folder.path().join(file)).expect("a file");
        for left in ["@SETUP@", "@FILE@", "@PACKAGES@", "@REPOSITORY@"] {
            assert!(!text.contains(left), "{left} is left:\n{text}");
        }
        assert!(yaml(&folder.path().join(file)).is_object());
        // A file that check cannot read is code 2.
        without_browsers(&["check", &folder.path().display().to_string()]).code(3);
    }
}
