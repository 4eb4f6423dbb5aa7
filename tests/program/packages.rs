//! What is published of each crate: what it is built from, and nothing that only tests it.

use std::collections::BTreeSet;
use std::path::Path;

use assert_cmd::Command;
use rstest::rstest;

#[rstest]
fn a_package_holds_no_tests_and_no_servers(
    #[values("corsproof", "browsers", "corsproof-fixture", "fetch-model")] package: &str,
) {
    let files = packaged(package);
    let of_tests: Vec<&String> = files
        .iter()
        .filter(|file| {
            let mut parts = file.split('/');
            let is_of_tests =
                |part: &str| matches!(part, "tests" | "tests.rs" | "snapshots" | "servers" | "target");
            parts.any(is_of_tests) || file.ends_with(".snap")
        })
        .collect();
    assert!(of_tests.is_empty(), "`include` of {package} takes what only tests need: {of_tests:?}");
    for needed in ["Cargo.toml", "README.md", "src/lib.rs"] {
        assert!(files.contains(needed), "`include` of {package} leaves {needed} out: {files:?}");
    }
}

/// What a source file includes is no dependency that `cargo package --list` follows: a package without it is made, and
/// does not compile.
#[rstest]
#[case::corsproof("corsproof", ".")]
#[case::browsers("browsers", "crates/browsers")]
#[case::fixture("corsproof-fixture", "servers/fixture")]
#[case::model("fetch-model", "crates/fetch-model")]
fn a_package_holds_what_its_sources_include(#[case] package: &str, #[case] folder: &str) {
    let files = packaged(package);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    for source in files.iter().filter(|file| file.ends_with(".rs")) {
        let text = std::fs::read_to_string(folder.join(source)).expect("a packaged file is there");
        for included in included(&text) {
            let beside = Path::new(source).parent().expect("a source has a folder").join(included);
            let included = normalized(&beside);
            assert!(
                files.contains(&included),
                "`include` of {package} leaves {included} out, which {source} includes"
            );
        }
    }
}

/// The paths in `include_str!` and `include_bytes!`.
fn included(source: &str) -> impl Iterator<Item = &str> {
    ["include_str!(\"", "include_bytes!(\""].into_iter().flat_map(|call| {
        source.split(call).skip(1).filter_map(|rest| rest.split_once('"')).map(|(path, _)| path)
    })
}

/// `src/../samples/a.png` as `samples/a.png`, as packages list it.
fn normalized(path: &Path) -> String {
    let mut parts = Vec::new();
    for part in path.components().map(|part| part.as_os_str().to_string_lossy()) {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part.into_owned());
        }
    }
    parts.join("/")
}

/// The files that `cargo package` puts into the package.
fn packaged(package: &str) -> BTreeSet<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["package", "--list", "--allow-dirty", "--offline", "--package", package];
    let output = Command::new(cargo).current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output();
    let output = output.expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}
