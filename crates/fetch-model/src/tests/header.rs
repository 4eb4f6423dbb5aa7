use rstest::rstest;

use super::rig::headers;
use crate::header::{
    Unparsable, extract_header_list_values, extract_max_age, is_header_value, normalize_value,
};

const METHODS: &str = "Access-Control-Allow-Methods";

#[rstest]
#[case(&[], Ok(None))]
#[case(&[""], Ok(Some(vec![])))]
#[case(&["GET"], Ok(Some(vec!["GET"])))]
#[case(&[" GET ,\tPUT ,, "], Ok(Some(vec!["GET", "PUT"])))]
#[case(&["GET", "PUT"], Ok(Some(vec!["GET", "PUT"])))]
#[case(&["GET PUT"], Err(Unparsable))]
#[case(&["GET", "\"PUT\""], Err(Unparsable))]
#[case(&["G\u{E9}T"], Err(Unparsable))]
#[case(&["*"], Ok(Some(vec!["*"])))]
fn lists_of_tokens(#[case] values: &[&str], #[case] expected: Result<Option<Vec<&str>>, Unparsable>) {
    let fields: Vec<(&str, &str)> = values.iter().map(|value| (METHODS, *value)).collect();
    let expected = expected.map(|list| list.map(|list| list.iter().map(|item| (*item).to_owned()).collect()));
    assert_eq!(extract_header_list_values(METHODS, &headers(&fields)), expected);
}

#[rstest]
#[case(&[], Ok(None))]
#[case(&["0"], Ok(Some(0)))]
#[case(&["600"], Ok(Some(600)))]
#[case(&["600", "600"], Err(Unparsable))]
#[case(&["-1"], Err(Unparsable))]
#[case(&["1.5"], Err(Unparsable))]
#[case(&["600, 600"], Err(Unparsable))]
#[case(&[""], Err(Unparsable))]
#[case(&["99999999999999999999999"], Ok(Some(u64::MAX)))]
fn max_age(#[case] values: &[&str], #[case] expected: Result<Option<u64>, Unparsable>) {
    let fields: Vec<(&str, &str)> = values.iter().map(|value| ("access-control-max-age", *value)).collect();
    assert_eq!(extract_max_age(&headers(&fields)), expected);
}

#[rstest]
#[case(" \t\r\na b\n", "a b")]
#[case("\u{B}a\u{C}", "\u{B}a\u{C}")]
fn values_lose_http_whitespace_at_their_ends(#[case] given: &str, #[case] normalized: &str) {
    assert_eq!(normalize_value(given), normalized);
}

#[rstest]
#[case("a b", true)]
#[case("", true)]
#[case("\u{FF}", true)]
#[case(" a", false)]
#[case("a\nb", false)]
#[case("a\0b", false)]
#[case("\u{100}", false)]
fn values(#[case] value: &str, #[case] valid: bool) {
    assert_eq!(is_header_value(value), valid);
}

#[test]
fn get_joins_and_append_keeps_the_first_spelling() {
    let mut list = headers(&[("X-One", "1")]);
    list.append("x-one", "2");
    assert_eq!(list.get("X-ONE").as_deref(), Some("1, 2"));
    assert!(list.iter().all(|(name, _)| name == "X-One"));
    list.combine("X-ONE", "3");
    assert_eq!(list.values("x-one").collect::<Vec<_>>(), ["1, 3", "2"]);
    list.delete("x-one");
    assert!(!list.contains("X-One"));
}
