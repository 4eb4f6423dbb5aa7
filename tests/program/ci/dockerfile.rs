//! The image: read instruction by instruction, since nothing here can build it.

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

use super::text;

#[derive(Debug)]
struct Instruction {
    keyword: String,
    arguments: String,
}

/// The instructions, each in one line.
fn instructions() -> Vec<Instruction> {
    let file = text("ci/Dockerfile");
    let lines: Vec<&str> = file.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    let joined = lines.join("\n").replace("\\\n", " ");
    let instructions = joined.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let (keyword, arguments) = line.split_once(' ').expect("an instruction and its arguments");
        let arguments = arguments.split_whitespace().collect::<Vec<_>>().join(" ");
        Instruction { keyword: keyword.to_owned(), arguments }
    });
    instructions.collect()
}

fn all(keyword: &str) -> Vec<String> {
    instructions().into_iter().filter(|one| one.keyword == keyword).map(|one| one.arguments).collect()
}

/// What apt-get installs in it.
fn packages() -> BTreeSet<String> {
    let [install] = <[String; 1]>::try_from(
        all("RUN").into_iter().filter(|run| run.contains("apt-get install")).collect::<Vec<_>>(),
    )
    .expect("one installing RUN");
    let list = install
        .split("--no-install-recommends ")
        .nth(1)
        .expect("a list")
        .split(" &&")
        .next()
        .expect("its end");
    list.split(' ').map(str::to_owned).collect()
}

/// The packages that `ci/setup` installs for the engines.
fn packages_of_setup() -> BTreeSet<String> {
    let script = text("ci/setup");
    let needed = script.lines().filter_map(|line| line.trim().strip_prefix("need ")?.split(' ').next());
    let added = script.split("packages+=(").skip(1).filter_map(|rest| rest.split(')').next());
    // The last builds, which the image does elsewhere; the other is the script's own variable.
    needed.chain(added).filter(|name| !["gcc", "\"$package\""].contains(name)).map(str::to_owned).collect()
}

#[test]
fn it_knows_only_instructions_that_there_are() {
    let known = ["FROM", "RUN", "WORKDIR", "COPY", "USER", "ENTRYPOINT", "CMD"];
    let instructions = instructions();
    assert_eq!(instructions[0].keyword, "FROM");
    for instruction in &instructions {
        assert!(known.contains(&instruction.keyword.as_str()), "{instruction:?}");
    }
    for keyword in ["ENTRYPOINT", "CMD"] {
        let [form] = <[String; 1]>::try_from(all(keyword)).expect("one");
        let words: Vec<Value> = serde_json::from_str(&form).expect("the exec form, which needs no shell");
        assert!(!words.is_empty());
    }
}

#[test]
fn it_has_the_packages_that_the_engines_need() {
    assert_eq!(packages(), packages_of_setup());
    assert!(packages().len() >= 6, "{:?}", packages());
    assert!(all("RUN").iter().any(|run| run.starts_with("cargo install geckodriver --locked")));
}

/// Asked of Debian's own list, where the machine has one.
#[test]
fn debian_has_those_packages() {
    let is_debian = std::fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.contains("VERSION_CODENAME=bookworm"));
    let lists = Command::new("apt-cache").args(["policy", "xvfb"]).output();
    let has_lists =
        lists.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("Version table"));
    if !is_debian || !has_lists {
        return;
    }
    for package in packages() {
        let output = Command::new("apt-cache").args(["policy", &package]).output().expect("apt-cache");
        let text = String::from_utf8_lossy(&output.stdout);
        let candidate = text.lines().find_map(|line| line.trim().strip_prefix("Candidate: "));
        assert!(candidate.is_some_and(|version| version != "(none)"), "{package}: {text}");
    }
}

#[test]
fn it_runs_as_nobody_in_particular() {
    let keywords: Vec<String> = instructions().into_iter().map(|one| one.keyword).collect();
    let user = keywords.iter().rposition(|keyword| keyword == "USER").expect("a USER");
    assert!(user < keywords.iter().position(|keyword| keyword == "ENTRYPOINT").expect("an ENTRYPOINT"));
    let id: u32 = all("USER").last().expect("a USER").parse().expect("a number, which needs no look-up");
    assert_ne!(id, 0);
    assert!(all("RUN").iter().any(|run| run.contains(&format!("useradd --uid {id} --create-home"))));
}

#[test]
fn its_stages_fit() {
    let manifest: toml::Table = text("Cargo.toml").parse().expect("TOML");
    let rust = manifest["workspace"]["package"]["rust-version"].as_str().expect("a version").to_owned();
    let stages = all("FROM");
    assert_eq!(stages[0], format!("rust:{rust}-bookworm AS build"));
    assert!(stages.iter().all(|stage| stage.contains(':') && !stage.contains(":latest")), "{stages:?}");
    let copied =
        all("COPY").into_iter().find(|copy| copy.starts_with("--from=build")).expect("a copy from the build");
    assert!(copied.contains("/geckodriver") && copied.contains("/release/corsproof"), "{copied}");
}

#[test]
fn it_keeps_no_secrets_and_no_lists() {
    let file = text("ci/Dockerfile").to_lowercase();
    for word in ["secret", "token", "password", "api_key", "credential"] {
        assert!(!file.contains(word), "{word}");
    }
    let install = all("RUN").into_iter().find(|run| run.contains("apt-get")).expect("an installing RUN");
    assert!(
        install.starts_with("apt-get update && ") && install.contains("rm -rf /var/lib/apt/lists/*"),
        "{install}"
    );
    let ignored = text(".dockerignore");
    assert!(["target", ".git"].iter().all(|name| ignored.lines().any(|line| line == *name)), "{ignored}");
}
