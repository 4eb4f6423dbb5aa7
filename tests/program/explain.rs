//! `corsproof explain`, of what people have: words of a console, a requirement.

use rstest::rstest;

use crate::command::{command, corsproof, err, out};

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
