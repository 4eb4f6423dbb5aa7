//! What is published of each crate: what it is built from, and nothing that only tests it.

use assert_cmd::Command;
use rstest::rstest;

#[rstest]
fn a_package_holds_no_tests_and_no_servers(
    #[values("corsproof", "browsers", "corsproof-fixture", "fetch-model")] package: &str,
) {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["package", "--list", "--allow-dirty", "--offline", "--package", package];
    let output = Command::new(cargo).current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output();
    let output = output.expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8_lossy(&output.stdout);
    let files: Vec<&str> = listed.lines().collect();
    let of_tests: Vec<&&str> = files
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
        assert!(files.contains(&needed), "`include` of {package} leaves {needed} out: {files:?}");
    }
}
