use proptest::{collection::vec, option, prelude::*, sample::select};

use super::{
    super::rig::{self, client, headers, sent, user_agent},
    made_up::{bytes, origin, request_headers, token, url},
};
use crate::{
    Body, BodyInit, BodySource, CacheMode, CredentialsMode, FetchStandard, HeaderList, HttpRequest,
    InternalResponse, Keepalive, Origin, RedirectMode, ReferrerPolicy, RequestInit, RequestMode, Response,
    Rules, Synchronous, UseCorsPreflight, WithCredentials, XhrInit,
    method::{is_cors_safelisted_method, is_forbidden_method},
    request_header::is_cors_safelisted_request_header,
};

/// Header fields of an answer: often a grant.
fn response_headers() -> impl Strategy<Value = HeaderList> {
    let field = |name: &'static str, values: Vec<&'static str>| {
        let value = prop_oneof![6 => select(values).prop_map(str::to_owned), 1 => bytes()];
        option::weighted(0.7, value.prop_map(move |value| (name.to_owned(), value)))
    };
    let grants = (
        field("Access-Control-Allow-Origin", vec!["*", "https://app.example.com", "null"]),
        field("Access-Control-Allow-Credentials", vec!["true", "True"]),
        field("Access-Control-Allow-Methods", vec!["*", "PUT, DELETE", "put", "a b"]),
        field("Access-Control-Allow-Headers", vec!["*", "x-custom, authorization", "content-type"]),
        field("Access-Control-Max-Age", vec!["0", "5", "99999999999999999999", "-1"]),
    );
    let others = vec(
        prop_oneof![
            (Just("Location".to_owned()), location()),
            (
                Just("Set-Cookie".to_owned()),
                prop_oneof![bytes(), Just("a=b; Path=/; Secure; SameSite=None".to_owned())]
            ),
            (Just("Access-Control-Expose-Headers".to_owned()), prop_oneof![bytes(), Just("*".to_owned())]),
            (
                Just("Cross-Origin-Resource-Policy".to_owned()),
                prop_oneof![bytes(), Just("same-site".to_owned())]
            ),
            (Just("Referrer-Policy".to_owned()), prop_oneof![bytes(), Just("no-referrer".to_owned())]),
            (bytes(), bytes()),
        ],
        0..4,
    );
    (grants, others)
        .prop_map(|((a, b, c, d, e), others)| [a, b, c, d, e].into_iter().flatten().chain(others).collect())
}

fn location() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => url().prop_map(String::from),
        1 => select(vec!["/next", "", "data:,x", "https://user:pass@api.example.com/", "https://[", "//example.org/#x"])
            .prop_map(str::to_owned),
        1 => bytes(),
    ]
}

/// An answer that grants all it can, and half the time leads on: the way to what lies behind a grant.
fn generous_answer() -> impl Strategy<Value = InternalResponse> {
    let origin = prop_oneof![2 => Just("https://app.example.com"), 1 => Just("*"), 1 => Just("null")];
    (origin, option::of((select(vec![301, 303, 307]), url()))).prop_map(|(origin, redirect)| {
        let mut header_list = headers(&[
            ("Access-Control-Allow-Origin", origin),
            ("Access-Control-Allow-Credentials", "true"),
            ("Access-Control-Allow-Methods", "*, PUT, patch, GET"),
            ("Access-Control-Allow-Headers", "*, x-custom, authorization, content-type, range, accept"),
        ]);
        let status = redirect.map_or(200, |(status, url)| {
            header_list.append("Location", url.as_str());
            status
        });
        InternalResponse::new(status, header_list, b"body".to_vec())
    })
}

fn any_answer() -> impl Strategy<Value = InternalResponse> {
    let status =
        prop_oneof![3 => Just(200), 2 => select(vec![301, 302, 303, 307, 308, 204, 304]), 1 => any::<u16>()];
    (status, response_headers(), vec(any::<u8>(), 0..16))
        .prop_map(|(status, header_list, body)| InternalResponse::new(status, header_list, body))
}

fn answers() -> impl Strategy<Value = Vec<InternalResponse>> {
    vec(prop_oneof![3 => generous_answer(), 1 => any_answer()], 0..12)
}

fn body() -> impl Strategy<Value = BodyInit> {
    (vec(any::<u8>(), 0..16), select(vec![BodySource::Bytes, BodySource::Null]), option::of(bytes()))
        .prop_map(|(bytes, source, r#type)| BodyInit { body: Body { bytes, source }, r#type })
}

fn method() -> impl Strategy<Value = String> {
    let known = select(vec!["GET", "get", "HEAD", "POST", "PUT", "patch", "OPTIONS", "TRACE", "*"]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => token(), 1 => bytes()]
}

/// What a script asks for that gets far.
fn plain_init() -> impl Strategy<Value = RequestInit> {
    let header = select(vec![
        ("X-Custom", "1"),
        ("Authorization", "x"),
        ("Content-Type", "application/json"),
        ("Range", "bytes=0-"),
    ]);
    let method = option::of(select(vec!["GET", "PUT", "patch", "POST"]));
    (method, vec(header, 0..3), option::of(select(CredentialsMode::ALL))).prop_map(
        |(method, headers, credentials)| RequestInit {
            method: method.map(str::to_owned),
            headers: headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            credentials,
            ..RequestInit::default()
        },
    )
}

fn init() -> impl Strategy<Value = RequestInit> {
    prop_oneof![2 => plain_init(), 1 => any_init()]
}

fn any_init() -> impl Strategy<Value = RequestInit> {
    let modes = (
        option::of(select(RequestMode::ALL)),
        option::of(select(CredentialsMode::ALL)),
        option::of(select(CacheMode::ALL)),
        option::of(select(RedirectMode::ALL)),
        option::of(select(ReferrerPolicy::ALL)),
    );
    let referrer = prop_oneof![
        Just(String::new()),
        Just("about:client".to_owned()),
        Just("https://user:pass@app.example.com/?q#f".to_owned()),
        url().prop_map(String::from),
        bytes()
    ];
    let others = (
        option::of(referrer),
        option::weighted(0.2, prop_oneof![bytes(), Just("sha256-x sha512-y?z".to_owned())]),
        option::of(select(vec![Keepalive::True, Keepalive::False])),
    );
    (option::of(method()), request_headers(), option::weighted(0.3, body()), modes, others).prop_map(
        |(
            method,
            headers,
            body,
            (mode, credentials, cache, redirect, referrer_policy),
            (referrer, integrity, keepalive),
        )| RequestInit {
            method,
            headers,
            body,
            referrer_policy,
            mode,
            credentials,
            cache,
            redirect,
            integrity,
            keepalive,
            referrer,
        },
    )
}

fn input() -> impl Strategy<Value = String> {
    prop_oneof![8 => url().prop_map(String::from), 1 => Just("data:text/plain,x".to_owned()), 1 => bytes()]
}

fn page() -> impl Strategy<Value = Origin> {
    prop_oneof![6 => Just(rig::origin("https://app.example.com")), 1 => origin(), 1 => Just(Origin::new_opaque(7))]
}

fn is_preflight(request: &HttpRequest) -> bool {
    request.method == "OPTIONS" && request.header_list.contains("Access-Control-Request-Method")
}

/// What holds of everything that is sent, whatever was asked and answered.
fn check_the_wire(page: &Origin, mode: RequestMode, sent: &[HttpRequest]) -> Result<(), TestCaseError> {
    for (index, request) in sent.iter().enumerate() {
        prop_assert!(!is_forbidden_method(&request.method));
        prop_assert!(request.url.fragment().is_none());
        prop_assert!(matches!(request.url.scheme(), "http" | "https"));
        if is_preflight(request) {
            prop_assert!(!request.header_list.contains("Cookie"));
            prop_assert!(!request.header_list.contains("Authorization"));
            prop_assert!(request.header_list.contains("Origin"));
            prop_assert!(request.body.is_empty());
            continue;
        }
        let is_foreign = Origin::of(&request.url).is_none_or(|origin| !origin.is_same_origin(page));
        if mode != RequestMode::Cors || !is_foreign {
            continue;
        }
        prop_assert!(request.header_list.contains("Origin"));
        let has_asked = sent[..index].iter().any(|other| is_preflight(other) && other.url == request.url);
        let headers = request.header_list.iter().filter(|(name, _)| {
            // Those of the user agent, which are on the wire here as well.
            let own = ["Origin", "Referer", "Cookie", "Pragma", "Cache-Control", "Accept-Encoding"];
            !own.contains(name) && !name.starts_with("Sec-Fetch-")
        });
        let mut unsafe_headers =
            headers.filter(|(name, value)| !is_cors_safelisted_request_header(name, value));
        let is_safe = is_cors_safelisted_method(&request.method) && unsafe_headers.next().is_none();
        prop_assert!(is_safe || has_asked, "{} {} was not asked about", request.method, request.url);
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_fetch_ends_and_keeps_the_rules_of_the_wire(
        input in input(), init in init(), page in page(), answers in answers(),
    ) {
        let mode = init.mode.unwrap_or(RequestMode::Cors);
        let include = init.credentials == Some(CredentialsMode::Include);
        let last = answers.last().cloned();
        let number = answers.len();
        let mut user_agent = user_agent(answers);
        let Ok(request) = FetchStandard.new_request(&input, init, page.clone(), client()) else { return Ok(()) };
        let response = user_agent.fetch(request);
        let sent = sent(user_agent);
        prop_assert!(sent.len() <= number + 1, "each answer is used once");
        check_the_wire(&page, mode, &sent)?;
        if let (Response::Cors(_), true, Some(last)) = (&response, include && sent.len() == number, last) {
            let get = |name| last.header_list.get(name).unwrap_or_default();
            prop_assert_eq!(get("Access-Control-Allow-Credentials"), "true");
            prop_assert_ne!(get("Access-Control-Allow-Origin"), "*");
        }
        if let Response::Cors(response) | Response::Basic(response) = response {
            prop_assert!(!response.header_list.contains("Set-Cookie"));
        }
    }

    #[test]
    fn so_does_every_xhr(
        input in input(), method in method(), headers in request_headers(), body in option::of(body()),
        with_credentials in any::<bool>(), listens in any::<bool>(), waits in any::<bool>(), answers in answers(),
    ) {
        let init = XhrInit {
            method,
            headers,
            body,
            with_credentials: if with_credentials { WithCredentials::True } else { WithCredentials::False },
            upload_listener: if listens { UseCorsPreflight::Set } else { UseCorsPreflight::Unset },
            synchronous: if waits { Synchronous::Set } else { Synchronous::Unset },
        };
        let page = rig::origin("https://app.example.com");
        let Ok(request) = FetchStandard.send(&input, init, page.clone(), client()) else { return Ok(()) };
        let mut user_agent = user_agent(answers);
        user_agent.fetch(request);
        check_the_wire(&page, RequestMode::Cors, &sent(user_agent))?;
    }

    #[test]
    fn a_user_agent_lives_through_many_fetches(
        fetches in vec((input(), init(), 0..8_u64), 1..6), answers in answers(),
    ) {
        let mut user_agent = user_agent(answers);
        for (input, init, seconds) in fetches {
            user_agent.advance(seconds);
            let page = rig::origin("https://app.example.com");
            if let Ok(request) = FetchStandard.new_request(&input, init, page, client()) {
                user_agent.fetch(request);
            }
        }
    }
}
