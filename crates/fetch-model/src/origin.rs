//! Origins and sites, <https://html.spec.whatwg.org/multipage/browsers.html#origin>.

use std::fmt;

use url::{Host, Url};

/// An origin: a tuple, or opaque and equal to itself alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub struct Origin(Kind);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Opaque(u64),
    Tuple { scheme: String, host: Host<String>, port: u16 },
}

/// A text that is not the serialization of a tuple origin, and why.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("'{text}' is no origin: {problem}")]
pub struct NotAnOrigin {
    /// The text that was to be parsed.
    pub text: String,
    /// What is wrong with it, and what would be right.
    pub problem: String,
}

impl Origin {
    /// An opaque origin; `number` tells it from others, since the model has no way to make one up.
    pub fn new_opaque(number: u64) -> Self {
        Self(Kind::Opaque(number))
    }

    /// The origin of a URL, <https://url.spec.whatwg.org/#concept-url-origin>; `None` where it is opaque.
    pub fn of(url: &Url) -> Option<Self> {
        match url.origin() {
            url::Origin::Tuple(scheme, host, port) => Some(Self(Kind::Tuple { scheme, host, port })),
            url::Origin::Opaque(_) => None,
        }
    }

    /// Reads `scheme://host[:port]` exactly as it would be serialized.
    ///
    /// # Errors
    /// Where the text is anything else: a path, a default port written out, upper case, ...
    pub fn parse(text: &str) -> Result<Self, NotAnOrigin> {
        let fail = |problem: &str| NotAnOrigin { text: text.to_owned(), problem: problem.to_owned() };
        let url = Url::parse(text)
            .map_err(|error| fail(&format!("{error}; write scheme://host or scheme://host:port")))?;
        let origin =
            Self::of(&url).ok_or_else(|| fail("its scheme has no origin; write http:// or https://"))?;
        let serialized = origin.serialize();
        if serialized != text {
            return Err(fail(&format!("as an origin it is written {serialized}")));
        }
        Ok(origin)
    }

    /// <https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin>
    pub fn serialize(&self) -> String {
        match &self.0 {
            Kind::Opaque(_) => "null".to_owned(),
            Kind::Tuple { scheme, host, port } => {
                url::Origin::Tuple(scheme.clone(), host.clone(), *port).ascii_serialization()
            }
        }
    }

    /// The scheme of a tuple origin.
    pub fn scheme(&self) -> Option<&str> {
        match &self.0 {
            Kind::Opaque(_) => None,
            Kind::Tuple { scheme, .. } => Some(scheme),
        }
    }

    /// The host without its first label, where it is a name and something is left.
    pub fn parent_domain(&self) -> Option<String> {
        match &self.0 {
            Kind::Tuple { host: Host::Domain(domain), .. } => {
                domain.split_once('.').map(|(_, parent)| parent.to_owned())
            }
            _ => None,
        }
    }

    /// <https://html.spec.whatwg.org/multipage/browsers.html#is-a-registrable-domain-suffix-of-or-is-equal-to>, for the
    /// host of this origin.
    pub fn has_registrable_domain_suffix(&self, suffix: &str) -> bool {
        let Kind::Tuple { host, .. } = &self.0 else { return false };
        let Host::Domain(domain) = host else { return host.to_string() == suffix };
        if domain == suffix {
            return true;
        }
        // No public suffix, nor anything above one.
        domain.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.'))
            && psl::domain_str(suffix).is_some()
    }

    /// <https://html.spec.whatwg.org/multipage/browsers.html#same-origin>
    pub fn is_same_origin(&self, other: &Self) -> bool {
        self == other
    }

    /// Whether `other` is this one over https, at the schemes' own ports.
    pub(super) fn is_the_secure_form(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (
                Kind::Tuple { scheme: a, host: from, port: 80 },
                Kind::Tuple { scheme: b, host: to, port: 443 },
            ) => a == "http" && b == "https" && from == to,
            _ => false,
        }
    }

    /// <https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site>
    pub fn is_schemelessly_same_site(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Kind::Tuple { host: a, .. }, Kind::Tuple { host: b, .. }) => {
                a == b || registrable_domain(a).is_some_and(|domain| Some(domain) == registrable_domain(b))
            }
            _ => self == other,
        }
    }

    /// <https://html.spec.whatwg.org/multipage/browsers.html#same-site>
    pub fn is_same_site(&self, other: &Self) -> bool {
        self.is_schemelessly_same_site(other) && self.scheme() == other.scheme()
    }
}

/// <https://url.spec.whatwg.org/#host-registrable-domain>
fn registrable_domain(host: &Host<String>) -> Option<&str> {
    match host {
        Host::Domain(domain) => psl::domain_str(domain),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

/// Whether a URL is same origin with `origin`; one whose own origin is opaque is so with none.
pub(super) fn is_same_origin_url(origin: &Origin, url: &Url) -> bool {
    Origin::of(url).is_some_and(|other| origin.is_same_origin(&other))
}

/// <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>, as far as URLs of cases go.
pub(super) fn is_potentially_trustworthy(url: &Url) -> bool {
    match (url.scheme(), url.host()) {
        ("https" | "wss" | "data" | "about", _) => true,
        (_, Some(Host::Domain(domain))) => domain == "localhost" || domain.ends_with(".localhost"),
        (_, Some(Host::Ipv4(address))) => address.is_loopback(),
        (_, Some(Host::Ipv6(address))) => address.is_loopback(),
        _ => false,
    }
}

/// Whether an origin is potentially trustworthy,
/// <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>.
pub(super) fn is_potentially_trustworthy_origin(origin: &Origin) -> bool {
    Url::parse(&origin.serialize()).is_ok_and(|url| is_potentially_trustworthy(&url))
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.serialize())
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.serialize()
    }
}

impl TryFrom<String> for Origin {
    type Error = NotAnOrigin;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}
