//! A right server has no finding, and each wrong one exactly its own.

use rstest::rstest;

use super::rig::{Errors, POLICY, PlainOptions, Shop, check, check_in, finding, is_listed, kinds, line};
use crate::check::{
    checked_file::CheckedFile,
    checklist::{Point, Standing},
    finding::{Kind, Severity},
};

/// The result of checking a shop that `change` has altered in one way.
fn check_with(change: fn(&mut Shop)) -> CheckedFile {
    let mut shop = Shop::right();
    change(&mut shop);
    check(POLICY, &mut |request| shop.answer(request))
}

#[test]
fn a_right_server_has_no_finding_and_meets_every_point() {
    let checked = check_with(|_| {});
    assert_eq!(kinds(&checked), []);
    assert!(checked.is_as_expected());
    for line in &checked.checklist {
        assert_eq!(line.standing, Standing::Pass, "{}: {}", line.point.word(), line.note);
        assert!(!line.cases.is_empty(), "{} rests on nothing", line.point.word());
    }
}

/// Servers that trust other origins beside or instead of those on their list.
#[rstest]
#[case::one_of_two(|o: &str| o == "https://app.shop.example", &[Kind::OriginLockedOut])]
#[case::nobody(|_: &str| false, &[Kind::OriginLockedOut])]
#[case::everybody(|_: &str| true, &[Kind::ReflectsAnyOrigin])]
#[case::null(|o: &str| is_listed(o) || o == "null", &[Kind::TrustsNull])]
#[case::prefix(|o: &str| is_listed(o) || o.starts_with("https://app.shop.example"), &[Kind::TrustsPrefix])]
#[case::suffix(|o: &str| o.starts_with("https://") && o.ends_with("shop.example"), &[Kind::TrustsSuffix])]
#[case::suffix_of_host(|o: &str| is_listed(o) || (o.starts_with("https://") && o.ends_with("app.shop.example")), &[Kind::TrustsSubdomain])]
#[case::suffix_without_scheme(|o: &str| o.ends_with("shop.example"), &[Kind::TrustsSuffix, Kind::TrustsOtherScheme])]
#[case::substring(|o: &str| o.contains("shop.example"), &[Kind::TrustsSubstring])]
#[case::dot(|o: &str| is_listed(o) || o == "https://appxshop.example", &[Kind::TrustsUnescapedDot])]
#[case::special(|o: &str| is_listed(o) || o.contains('_'), &[Kind::TrustsSpecialCharacters])]
#[case::subdomain(|o: &str| o.starts_with("https://") && o.ends_with(".shop.example"), &[Kind::TrustsSubdomain])]
#[case::scheme(|o: &str| is_listed(&o.replace("http:", "https:")), &[Kind::TrustsOtherScheme])]
#[case::port(|o: &str| is_listed(o.trim_end_matches(":8443")), &[Kind::TrustsOtherPort])]
#[case::localhost(|o: &str| is_listed(o) || o.starts_with("http://localhost"), &[Kind::TrustsLocalhost])]
fn who_is_trusted_by_mistake_is_told(#[case] trusts: fn(&str) -> bool, #[case] expected: &[Kind]) {
    let shop = Shop { trusts, ..Shop::right() };
    assert_eq!(kinds(&check(POLICY, &mut |request| shop.answer(request))), expected);
}

#[test]
fn who_sends_back_every_origin_has_no_list_either() {
    let shop = Shop { trusts: |_| true, ..Shop::right() };
    let checked = check(POLICY, &mut |request| shop.answer(request));
    let failed = checked.checklist.iter().filter(|line| line.standing < Standing::Pass);
    let failed: Vec<Point> = failed.map(|line| line.point).collect();
    assert_eq!(failed, [Point::Origins, Point::Reflection]);
}

/// The answer looks right to who wrote it, so that the finding says what is wrong with it.
#[test]
fn an_origin_that_is_written_otherwise_is_told_by_its_slip() {
    let shop = Shop { says: |origin| format!("{origin}/"), ..Shop::right() };
    let checked = check(POLICY, &mut |request| shop.answer(request));
    let locked_out = checked.findings.iter().find(|finding| finding.kind == Kind::OriginLockedOut);
    let found = &locked_out.expect("it is found").found;
    assert!(found.contains("(the answer has https://app.shop.example/: a trailing slash)"), "{found}");
}

/// Servers that answer something other than they should.
#[rstest]
#[case::trailing_slash(|shop: &mut Shop| shop.says = |origin| format!("{origin}/"), &[Kind::OriginLockedOut])]
#[case::twice(|shop: &mut Shop| shop.says = |origin| format!("{origin}, {origin}"), &[Kind::DuplicateAllowOrigin])]
#[case::login_before_preflight(|shop: &mut Shop| shop.preflight_status = 401, &[Kind::PreflightRejected])]
#[case::no_options(|shop: &mut Shop| shop.preflight_status = 405, &[Kind::OptionsNotHandled])]
#[case::method(|shop: &mut Shop| { shop.preflight.insert("Access-Control-Allow-Methods", "GET, POST"); }, &[Kind::MethodLockedOut])]
#[case::lower_case_method(|shop: &mut Shop| { shop.preflight.insert("Access-Control-Allow-Methods", "get, post, put"); }, &[Kind::MethodLockedOut, Kind::MethodUnneeded])]
#[case::header(|shop: &mut Shop| { shop.preflight.insert("Access-Control-Allow-Headers", "Content-Type"); }, &[Kind::HeaderLockedOut])]
#[case::wildcard_headers_with_credentials(|shop: &mut Shop| { shop.preflight.insert("Access-Control-Allow-Headers", "*"); }, &[Kind::HeaderLockedOut, Kind::HeaderUnneeded])]
#[case::unexposed(|shop: &mut Shop| { shop.always.remove("Access-Control-Expose-Headers"); }, &[Kind::HeaderUnexposed])]
#[case::no_credentials(|shop: &mut Shop| { shop.always.remove("Access-Control-Allow-Credentials"); }, &[Kind::CredentialsLockedOut])]
#[case::credentials_in_capitals(|shop: &mut Shop| { shop.always.insert("Access-Control-Allow-Credentials", "True"); }, &[Kind::CredentialsLockedOut, Kind::CredentialsNotExactlyTrue])]
#[case::no_vary(|shop: &mut Shop| { shop.always.remove("Vary"); }, &[Kind::VaryMissing])]
#[case::no_vary_and_cached(|shop: &mut Shop| { shop.always.remove("Vary"); shop.always.insert("Cache-Control", "max-age=60"); }, &[Kind::CachedForAnotherOrigin])]
#[case::vary_and_cached(|shop: &mut Shop| { shop.always.insert("Cache-Control", "max-age=60"); }, &[])]
#[case::no_max_age(|shop: &mut Shop| { shop.preflight.remove("Access-Control-Max-Age"); }, &[Kind::MaxAgeMissing])]
#[case::max_age_in_words(|shop: &mut Shop| { shop.preflight.insert("Access-Control-Max-Age", "10m"); }, &[Kind::MaxAgeMissing])]
#[case::shorter_max_age(|shop: &mut Shop| { shop.preflight.insert("Access-Control-Max-Age", "60"); }, &[Kind::MaxAgeDiffers])]
#[case::long_max_age(|shop: &mut Shop| { shop.preflight.insert("Access-Control-Max-Age", "86400"); }, &[Kind::MaxAgeAboveCap, Kind::MaxAgeDiffers])]
#[case::more_methods(|shop: &mut Shop| { shop.preflight.insert("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE"); }, &[Kind::MethodUnneeded])]
#[case::more_headers(|shop: &mut Shop| { shop.preflight.insert("Access-Control-Allow-Headers", "Content-Type, Authorization, X-Corsproof-Undeclared"); }, &[Kind::HeaderUnneeded])]
#[case::plain_options(|shop: &mut Shop| shop.plain_options = PlainOptions::AsPreflights, &[])]
fn a_wrong_server_has_its_own_finding_and_no_other(#[case] change: fn(&mut Shop), #[case] expected: &[Kind]) {
    assert_eq!(kinds(&check_with(change)), expected);
}

#[test]
fn plain_options_that_are_taken_for_preflights_are_told() {
    // Grants everybody's own origin, so that the page of the server itself is granted too.
    let shop = Shop { plain_options: PlainOptions::AsPreflights, trusts: |_| true, ..Shop::right() };
    let checked = check(POLICY, &mut |request| shop.answer(request));
    assert_eq!(kinds(&checked), [Kind::ReflectsAnyOrigin, Kind::PreflightSwallowsOptions]);
}

#[test]
fn an_error_without_the_headers_is_broken_on_the_path_and_advice_beside_it() {
    let shop = Shop { errors: Errors::Bare, ..Shop::right() };
    let beside = check(POLICY, &mut |request| shop.answer(request));
    assert_eq!(finding(&beside, Kind::ErrorsUnreadable).severity, Severity::Advice);
    let declared = check(&format!("{POLICY}errors = [\"/nothing\"]\n"), &mut |request| shop.answer(request));
    assert_eq!(finding(&declared, Kind::ErrorsUnreadable).severity, Severity::Broken);
}

#[test]
fn a_matcher_that_remembers_is_unstable_and_nothing_else() {
    let shop = Shop::right();
    let refusing = Shop { trusts: |_| false, ..Shop::right() };
    let mut asked = 0;
    let checked = check(POLICY, &mut |request| {
        asked += 1;
        if asked % 2 == 0 { refusing.answer(request) } else { shop.answer(request) }
    });
    assert_eq!(kinds(&checked), [Kind::Unstable]);
}

#[test]
fn a_stranger_whose_request_is_carried_out_is_told() {
    let shop = Shop::right();
    let checked = check(POLICY, &mut |request| {
        let mut answer = shop.answer(request);
        if answer.status == 403 {
            answer.status = 200;
        }
        answer
    });
    assert_eq!(kinds(&checked), [Kind::StateChangedUnread]);
    assert!(checked.is_as_expected(), "advice alone fails nobody who expects nothing");
}

#[test]
fn a_wildcard_is_as_bad_as_the_data_is_private() {
    let shop = Shop { says: |_| "*".to_owned(), trusts: |_| true, ..Shop::right() };
    let private = check(POLICY, &mut |request| shop.answer(request));
    assert_eq!(
        kinds(&private),
        [Kind::CredentialsLockedOut, Kind::WildcardWithPrivateData, Kind::WildcardWithCredentialsIgnored]
    );
    let open = POLICY.replace("credentials = true", "credentials = false");
    let listed = check(&open, &mut |request| shop.answer(request));
    assert!(kinds(&listed).contains(&Kind::WildcardInsteadOfList), "{:?}", kinds(&listed));
    let listed = ["https://app.shop.example\", \"https://admin.shop.example", "[\"", "\"]"];
    let everybody = open.replace(&format!("{}{}{}", listed[1], listed[0], listed[2]), "\"*\"");
    assert!(everybody.contains("origins = \"*\""), "{everybody}");
    let everybody = check(&everybody, &mut |request| shop.answer(request));
    assert!(
        !kinds(&everybody).iter().any(|kind| kind.severity() != Severity::Advice),
        "{:?}",
        kinds(&everybody)
    );
}

#[test]
fn a_redirect_to_somebody_else_is_told_as_that() {
    let shop = Shop::right();
    let checked = check(POLICY, &mut |request| {
        let mut answer = shop.answer(request);
        if request.method == "GET" && request.url.path() == "/data" {
            answer.status = 302;
            answer.headers.push(("Location".to_owned(), "https://bucket.example/orders".to_owned()));
        }
        answer
    });
    let told = finding(&checked, Kind::UndeclaredRedirect);
    assert!(told.found.contains("https://bucket.example"), "{}", told.found);
    assert!(!kinds(&checked).contains(&Kind::OriginLockedOut), "{:?}", kinds(&checked));
}

#[test]
fn what_may_change_something_is_withheld_from_a_server_that_runs_already() {
    let running = POLICY.replace("start  = \"true\"", "url = \"http://127.0.0.1:9\"");
    let shop = Shop::right();
    let mut changed = Vec::new();
    let checked = check(&running, &mut |request| {
        if !matches!(request.method.as_str(), "GET" | "OPTIONS") {
            changed.push(request.method.clone());
        }
        shop.answer(request)
    });
    assert_eq!(kinds(&checked), [], "the preflights say all that is needed");
    let note = &line(&checked, Point::Methods).note;
    assert!(note.contains("PUT (its preflight was judged)"), "{note}");
    assert!(note.contains("POST (it needs no preflight, so nothing is known of it)"), "{note}");
    assert_eq!(changed, Vec::<String>::new());
    let safe = check(&format!("{running}safe_to_call = true\n"), &mut |request| {
        changed.push(request.method.clone());
        shop.answer(request)
    });
    assert_eq!(kinds(&safe), []);
    assert!(changed.contains(&"PUT".to_owned()) && changed.contains(&"POST".to_owned()));
}

/// Only Chromium runs in this test.
#[rstest]
#[case::all_of_those_asked(r#"["chromium", "webkit"]"#, 0)]
#[case::none_of_those_asked(r#"["webkit"]"#, 1)]
#[case::chromium_alone(r#"["chromium"]"#, 0)]
fn what_some_engines_show_is_expected_where_they_are_asked(#[case] engines: &str, #[case] mismatches: usize) {
    let policy = format!("{POLICY}\n[[expect]]\nfinding = \"vary-missing\"\nengines = {engines}\n");
    let mut shop = Shop::right();
    shop.always.remove("Vary");
    let checked = check(&policy, &mut |request| shop.answer(request));
    assert_eq!(mismatches_of(&checked), mismatches, "{checked:?}");
    // A server without the mistake lacks what is expected of it, where anybody could show it.
    let right = check(&policy, &mut |request| Shop::right().answer(request));
    assert_eq!(mismatches_of(&right), 1 - mismatches, "{right:?}");
}

/// With `[[expect]]` the list is exact: what is missing in it fails, and what is only in it.
#[test]
fn expectations_are_exact() {
    let vary = "[[expect]]\nfinding = \"vary-missing\"\nseverity = \"advice\"\n";
    let other = "[[expect]]\nfinding = \"trusts-null\"\n";
    let mut shop = Shop::right();
    shop.always.remove("Vary");
    let checked = |policy: &str| check(policy, &mut |request| shop.answer(request));
    assert!(checked(POLICY).is_as_expected(), "advice alone fails nobody who expects nothing");
    assert!(checked(&format!("{POLICY}{vary}")).is_as_expected());
    let both = checked(&format!("{POLICY}{other}"));
    let unexpected: Vec<_> = both.unexpected().map(|finding| (finding.kind, finding.severity)).collect();
    assert_eq!(unexpected, [(Kind::VaryMissing, Severity::Advice)]);
    let vanished: Vec<Kind> = both.vanished.iter().map(|vanished| vanished.kind).collect();
    assert_eq!(vanished, [Kind::TrustsNull]);
    let worse = checked(&format!("{POLICY}{}", vary.replace("advice", "broken")));
    assert_eq!(mismatches_of(&worse), 2, "{worse:?}");
}

/// How many findings the file does not expect, and how many that it expects there are not.
fn mismatches_of(checked: &CheckedFile) -> usize {
    checked.unexpected().count() + checked.vanished.len()
}

#[test]
fn a_short_max_age_is_waited_for() {
    let policy = POLICY.replace("max_age = 600", "max_age = 2");
    let mut shop = Shop::right();
    shop.preflight.insert("Access-Control-Max-Age", "2");
    let checked = check(&policy, &mut |request| shop.answer(request));
    let told = line(&checked, Point::MaxAge);
    assert!(told.cases.iter().any(|case| case.0.contains("preflight-expires")), "{:?}", told.cases);
    assert!(told.note.contains("after it had passed asked again in chromium"), "{}", told.note);
    assert_eq!(kinds(&checked), []);
    // A browser that goes on with what it was told longer ago.
    let forgetful = check_in(&policy, &mut |request| shop.answer(request), |result| {
        if result.case.id.0.contains("preflight-expires") {
            let last = result.log.iter().rposition(|exchange| exchange.received.is_preflight());
            result.log.remove(last.expect("a preflight"));
        }
    });
    assert_eq!(kinds(&forgetful), [Kind::EnginesDisagree]);
    let told = &finding(&forgetful, Kind::EnginesDisagree).found;
    assert!(told.contains("chromium keeps a preflight's answer beyond its Max-Age"), "{told}");
}

/// The limits of engines are looked up, and said to be.
#[test]
fn what_engines_keep_at_most_is_told_as_not_observed() {
    let shop = Shop::right();
    let checked = check(POLICY, &mut |request| shop.answer(request));
    let note = &line(&checked, Point::MaxAge).note;
    assert!(note.contains("1 preflight for 2 requests in chromium"), "{note}");
    assert!(
        note.contains("7200 in chromium, 86400 in firefox, 600 in webkit (documented, not observed here)"),
        "{note}"
    );
    let long = check_with(|shop| {
        shop.preflight.insert("Access-Control-Max-Age", "7200");
    });
    let found = &finding(&long, Kind::MaxAgeAboveCap).found;
    assert!(
        found.ends_with("7200; webkit keeps no more than 600 (documented, not observed here)."),
        "{found}"
    );
}

/// A typing error in the path is no pass: what is there to be read is the layer's 404.
#[test]
fn a_path_that_is_not_there_is_told() {
    let shop = Shop::right();
    let checked = check(&POLICY.replace("/data", "/dta"), &mut |request| shop.answer(request));
    assert_eq!(kinds(&checked), [Kind::NothingProven]);
    let found = &finding(&checked, Kind::NothingProven).found;
    assert!(found.contains("every declared request was answered 404"), "{found}");
    assert!(
        checked.checklist.iter().all(|line| line.standing == Standing::Broken),
        "no point passes by errors"
    );
}

/// A point that no case could show is not reported as met.
#[test]
fn where_nobody_reads_nothing_is_known_of_the_rest() {
    let checked = check_with(|shop| shop.trusts = |_| false);
    let standing = |point| line(&checked, point).standing;
    assert_eq!(standing(Point::Origins), Standing::Broken);
    for point in [
        Point::Preflight,
        Point::Credentials,
        Point::Methods,
        Point::Headers,
        Point::MaxAge,
        Point::ExposeHeaders,
    ] {
        assert_eq!(standing(point), Standing::NotApplicable, "{}", point.word());
        let note = &line(&checked, point).note;
        assert!(
            note.starts_with("nobody who is declared could read") || note.starts_with("no preflight let"),
            "{note}"
        );
    }
}

/// Each point that holds says which request and which answer it is seen in.
#[test]
fn a_point_that_holds_shows_a_case_with_its_headers() {
    let checked = check_with(|_| {});
    let shown: Vec<String> =
        checked.checklist.iter().map(|line| format!("{}: {}", line.point.word(), line.note)).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[rstest]
fn an_error_of_any_kind_must_be_readable(#[values(401, 403, 404, 405, 429, 500, 503)] status: u16) {
    let shop = Shop::right();
    let bare = |path: &str, change: fn(&mut Vec<(String, String)>)| {
        let policy = format!("{POLICY}errors = [\"/fails\"]\n");
        check(&policy, &mut |request| {
            let mut answer = shop.answer(request);
            if request.url.path() == path && !request.is_preflight() && request.header("Origin").is_some() {
                answer.status = status;
                change(&mut answer.headers);
            }
            answer
        })
    };
    let without: fn(&mut Vec<(String, String)>) = |headers| {
        headers.retain(|(name, _)| !name.starts_with("Access-Control-"));
    };
    assert_eq!(kinds(&bare("/fails", |_| {})), [], "an error with the headers is as good as any answer");
    let told = bare("/fails", without);
    assert_eq!(kinds(&told), [Kind::ErrorsUnreadable]);
    assert_eq!(finding(&told, Kind::ErrorsUnreadable).severity, Severity::Broken);
    assert!(finding(&told, Kind::ErrorsUnreadable).found.contains(&format!("{status} to GET /fails")));
}
