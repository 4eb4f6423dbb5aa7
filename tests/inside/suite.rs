//! The suite that is embedded in the binary, and suites read from folders.

use std::{collections::HashSet, fs, path::Path};

use rstest::rstest;
use tempfile::TempDir;

use crate::case::{Case, ExpectedRead, Filter, Isolation};
use crate::casefile::Suite;

/// What every file here begins with; a case reads a granted GET unless it says otherwise.
const HEAD: &str = r#"
title = "A file"
spec = "https://fetch.spec.whatwg.org/#concept-cors-check"

[defaults]
page = "https://app.example.com"
response = "200\nAccess-Control-Allow-Origin: *"

[defaults.request]
url = "https://api.example.com/data"
"#;

/// A folder with these files, each after [`HEAD`].
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(path, format!("{HEAD}{text}")).expect("a file");
    }
    folder
}

fn suite(files: &[(&str, &str)]) -> Suite {
    Suite::read(folder(files).path()).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The only case of a file with this text.
fn case(text: &str) -> Case {
    let suite = suite(&[("a/b.toml", text)]);
    assert_eq!(suite.cases().len(), 1);
    (*suite.cases()[0]).clone()
}

fn ids<'a>(cases: impl IntoIterator<Item = &'a std::sync::Arc<Case>>) -> Vec<String> {
    cases.into_iter().map(|case| case.id.0.clone()).collect()
}

fn embedded() -> Suite {
    Suite::embedded().unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn the_embedded_suite_is_good() {
    let suite = embedded();
    assert!(!suite.cases().is_empty());
    let ids: HashSet<_> = suite.cases().iter().map(|case| &case.id).collect();
    assert_eq!(ids.len(), suite.cases().len(), "identities are unique");
    for case in suite.cases() {
        let is_blocked = case.steps.iter().any(|step| step.expect.read == ExpectedRead::Blocked);
        assert!(!is_blocked || !case.twins.is_empty(), "{} is blocked and has no twin", case.id);
    }
}

#[test]
fn the_folder_reads_as_the_embedded_suite_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let read = Suite::read(&folder).unwrap_or_else(|problems| panic!("{problems}"));
    let embedded = embedded();
    assert_eq!(ids(read.cases()), ids(embedded.cases()));
}

#[test]
fn identities_are_folder_file_and_name() {
    let text = "[[case]]\nname = \"one\"\nexpect = { read = \"allowed\", sent = [\"GET\"] }\n";
    let folder = folder(&[("top.toml", text), ("area/topic.toml", text), ("area/deep/topic.toml", text)]);
    let suite = Suite::read(folder.path()).unwrap_or_else(|problems| panic!("{problems}"));
    let name = folder.path().file_name().expect("a name").to_string_lossy().into_owned();
    let expected = ["area/deep/topic/one".to_owned(), "area/topic/one".to_owned(), format!("{name}/top/one")];
    assert_eq!(ids(suite.cases()), expected);
    assert_eq!(suite.cases()[0].id.area(), "area");
    assert_eq!(suite.cases()[0].id.file(), "area/deep/topic");
}

#[test]
fn a_single_file_is_a_suite() {
    let folder = folder(&[(
        "area/topic.toml",
        "[[case]]\nname = \"one\"\nexpect = { read = \"allowed\", sent = [\"GET\"] }\n",
    )]);
    let suite =
        Suite::read(&folder.path().join("area/topic.toml")).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(ids(suite.cases()), ["area/topic/one"]);
}

#[rstest]
#[case::product(
    r#"matrix = { verb = ["GET", "HEAD"], n-times = [1, 2] }"#,
    &["[verb=GET,n-times=1]", "[verb=GET,n-times=2]", "[verb=HEAD,n-times=1]", "[verb=HEAD,n-times=2]"],
)]
#[case::rows(
    r#"matrix = [{ verb = "GET", n-times = 1 }, { n-times = 2, verb = "HEAD" }]"#,
    &["[verb=GET,n-times=1]", "[verb=HEAD,n-times=2]"],
)]
#[case::header("[case.matrix]\nverb = [\"GET\"]\nn-times = [true]", &["[verb=GET,n-times=true]"])]
fn a_matrix_makes_cases(#[case] matrix: &str, #[case] expected: &[&str]) {
    let text = format!(
        "[[case]]\nname = \"one\"\nrequest = {{ method = \"{{verb}}\", url = \"https://api.example.com/{{n-times}}\" }}\n\
         expect = {{ read = \"allowed\", sent = [\"{{verb}} https://api.example.com/{{n-times}}\"] }}\n{matrix}\n"
    );
    let suite = suite(&[("a/b.toml", &text)]);
    let expected: Vec<String> = expected.iter().map(|values| format!("a/b/one{values}")).collect();
    assert_eq!(ids(suite.cases()), expected);
    for case in suite.cases() {
        assert_eq!(case.sent[0].url.as_deref(), Some(case.steps[0].request.url.as_str()), "{}", case.id);
        assert_eq!(case.scenario.resources[0].url.as_str(), case.steps[0].request.url);
    }
}

/// A line of an answer's head that becomes blank is dropped, and a value with line feeds is several lines.
#[rstest]
#[case::nothing("", "200\nVary: Origin\n\n{body}\n")]
#[case::one("X: 1", "200\nX: 1\nVary: Origin\n\n{body}\n")]
#[case::two("X: 1\\nX: 2", "200\nX: 1\nX: 2\nVary: Origin\n\n{body}\n")]
#[case::blank_ones("\\nX: 1\\n\\n", "200\nX: 1\nVary: Origin\n\n{body}\n")]
fn placeholders_in_the_head_of_an_answer(#[case] lines: &str, #[case] expected: &str) {
    let case = case(&format!(
        "[[case]]\nname = \"one\"\nmatrix = {{ lines = [\"{lines}\"], body = [\"a\\n\\nb\"] }}\n\
         response = \"\"\"\n200\n{{lines}}\nVary: Origin\n\n{{body}}\n\"\"\"\n\
         expect = {{ read = \"allowed\", sent = [\"GET\"] }}\n"
    ));
    let corsproof_fixture::Source::Text(text) = &case.scenario.resources[0].response[0].source else {
        panic!("the answer is text")
    };
    assert_eq!(*text, expected.replace("{body}", "a\n\nb"));
}

#[test]
fn an_answer_that_is_one_placeholder_is_its_value() {
    let case = case(
        "[[case]]\nname = \"one\"\nmatrix = { answer = [\"200\\nVary: Origin\\n\\nhello\"] }\nresponse = \"{answer}\"\n\
         expect = { read = \"allowed\", sent = [\"GET\"] }\n",
    );
    let corsproof_fixture::Source::Text(text) = &case.scenario.resources[0].response[0].source else {
        panic!("the answer is text")
    };
    assert_eq!(text, "200\nVary: Origin\n\nhello");
}

#[test]
fn tables_are_merged_key_by_key_and_the_rest_is_replaced() {
    let text = r#"
[defaults.request.headers]
x-default = "1"
x-both = "1"

[defaults.at."https://other.example.com/"]
response = "404"

[[case]]
name = "one"
request = { method = "POST", headers = { x-own = "2", x-both = "2" } }
expect = { read = "allowed", sent = ["OPTIONS", "POST"] }

[case.at."https://own.example.com/"]
response = "404"
"#;
    let case = case(text);
    let request = &case.steps[0].request;
    assert_eq!(request.url, "https://api.example.com/data");
    assert_eq!(request.method.as_deref(), Some("POST"));
    let headers: Vec<String> =
        request.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    assert_eq!(headers, ["x-default: 1", "x-both: 2", "x-own: 2"]);
    let urls: Vec<&str> = case.scenario.resources.iter().map(|resource| resource.url.as_str()).collect();
    assert_eq!(
        urls,
        ["https://api.example.com/data", "https://other.example.com/", "https://own.example.com/"]
    );
}

#[test]
fn a_list_of_headers_replaces_a_table_of_them() {
    let case = case(
        "[defaults.request.headers]\nx-default = \"1\"\n\n[[case]]\nname = \"one\"\n\
         request = { headers = [[\"b\", \"1\"], [\"a\", \"2\"], [\"b\", \"3\"]] }\n\
         expect = { read = \"allowed\", sent = [\"OPTIONS\", \"GET\"] }\n",
    );
    let names: Vec<&str> = case.steps[0].request.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["b", "a", "b"]);
}

#[test]
fn steps_have_from_the_case_what_they_do_not_say() {
    let case = case(
        r#"
[[case]]
name = "one"
expect = { read = "allowed", status = 200, sent = ["GET", "GET https://api.example.com/other"] }

[[case.step]]

[[case.step]]
context = "worker"
request = { url = "https://api.example.com/other", via = "xhr" }
response = "404\nAccess-Control-Allow-Origin: *"
expect = { status = 404 }
"#,
    );
    let statuses: Vec<_> = case.steps.iter().map(|step| step.expect.status).collect();
    assert_eq!(statuses, [Some(200), Some(404)]);
    assert_eq!(case.sent.len(), 2);
    assert_eq!(case.scenario.resources.len(), 2);
}

#[test]
fn what_the_steps_send_is_one_list() {
    let case = case(
        "[[case]]\nname = \"one\"\nexpect = { read = \"allowed\" }\n\n\
         [[case.step]]\nexpect = { sent = [\"OPTIONS\", \"PUT\"] }\n\n[[case.step]]\nexpect = { sent = [\"PUT\"] }\n",
    );
    let methods: Vec<&str> = case.sent.iter().map(|request| request.method.as_str()).collect();
    assert_eq!(methods, ["OPTIONS", "PUT", "PUT"]);
}

#[rstest]
#[case::usual("", Isolation::Shared)]
#[case::short(
    "response = { text = \"200\\nAccess-Control-Allow-Origin: *\", delay-ms = 499 }",
    Isolation::Shared
)]
#[case::long(
    "response = { text = \"200\\nAccess-Control-Allow-Origin: *\", delay-ms = 500 }",
    Isolation::Slow
)]
#[case::silent("at.\"https://other.example.com/\".response = { hang = true }", Isolation::Slow)]
#[case::said(
    "isolation = \"alone\"\nresponse = { text = \"200\\nAccess-Control-Allow-Origin: *\", delay-ms = 500 }",
    Isolation::Alone
)]
fn what_waits_is_slow(#[case] keys: &str, #[case] expected: Isolation) {
    let case = case(&format!(
        "[[case]]\nname = \"one\"\n{keys}\nexpect = {{ read = \"allowed\", sent = [\"GET\"] }}\n"
    ));
    assert_eq!(case.isolation, expected);
}

/// `one` is blocked and names its twin; `two` and `three` are readable, with matrices of their own.
fn with_twins(twin: &str, own: &str, theirs: &str) -> Suite {
    let text = |name: &str, matrix: &str, rest: &str| {
        format!(
            "[[case]]\nname = \"{name}\"\nmatrix = {matrix}\nrequest = {{ url = \"https://api.example.com/{{path}}\" }}\n{rest}\n"
        )
    };
    let blocked = "response = \"200\"\nexpect = { read = \"blocked\", reason = \"allow-origin-missing\", sent = [\"GET\"] }";
    let readable = "expect = { read = \"allowed\", sent = [\"GET\"] }";
    let first = text("one", own, &format!("twin = {twin}\n{blocked}")) + &text("two", theirs, readable);
    let second = text("three", "{ path = [\"a\"] }", readable);
    suite(&[("a/first.toml", &first), ("b/second.toml", &second)])
}

#[rstest]
#[case::same_values(r#""two""#, r#"{ path = ["a", "b"] }"#, &["a/first/two[path=a]"])]
#[case::by_placeholder(r#""t{path}o""#, r#"{ path = ["w"] }"#, &["a/first/two[path=w]"])]
#[case::of_another_file(r#""b/second/three""#, r#"{ path = ["a"] }"#, &["b/second/three[path=a]"])]
#[case::several(r#"["two", "b/second/three"]"#, r#"{ path = ["a"] }"#, &["a/first/two[path=a]", "b/second/three[path=a]"])]
fn twins_agree_on_what_both_have(#[case] twin: &str, #[case] own: &str, #[case] expected: &[&str]) {
    let suite = with_twins(twin, own, r#"{ path = ["a", "b", "w"] }"#);
    let twins: Vec<&str> = suite.cases()[0].twins.iter().map(|id| id.0.as_str()).collect();
    assert_eq!(twins, expected);
}

#[rstest]
#[case::all(&[], &[], 4)]
#[case::one_and_its_twin(&["*one*"], &[], 2)]
#[case::file(&["b/second"], &[], 1)]
#[case::either(&["b/*", "*two[path=b]"], &[], 2)]
#[case::skipped(&[], &["a/first/two"], 3)]
#[case::nothing(&["b/second/thre"], &[], 0)]
#[case::all_skipped(&["b"], &["*"], 0)]
fn a_selection_is_closed_over_twins(
    #[case] filters: &[&str],
    #[case] skips: &[&str],
    #[case] expected: usize,
) {
    let suite = with_twins(r#""two""#, r#"{ path = ["a"] }"#, r#"{ path = ["a", "b"] }"#);
    let filters: Vec<Filter> = filters.iter().copied().map(Filter::new).collect();
    let skips: Vec<Filter> = skips.iter().copied().map(Filter::new).collect();
    assert_eq!(suite.select(&filters, &skips).len(), expected);
}

#[test]
fn a_known_difference_says_only_what_differs() {
    let case = case(
        r#"
[[case]]
name = "one"
expect = { read = "allowed", status = 200, body = "", sent = ["GET"] }

[case.known.webkit]
status = 201
note = "Why."
link = "https://bugs.example/1"
since = "2.50"

[case.known.firefox]
read = "blocked"
reason = "network-failure"
note = "Why."
link = "docs/firefox.md"
since = "153"
"#,
    );
    let mut known = case.known.values().map(|known| &known.steps[&0]);
    let firefox = known.next().expect("firefox is known");
    assert_eq!((firefox.read, firefox.status), (ExpectedRead::Blocked, None));
    let webkit = known.next().expect("webkit is known");
    assert_eq!(
        (webkit.read, webkit.status, webkit.body.as_deref()),
        (ExpectedRead::Allowed, Some(201), Some(""))
    );
}

#[test]
fn a_known_difference_may_be_of_some_variants() {
    let suite = suite(&[(
        "a/b.toml",
        r#"
[[case]]
name = "one"
matrix = { verb = ["GET", "HEAD"] }
request = { method = "{verb}" }
expect = { read = "allowed", sent = ["{verb}"] }

[case.known.chromium]
read = "opaque"
matrix = { verb = ["HEAD"] }
note = "Why."
link = "https://bugs.example/1"
since = "156"
"#,
    )]);
    let known: Vec<usize> = suite.cases().iter().map(|case| case.known.len()).collect();
    assert_eq!(known, [0, 1]);
}
