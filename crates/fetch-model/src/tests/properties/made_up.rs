//! Made-up input: mostly what comes up in practice, so that rules are reached, and sometimes anything.

use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
};
use url::Url;

use crate::{HeaderList, Origin};

/// Any bytes, as isomorphic text.
pub(super) fn bytes() -> impl Strategy<Value = String> {
    vec(any::<u8>(), 0..160).prop_map(|bytes| bytes.into_iter().map(char::from).collect())
}

/// A token of HTTP.
pub(super) fn token() -> impl Strategy<Value = String> {
    "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}"
}

/// `text` with each letter in either case.
pub(super) fn in_any_case(text: &'static str) -> impl Strategy<Value = String> {
    vec(any::<bool>(), text.len()).prop_map(move |upper| {
        let letters = text.chars().zip(upper);
        letters
            .map(|(c, upper)| if upper { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
            .collect()
    })
}

/// The names that the algorithms look for in a request, and others.
pub(super) fn request_header_name() -> impl Strategy<Value = String> {
    let known = select(vec![
        "accept",
        "accept-language",
        "content-language",
        "content-type",
        "range",
        "authorization",
        "cookie",
        "origin",
        "x-custom",
        "sec-fetch-mode",
        "proxy-authorization",
        "x-http-method-override",
    ]);
    prop_oneof![4 => known.prop_flat_map(in_any_case), 1 => token(), 1 => bytes()]
}

/// Values that the algorithms look for in a request, and others.
pub(super) fn request_header_value() -> impl Strategy<Value = String> {
    let known = select(vec![
        "*/*",
        "text/plain",
        "TEXT/plain; charset=utf-8",
        "application/json",
        "text/plain, text/html",
        "de-CH, en;q=0.5",
        "bytes=0-1",
        "bytes=-1",
        "bytes=2-1",
        "a=(b)",
        "TRACE",
        "Bearer abc",
        "",
        "*",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => "[a-z ]{0,200}", 1 => bytes()]
}

/// Header fields of a request.
pub(super) fn request_headers() -> impl Strategy<Value = Vec<(String, String)>> {
    vec((request_header_name(), request_header_value()), 0..6)
}

/// `fields` as a header list.
pub(super) fn list(fields: &[(String, String)]) -> HeaderList {
    fields.iter().cloned().collect()
}

/// Origins of few sites, so that they often have something in common.
pub(super) fn origin() -> impl Strategy<Value = Origin> {
    let host = prop_oneof![
        4 => select(vec!["app.example.com", "api.example.com", "example.com", "example.org", "a.github.io", "b.github.io"])
            .prop_map(str::to_owned),
        1 => select(vec!["127.0.0.1", "[2001:db8::1]", "localhost", "xn--bcher-kva.example", "com", "co.uk"])
            .prop_map(str::to_owned),
        1 => "[a-z]{1,6}(\\.[a-z]{1,6}){0,3}",
    ];
    let port = prop_oneof![3 => Just(None), 1 => select(vec![80, 443, 8080]).prop_map(Some), 1 => any::<u16>().prop_map(Some)];
    (select(vec!["http", "https"]), host, port).prop_map(|(scheme, host, port)| {
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let url = Url::parse(&format!("{scheme}://{host}{port}/")).expect("a URL");
        Origin::of(&url).expect("HTTP(S) URLs have tuple origins")
    })
}

/// A URL of such an origin.
pub(super) fn url() -> impl Strategy<Value = Url> {
    (origin(), select(vec!["/", "/data", "/data?a=b", "/#part", "/%00%FF"]))
        .prop_map(|(origin, path)| Url::parse(&format!("{origin}{path}")).expect("a URL"))
}
