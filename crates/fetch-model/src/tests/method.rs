use rstest::rstest;

use crate::method::{is_cors_safelisted_method, is_forbidden_method, is_method, normalize};

#[rstest]
#[case("get", "GET")]
#[case("Post", "POST")]
#[case("options", "OPTIONS")]
#[case("patch", "patch")]
#[case("PaTcH", "PaTcH")]
#[case("query", "query")]
#[case("chicken", "chicken")]
fn six_methods_are_upper_cased(#[case] given: &str, #[case] normalized: &str) {
    assert_eq!(normalize(given), normalized);
}

#[rstest]
fn three_methods_are_safelisted(
    #[values("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get", "")] method: &str,
) {
    assert_eq!(is_cors_safelisted_method(method), ["GET", "HEAD", "POST"].contains(&method));
}

#[rstest]
#[case("TRACE", true)]
#[case("track", true)]
#[case("cOnNeCt", true)]
#[case("TRACER", false)]
#[case("GET", false)]
fn three_methods_are_forbidden(#[case] method: &str, #[case] forbidden: bool) {
    assert_eq!(is_forbidden_method(method), forbidden);
}

#[rstest]
#[case("M-SEARCH", true)]
#[case("a!#$%&'*+.^_`|~9", true)]
#[case("", false)]
#[case("A B", false)]
#[case("A,B", false)]
#[case("Ä", false)]
fn a_method_is_a_token(#[case] method: &str, #[case] token: bool) {
    assert_eq!(is_method(method), token);
}
