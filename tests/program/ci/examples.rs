//! The example workflows: what `corsproof init` writes for an Express server.

use std::{collections::BTreeSet, fs, process::Command};

use rstest::rstest;

use super::{text, yaml};

/// So they cannot grow old unnoticed. To write them anew: run init in such a folder.
#[rstest]
#[case::github("github", ".github/workflows/cors.yml")]
#[case::gitlab("gitlab", ".gitlab-ci.yml")]
fn they_are_what_init_writes(#[case] ci: &str, #[case] file: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let package = r#"{"main": "server.js", "dependencies": {"express": "5", "cors": "2"}}"#;
    for (name, text) in [("package.json", package), ("server.js", ""), ("package-lock.json", "{}")] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_corsproof"));
    let output = command.current_dir(folder.path()).args(["init", "--ci", ci]).output().expect("it runs");
    assert!(output.status.success(), "{output:?}");
    let written = fs::read_to_string(folder.path().join(file)).expect("a workflow");
    assert_eq!(written, text(&format!("ci/examples/{ci}.yml")));
}

/// What the workflow gives the action, the action takes.
#[test]
fn the_github_workflow_gives_the_action_inputs_that_it_has() {
    let workflow = yaml("ci/examples/github.yml");
    let job = &workflow["jobs"]["cors"];
    let steps = job["steps"].as_array().expect("steps");
    let step = steps
        .iter()
        .find(|step| step["uses"].as_str().is_some_and(|uses| uses.contains("/ci/action@")))
        .expect("a step that uses the action");
    let action = yaml("ci/action/action.yml");
    let inputs: BTreeSet<&String> = action["inputs"].as_object().expect("inputs").keys().collect();
    let given: BTreeSet<&String> = step["with"].as_object().expect("with").keys().collect();
    assert!(given.is_subset(&inputs), "{given:?} against {inputs:?}");
    let browsers: Vec<&str> = job["strategy"]["matrix"]["browser"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|name| name.as_str())
        .collect();
    assert_eq!(browsers, ["chromium", "firefox", "webkit"]);
    // Each report that is written is among the files that are kept.
    let reports = step["with"]["report"].as_str().expect("reports");
    let kept = steps.last().expect("a step")["with"]["path"]
        .as_str()
        .expect("a path")
        .trim_end_matches('*')
        .to_owned();
    let is_kept = |report: &str| match report.split_once('=') {
        Some(("github", path)) => path == "-",
        Some((_, path)) => path.starts_with(&kept),
        None => false,
    };
    assert!(reports.lines().all(is_kept), "{reports}");
}

#[test]
fn the_gitlab_job_installs_what_it_drives_and_keeps_its_reports() {
    let job = &yaml("ci/examples/gitlab.yml")["cors"];
    let lines: Vec<&str> = ["before_script", "script"]
        .iter()
        .flat_map(|part| job[*part].as_array().expect("a list"))
        .filter_map(|line| line.as_str())
        .collect();
    let installs = lines.iter().find(|line| line.starts_with("apt-get install")).expect("an installing line");
    for package in ["chromium", "chromium-driver", "firefox-esr", "nodejs"] {
        assert!(installs.split(' ').any(|word| word == package), "{package}: {installs}");
    }
    assert!(lines.iter().any(|line| line.contains("cargo install geckodriver --locked")));
    let check = lines.iter().find(|line| line.starts_with("corsproof check")).expect("a check");
    let junit = job["artifacts"]["reports"]["junit"].as_str().expect("a report");
    assert!(check.contains(&format!("--report junit={junit}")), "{check}");
    for kept in job["artifacts"]["paths"].as_array().expect("paths").iter().filter_map(|path| path.as_str()) {
        assert!(check.contains(&format!("={kept} ")), "{kept}: {check}");
    }
}
