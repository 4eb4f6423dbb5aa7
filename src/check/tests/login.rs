//! Servers that answer nobody without a token, which the requests of a policy hold.

use corsproof_fixture::{Message, Received};
use rstest::rstest;

use super::rig::{POLICY, Shop, check, file, finding, kinds};
use crate::{
    case::Via,
    check::{cases::probes, finding::Kind},
};

/// What a request must hold: the name of the secret, where there is no network that knows its value.
const TOKEN: &str = "Bearer ${TOKEN}";

/// The usual policy, whose pages always send the token.
fn with_token() -> String {
    let sent = format!("max_age = 600\nrequest = {{ headers = {{ Authorization = \"{TOKEN}\" }} }}");
    POLICY.replace("max_age = 600", &sent).replace(r#""Content-Type", "Authorization""#, r#""Content-Type""#)
}

/// Lets in who has the token: `inside` answers them, and [`Shop::right`] all others, with the status of one who must log in.
fn behind_a_login<'a>(inside: &'a Shop, outside: &'a Shop) -> impl FnMut(&Received) -> Message + 'a {
    |request| {
        let is_known = request.header("Authorization").as_deref() == Some(TOKEN);
        match request.is_preflight() || is_known {
            true => inside.answer(request),
            false => Message { status: 401, ..outside.answer(request) },
        }
    }
}

#[test]
fn a_server_that_lets_the_declared_pages_in_is_right() {
    let shop = Shop::right();
    assert_eq!(kinds(&check(&with_token(), &mut behind_a_login(&shop, &shop))), []);
}

/// A server that grants whoever is logged in, and tells nobody else.
#[test]
fn what_is_granted_behind_the_login_is_found() {
    let (reflects, right) = (Shop { trusts: |_| true, ..Shop::right() }, Shop::right());
    let checked = check(&with_token(), &mut behind_a_login(&reflects, &right));
    assert!(kinds(&checked).contains(&Kind::ReflectsAnyOrigin), "{:?}", kinds(&checked));
    let found = &finding(&checked, Kind::ReflectsAnyOrigin).found;
    assert!(found.contains("https://attacker.example"), "{found}");
}

#[test]
fn without_the_login_nothing_is_proven() {
    let (reflects, right) = (Shop { trusts: |_| true, ..Shop::right() }, Shop::right());
    let checked = check(POLICY, &mut behind_a_login(&reflects, &right));
    assert!(kinds(&checked).contains(&Kind::NothingProven), "{:?}", kinds(&checked));
    assert!(!checked.is_as_expected());
}

/// A form of a stranger's page cannot set a header, and a stranger has no token to set.
#[test]
fn all_but_a_strangers_form_set_what_pages_always_set() {
    let probes = probes(&file(&with_token()), corsproof_fixture::Protocols::Http1);
    for probe in &probes {
        for step in probe.case.steps.iter().filter(|step| step.request.via == Via::Fetch) {
            let sent = step.request.headers.iter().filter(|(name, _)| name == "Authorization");
            let values: Vec<&str> = sent.map(|(_, value)| value.as_str()).collect();
            let expected: &[&str] = if probe.name == "stranger[POST]" { &[] } else { &[TOKEN] };
            assert_eq!(values, expected, "{}", probe.name);
        }
    }
    assert!(probes.iter().any(|probe| probe.name == "stranger[POST]"));
}

#[rstest]
#[case::a_cookie("Cookie = \"a=b\"", "no script can set the header \"Cookie\"")]
#[case::no_name("\"a b\" = \"c\"", "\"a b\" is no name of a header")]
#[case::twice("X-A = \"1\", x-a = \"2\"", "\"x-a\" is said twice")]
#[case::two_lines("X-A = \"1\\n2\"", "is no value of a header")]
#[case::no_variable("X-A = \"${1}\"", "is no value of a header")]
#[case::not_closed("X-A = \"${TOKEN\"", "is no value of a header")]
fn headers_that_no_page_can_send_are_problems(#[case] headers: &str, #[case] expected: &str) {
    use crate::{document::source::Source, policyfile::read_file};
    let text = with_token().replace("Authorization = \"Bearer ${TOKEN}\"", headers);
    let source = Source::new(std::path::Path::new("shop/corsproof.toml"), "shop".to_owned(), text);
    let (_, problems) = read_file(&std::sync::Arc::new(source));
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(told.len() == 1 && told[0].contains(expected), "{told:?}");
}
