//! What makes an Access-Control-Allow-Origin another text than the origin that its author meant.
//!
//! The [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check) compares the two byte by byte, so that a slash
//! is as wrong as another host. People see the host and look past the rest.

use fetch_model::Origin;
use url::Url;

use crate::words::words;

words! {
    /// One thing in which a value differs from the origin that it means.
    pub(crate) OriginSlip {
        Quotation = "quotation marks",
        NoScheme = "no scheme",
        OtherScheme = "another scheme",
        UpperCase = "upper case",
        /// A browser sends such a host in ASCII, as `xn--...`.
        Unicode = "a host that is not written in ASCII",
        OtherPort = "another port",
        DefaultPort = "the scheme's default port written out",
        TrailingSlash = "a trailing slash",
        Path = "a path",
        /// `https://*.example.com`, which browsers take for a host of that name.
        Pattern = "a pattern, which no browser expands",
    }
}

impl OriginSlip {
    /// In what `value` differs from `origin`; empty where it is the origin itself or means another host.
    pub(crate) fn of(value: &str, origin: &Origin) -> Vec<Self> {
        let serialized = origin.serialize();
        let Ok(meant) = Url::parse(&serialized) else { return Vec::new() };
        if value == serialized {
            return Vec::new();
        }
        let bare = value.trim_matches(['"', '\'']);
        let mut slips = Vec::new();
        slips.extend((bare != value).then_some(Self::Quotation));
        let (scheme, rest) = match bare.split_once("://") {
            Some((scheme, rest)) => (scheme, rest),
            None => {
                slips.push(Self::NoScheme);
                (meant.scheme(), bare)
            }
        };
        let (authority, path) = match rest.find(['/', '?', '#']) {
            Some(end) => rest.split_at(end),
            None => (rest, ""),
        };
        if is_expanded_to(authority, &meant) {
            slips.push(Self::Pattern);
            return slips;
        }
        let Ok(said) = Url::parse(&format!("{scheme}://{authority}")) else { return Vec::new() };
        if said.host() != meant.host() {
            return Vec::new();
        }
        let has_other_scheme = said.scheme() != meant.scheme();
        let has_port = authority.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        let has_upper_case =
            [scheme, authority].iter().any(|part| part.contains(|char: char| char.is_ascii_uppercase()));
        // `url` leaves out a default port that is written out.
        let found = [
            (has_other_scheme, Self::OtherScheme),
            (has_upper_case, Self::UpperCase),
            (!authority.is_ascii(), Self::Unicode),
            (said.port() != meant.port(), Self::OtherPort),
            (has_port && said.port().is_none(), Self::DefaultPort),
            (path == "/", Self::TrailingSlash),
            (path.len() > 1, Self::Path),
        ];
        slips.extend(found.into_iter().filter_map(|(is_so, slip)| is_so.then_some(slip)));
        slips
    }
}

/// Whether an authority with `*` in it would stand for that of `meant`, if it were expanded.
fn is_expanded_to(authority: &str, meant: &Url) -> bool {
    let Some((before, after)) = authority.split_once('*') else { return false };
    let authority = meant.authority();
    !(before.is_empty() && after.is_empty())
        && authority.len() >= before.len() + after.len()
        && authority.starts_with(before)
        && authority.ends_with(after)
}

/// The slips in words: `upper case and a trailing slash`.
pub(crate) fn listed(slips: &[OriginSlip]) -> String {
    let words: Vec<&str> = slips.iter().map(|slip| slip.word()).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://app.example.com/", "a trailing slash")]
    #[case("https://app.example.com/shop", "a path")]
    #[case("https://app.example.com?shop", "a path")]
    #[case("https://app.example.com:443", "the scheme's default port written out")]
    #[case("https://App.example.com", "upper case")]
    #[case("HTTPS://app.example.com/", "upper case and a trailing slash")]
    #[case("http://app.example.com", "another scheme")]
    #[case("https://app.example.com:8443", "another port")]
    #[case("app.example.com", "no scheme")]
    #[case("'https://app.example.com'", "quotation marks")]
    #[case("https://*.example.com", "a pattern, which no browser expands")]
    #[case("*.example.com", "no scheme and a pattern, which no browser expands")]
    fn each_slip_is_named(#[case] value: &str, #[case] expected: &str) {
        let origin = Origin::parse("https://app.example.com").expect("an origin");
        assert_eq!(listed(&OriginSlip::of(value, &origin)), expected);
    }

    #[rstest]
    #[case::itself("https://app.example.com")]
    #[case::everybody("*")]
    #[case::null("null")]
    #[case::another_host("https://www.example.com/")]
    #[case::another_domain("https://*.example.org")]
    #[case::nothing("")]
    #[case::no_url("https://[")]
    fn what_means_something_else_is_no_slip(#[case] value: &str) {
        let origin = Origin::parse("https://app.example.com").expect("an origin");
        assert_eq!(OriginSlip::of(value, &origin), []);
    }

    #[test]
    fn a_host_of_other_letters_and_a_port_are_compared_as_browsers_send_them() {
        let origin = Origin::parse("http://xn--bcher-kva.example:5173").expect("an origin");
        assert_eq!(OriginSlip::of("http://bücher.example:5173", &origin), [OriginSlip::Unicode]);
        assert_eq!(OriginSlip::of("http://xn--bcher-kva.example", &origin), [OriginSlip::OtherPort]);
        let default = OriginSlip::of("http://xn--bcher-kva.example:80", &origin);
        assert_eq!(default, [OriginSlip::OtherPort, OriginSlip::DefaultPort]);
    }
}
