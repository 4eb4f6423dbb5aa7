//! `corsproof explain`, of what people have: words of a console, a requirement, a recording.

use std::fs;

use assert_cmd::assert::Assert;
use rstest::rstest;

use crate::command::{command, corsproof, err, json, out, schema_of};

const CONSOLE: &str = "\
main.js:7 Access to fetch at 'http://localhost:3000/orders/7' from origin 'http://localhost:5173' has been blocked by
CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.
main.js:7 PUT http://localhost:3000/orders/7 net::ERR_FAILED
Uncaught (in promise) TypeError: Failed to fetch
    at save (main.js:7:3)
main.js:7 Access to fetch at 'http://localhost:3000/orders/8' from origin 'http://localhost:5173' has been blocked by
CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.
[Error] Origin http://localhost:5173 is not allowed by Access-Control-Allow-Origin. Status code: 500
[Error] Fetch API cannot load http://localhost:3000/data due to access control checks.
";

#[test]
fn a_console_is_explained_message_by_message() {
    let told = command().args(["explain", "-"]).write_stdin(CONSOLE).assert().success();
    insta::assert_snapshot!(out(&told));
}

#[test]
fn words_may_come_without_quotes_around_them() {
    let told = out(&corsproof(&[
        "explain",
        "Origin",
        "null",
        "is",
        "not",
        "allowed",
        "by",
        "Access-Control-Allow-Origin.",
    ])
    .success());
    assert!(told.starts_with("allow-origin-missing or allow-origin-mismatch\n"), "{told}");
}

#[test]
fn a_requirement_has_a_page() {
    insta::assert_snapshot!(out(&corsproof(&["explain", "r73"]).success()));
}

#[rstest]
#[case::no_text("", "there is no text")]
#[case::another_text("hello world", "'corsproof explain' lists them")]
#[case::what_a_script_gets("TypeError: Failed to fetch", "The reason stands in the browser's console")]
#[case::nearly_a_reason("method-not-alowed", "did you mean 'method-not-allowed'?")]
#[case::no_such_requirement("R999", "'corsproof coverage' lists them")]
fn what_is_not_understood_is_refused_with_a_way_on(#[case] text: &str, #[case] says: &str) {
    let refused = corsproof(&["explain", text]).code(2);
    assert!(err(&refused).contains(says), "{}", err(&refused));
    assert_eq!(out(&refused), "");
}

/// What is pasted comes from pages that anybody wrote.
#[test]
fn no_page_drives_the_terminal_by_its_console() {
    let text = "Access to fetch at 'https://a.example/\u{1b}]0;x\u{7}' from origin 'https://b.example' has been blocked by \
                CORS policy: It does not have HTTP ok status.";
    let told = out(&corsproof(&["explain", text]).success());
    assert!(!told.contains(['\u{1b}', '\u{7}']), "{told:?}");
}

const HAR: &str = "tests/recorded/shop.har";

#[test]
fn a_recording_is_told_worst_first() {
    insta::assert_snapshot!(out(&corsproof(&["explain", "--har", HAR]).code(1)));
}

#[test]
fn a_recording_is_told_to_programs() {
    let document = json(&out(&corsproof(&["explain", "--har", HAR, "--json"]).code(1)));
    let validator = jsonschema::draft202012::new(&schema_of("har")).expect("the schema is a schema");
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    insta::assert_json_snapshot!(document);
}

/// The file has a cookie, a token, a body and a query that nobody may see.
#[rstest]
#[case(&["explain", "--har", HAR])]
#[case(&["explain", "--har", HAR, "--json"])]
fn no_secret_of_a_recording_is_told(#[case] arguments: &[&str]) {
    let told = corsproof(arguments).code(1);
    assert!(fs::read_to_string(HAR).expect("the recording").matches("SECRET-").count() > 4);
    for text in [out(&told), err(&told)] {
        assert!(!text.contains("SECRET"), "{text}");
    }
}

/// A HAR file with this as its entries.
fn file_with(entries: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), format!("{{\"log\": {{\"entries\": {entries}}}}}\n")).expect("it is written");
    file
}

fn explained(file: &tempfile::NamedTempFile) -> Assert {
    corsproof(&["explain", "--har", &file.path().display().to_string()])
}

#[test]
fn a_recording_in_which_all_is_readable_is_a_success() {
    let allowed = r#"[{
        "request": { "method": "GET", "url": "http://localhost:3000/", "headers": [{ "name": "origin", "value": "http://localhost:5173" }] },
        "response": { "status": 200, "headers": [{ "name": "access-control-allow-origin", "value": "*" }] }
    }]"#;
    let told = out(&explained(&file_with(allowed)).success());
    assert!(told.ends_with("✓ 1 request of CORS: 0 blocked, 1 readable, 0 not known\n"), "{told}");
    let words = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("the file does not tell which requests had credentials"), "{told}");
    let nothing = out(&explained(&file_with("[]")).success());
    assert!(nothing.ends_with("✓ no request of CORS is in this file\n"), "{nothing}");
}

#[rstest]
#[case::cut_off("[{\"request\": ", "ends in the middle of the recording")]
#[case::no_json("[}", "this is no JSON")]
#[case::field_that_is_missing("[{\"request\": {\"method\": \"GET\"}}]", "missing field `url`")]
#[case::secret_in_the_wrong_place(
    "[{\"request\": {\"method\": \"GET\", \"url\": \"http://a.example/\", \"cookies\": \"SECRET=1, expected by nobody\"}}]",
    "line 1, column 120: this is not what the format has here, which is a sequence"
)]
fn a_file_that_is_no_recording_is_refused_with_the_place(#[case] entries: &str, #[case] says: &str) {
    let file = match says.contains("middle") {
        true => {
            let file = tempfile::NamedTempFile::new().expect("a file");
            fs::write(file.path(), format!("{{\"log\": {{\"entries\": {entries}")).expect("it is written");
            file
        }
        false => file_with(entries),
    };
    let refused = explained(&file).code(2);
    let name = file.path().display().to_string();
    assert!(err(&refused).contains(says) && err(&refused).contains(&name), "{}", err(&refused));
    assert!(!err(&refused).contains("SECRET"), "{}", err(&refused));
    assert_eq!(out(&refused), "");
}

#[rstest]
#[case::no_file(&["explain", "--har", "/no/such/file.har"], "/no/such/file.har cannot be read")]
#[case::a_folder(&["explain", "--har", "tests"], "it is a folder")]
#[case::words_besides(&["explain", "--har", HAR, "method-not-allowed"], "cannot be used with")]
#[case::json_of_nothing(&["explain", "--json"], "--har <FILE>")]
#[case::json_of_words(&["explain", "--json", "method-not-allowed"], "cannot be used with")]
fn what_goes_with_a_recording_is_said(#[case] arguments: &[&str], #[case] says: &str) {
    let refused = corsproof(arguments).code(2);
    assert!(err(&refused).contains(says), "{}", err(&refused));
}
