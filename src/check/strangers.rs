//! Strangers: origins that an attacker would derive from the declared ones, and that must not be able to read.

use url::{Host, Url};

use fetch_model::Origin;

/// The site of the strangers' pages.
pub(super) const ATTACKER: &str = "attacker.example";

/// Characters that browsers accept in a host and few people expect there: all engines `_` and `$`, Chromium and
/// WebKit `!` and `~`.
const SPECIAL: [char; 4] = ['_', '$', '!', '~'];

/// The one of them that the network's TLS takes in a name; pages with the others are http.
const SPECIAL_OVER_TLS: char = '_';

/// The usual origins of development servers: on the reader's machine, or in his network.
const LOCAL: [&str; 9] = [
    "http://localhost:3000",
    "http://localhost:8080",
    "http://localhost",
    "http://localhost:5173",
    "http://localhost:4200",
    "http://127.0.0.1:3000",
    "http://127.0.0.1:5173",
    "http://[::1]:3000",
    "http://192.168.0.17",
];

/// Hosting services where anybody gets a name; a list may let in all of them for the sake of one.
const HOSTING: [&str; 4] = ["vercel.app", "netlify.app", "pages.dev", "github.io"];

/// In what respect a stranger's origin resembles a declared one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Disguise {
    /// The name has nothing in common with the reader's: another site.
    Unrelated,
    /// A sandboxed frame, whose origin is `null`.
    SandboxedFrame,
    /// A redirect across origins, which makes the origin `null`.
    Redirect,
    /// The same host under the other scheme.
    Scheme,
    /// The same host on another port.
    Port,
    /// A sub-domain of a declared host.
    Subdomain,
    /// Another host of the same registrable domain.
    Sibling,
    /// A host that begins with the declared host.
    Prefix,
    /// A host that ends as the declared registrable domain.
    SuffixOfDomain,
    /// A host that ends as the declared host.
    SuffixOfHost,
    /// A host that contains the declared host.
    Substring,
    /// A letter where the declared host has a dot.
    UnescapedDot,
    /// The declared host with a dot at the end.
    TrailingDot,
    /// The declared host, a special character and another site.
    SpecialCharacter,
    /// A page that is served on the reader's own machine, or in his network.
    Localhost,
    /// Anybody's page at a hosting service.
    Hosting,
    /// A beginning of a declared origin: a list that is one text contains it.
    Piece,
    /// What a declared pattern does not match, and a loose form of it does.
    NearMiss,
}

impl Disguise {
    /// A word for identities of cases.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Unrelated => "other",
            Self::SandboxedFrame => "null",
            Self::Redirect => "null-by-redirect",
            Self::Scheme => "scheme",
            Self::Port => "port",
            Self::Subdomain => "subdomain",
            Self::Sibling => "sibling",
            Self::Prefix => "prefix",
            Self::SuffixOfDomain => "domain-suffix",
            Self::SuffixOfHost => "suffix",
            Self::Substring => "substring",
            Self::UnescapedDot => "dot",
            Self::TrailingDot => "trailing-dot",
            Self::SpecialCharacter => "special-character",
            Self::Localhost => "localhost",
            Self::Hosting => "hosting",
            Self::Piece => "piece",
            Self::NearMiss => "near-miss",
        }
    }
}

/// An origin that must not be able to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stranger {
    /// The resemblance to a declared origin.
    pub disguise: Disguise,
    /// The origin of the stranger's page.
    pub page: Origin,
}

/// The strangers to pages of `readers`, each origin once; the server itself is not among them, nor an origin that is
/// declared in whatever way.
pub(super) fn strangers(
    readers: &[Origin],
    is_declared: impl Fn(&Origin) -> bool,
    server: &Origin,
) -> Vec<Stranger> {
    let unrelated = format!("https://{ATTACKER}");
    let mut made = vec![(Disguise::Unrelated, unrelated)];
    for origin in readers {
        made.extend(made_from(origin));
    }
    // One is enough: a list that falls for a character does so for every host.
    if let Some((scheme, host)) = readers.iter().filter_map(parts).find(|(_, host)| is_name(host)) {
        let with = |scheme, character| {
            (Disguise::SpecialCharacter, format!("{scheme}://{host}{character}.{ATTACKER}"))
        };
        made.push(with(scheme, SPECIAL_OVER_TLS));
        made.extend(SPECIAL.map(|character| with("http", character)));
    }
    made.extend(LOCAL.map(|origin| (Disguise::Localhost, origin.to_owned())));
    made.extend(HOSTING.map(|domain| (Disguise::Hosting, format!("https://attacker.{domain}"))));
    let mut strangers: Vec<Stranger> = Vec::new();
    for (disguise, text) in made {
        let Ok(page) = Origin::parse(&text) else { continue };
        let is_known =
            is_declared(&page) || page == *server || strangers.iter().any(|stranger| stranger.page == page);
        if !is_known {
            strangers.push(Stranger { disguise, page });
        }
    }
    // `null` has no page of its own: it is what the unrelated page's frame or a redirect from a declared page has.
    if let Some(Stranger { page, .. }) = strangers.first().cloned() {
        strangers.push(Stranger { disguise: Disguise::SandboxedFrame, page: page.clone() });
        let page = readers.first().cloned().unwrap_or(page);
        strangers.push(Stranger { disguise: Disguise::Redirect, page });
    }
    strangers
}

/// The scheme and the host of an origin, as they are written.
fn parts(origin: &Origin) -> Option<(&'static str, String)> {
    let url = Url::parse(&origin.serialize()).ok()?;
    let scheme = if url.scheme() == "https" { "https" } else { "http" };
    Some((scheme, url.host_str()?.to_owned()))
}

/// Whether a host has parts of which others can be made.
fn is_name(host: &str) -> bool {
    host != "localhost" && matches!(Host::parse(host), Ok(Host::Domain(_)))
}

fn made_from(origin: &Origin) -> Vec<(Disguise, String)> {
    let Some((scheme, host)) = parts(origin) else { return Vec::new() };
    let port = Url::parse(&origin.serialize()).ok().and_then(|url| url.port());
    let own_port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let other_scheme = if scheme == "https" { "http" } else { "https" };
    let other_port = if port == Some(8443) { 9443 } else { 8443 };
    let mut made = vec![
        (Disguise::Scheme, format!("{other_scheme}://{host}{own_port}")),
        (Disguise::Port, format!("{scheme}://{host}:{other_port}")),
    ];
    if host.starts_with('[') {
        return made;
    }
    made.push((Disguise::Prefix, format!("{scheme}://{host}.{ATTACKER}")));
    // What follows keeps the port, which is part of what a server compares.
    let own_domain = psl::domain_str(&host).filter(|_| is_name(&host));
    let mut with_port = |disguise, other: String| {
        // Whatever it resembles: a name of the declared host's own registrable domain is its owner's.
        let is_owners = own_domain.is_some() && psl::domain_str(&other) == own_domain;
        let disguise = match disguise {
            Disguise::SuffixOfHost | Disguise::UnescapedDot if is_owners => Disguise::Sibling,
            disguise => disguise,
        };
        made.push((disguise, format!("{scheme}://{other}{own_port}")));
    };
    with_port(Disguise::Substring, format!("attacker{host}.{ATTACKER}"));
    if !is_name(&host) {
        return made;
    }
    with_port(Disguise::Subdomain, format!("attacker.{host}"));
    with_port(Disguise::SuffixOfHost, format!("attacker{host}"));
    with_port(Disguise::TrailingDot, format!("{host}."));
    // The beginning of an origin has no port, whatever the origin has.
    let piece = host.rsplit_once('.').filter(|(piece, _)| piece.contains('.'));
    for (dot, _) in host.match_indices('.') {
        with_port(Disguise::UnescapedDot, format!("{}x{}", &host[..dot], &host[dot + 1..]));
    }
    if let Some(domain) = own_domain {
        let disguise = if domain == host { Disguise::Subdomain } else { Disguise::Sibling };
        with_port(disguise, format!("attacker.{domain}"));
        with_port(Disguise::SuffixOfDomain, format!("attacker{domain}"));
    }
    made.extend(piece.map(|(piece, _)| (Disguise::Piece, format!("{scheme}://{piece}"))));
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(texts: &[&str]) -> Vec<Origin> {
        texts.iter().map(|text| Origin::parse(text).expect("an origin")).collect()
    }

    #[test]
    fn an_attacker_makes_these_of_two_origins() {
        let allowed = origins(&["https://app.shop.example", "https://admin.shop.example"]);
        let server = Origin::parse("https://api.shop.example").expect("an origin");
        let all: Vec<String> = strangers(&allowed, |page| allowed.contains(page), &server)
            .iter()
            .map(|stranger| format!("{:<18}{}", stranger.disguise.word(), stranger.page))
            .collect();
        insta::assert_snapshot!(all.join("\n"));
    }

    #[test]
    fn an_address_has_neighbours_too() {
        let allowed = origins(&["http://127.0.0.1:3000", "https://[::1]"]);
        let server = Origin::parse("http://127.0.0.1:8000").expect("an origin");
        let all: Vec<String> = strangers(&allowed, |page| allowed.contains(page), &server)
            .iter()
            .filter(|stranger| stranger.disguise != Disguise::Localhost)
            .map(|stranger| format!("{:<18}{}", stranger.disguise.word(), stranger.page))
            .collect();
        insta::assert_snapshot!(all.join("\n"));
    }

    #[test]
    fn what_is_declared_is_no_stranger() {
        let allowed = origins(&["http://localhost:3000", "https://a.example", "https://attacker.a.example"]);
        let server = Origin::parse("http://localhost:8080").expect("an origin");
        let strangers = strangers(&allowed, |page| allowed.contains(page), &server);
        assert!(strangers.len() > 20, "{strangers:?}");
        for stranger in &strangers {
            let is_opaque = matches!(stranger.disguise, Disguise::SandboxedFrame | Disguise::Redirect);
            assert!(is_opaque || !allowed.contains(&stranger.page), "{stranger:?}");
            assert_ne!(stranger.page, server);
        }
    }
}
