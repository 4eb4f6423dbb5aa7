//! The policy that a server promises for one path.

use std::{collections::BTreeSet, time::Duration};

use corsproof_fixture::Secrets;
use fetch_model::Origin;

use super::{
    complaint::{self, Complaint},
    origin_pattern::OriginPattern,
};
use crate::document::pattern::{Pattern, Placeholders, Subject};

/// The CORS policy that a server promises for a path.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The path, and the query if there is one.
    pub(crate) path: String,
    /// The line of its `[[policy]]`, from 1.
    pub(crate) line: usize,
    /// The last line that belongs to the policy, from 1.
    pub(crate) last_line: usize,
    pub(crate) origins: Origins,
    /// The methods that pages use, as they go out.
    pub(crate) methods: Vec<String>,
    /// The request headers that scripts set.
    pub(crate) request_headers: Vec<String>,
    /// The response headers that scripts read.
    pub(crate) exposed_headers: Vec<String>,
    /// Whether pages make requests with credentials.
    pub(crate) credentials: bool,
    /// How many seconds the answer to a preflight holds.
    pub(crate) max_age: Option<u64>,
    /// Whether the answer is somebody's own data.
    pub(crate) private: bool,
    /// Whether requests may reach the server that may change something.
    pub(crate) unsafe_methods: UnsafeMethods,
    /// The status by which whoever may not read is refused; `None` where they get what declared pages get.
    pub(crate) denial_status: Option<u16>,
    /// How long an answer may take.
    pub(crate) answer_within: Duration,
    /// The request headers that pages always set, with their values; `${NAME}` in one stands for a secret.
    pub(crate) headers_sent: Vec<(String, String)>,
    /// The body of requests that have one; `${NAME}` in it stands for a secret.
    pub(crate) body: RequestBody,
    /// Paths that answer with an error.
    pub(crate) errors: Vec<String>,
}

/// How long an answer may take where the policy does not say.
pub(crate) const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// What pages send with the methods that have a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestBody {
    pub(crate) text: String,
    /// The value of Content-Type; `None`: what the browser says of a text.
    pub(crate) content_type: Option<String>,
}

impl Default for RequestBody {
    fn default() -> Self {
        Self { text: "{}".to_owned(), content_type: None }
    }
}

/// The origins whose pages may read the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origins {
    Any,
    List(Vec<DeclaredOrigin>),
}

/// An origin that a policy names, or several by a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DeclaredOrigin {
    One(Origin),
    Pattern(OriginPattern),
}

impl DeclaredOrigin {
    /// An origin, or a pattern with a `*` in its host.
    ///
    /// # Errors
    /// Where it is neither.
    pub(crate) fn parse(text: &str) -> Result<Self, Complaint> {
        match OriginPattern::parse(text) {
            Some(pattern) => pattern.map(Self::Pattern),
            None => complaint::origin(text).map(Self::One),
        }
    }

    /// The origin, or one of the pattern.
    fn page(&self) -> Option<Origin> {
        match self {
            Self::One(origin) => Some(origin.clone()),
            Self::Pattern(pattern) => pattern.member(),
        }
    }

    /// Origins that it does not declare, and that a loose form of its pattern lets in: names of other people, since what is
    /// below the pattern's own registrable domain is its owner's.
    pub(crate) fn near_misses(&self) -> Vec<Origin> {
        let Self::Pattern(pattern) = self else { return Vec::new() };
        let is_anybodys =
            |origin: &Origin| pattern.member().is_none_or(|member| !member.is_schemelessly_same_site(origin));
        pattern.near_misses().into_iter().filter(is_anybodys).collect()
    }

    /// Whether it declares an origin, as it is written.
    pub(crate) fn is(&self, origin: &Origin) -> bool {
        match self {
            Self::One(one) => one == origin,
            Self::Pattern(pattern) => pattern.matches(origin),
        }
    }

    /// Whether it declares an origin, or may be meant to.
    pub(crate) fn may_be(&self, origin: &Origin) -> bool {
        match self {
            Self::One(one) => one == origin,
            Self::Pattern(pattern) => pattern.may_match(origin),
        }
    }
}

/// Whether requests that may change something reach the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnsafeMethods {
    /// Requests with unsafe methods reach the server.
    Sent,
    /// The preflight of such a request is judged, and the request itself is stopped in the network.
    Withheld,
}

impl Policy {
    /// The names of the request headers that scripts set, always or for some requests.
    pub(crate) fn declared_headers(&self) -> Vec<String> {
        let sent = self.headers_sent.iter().map(|(name, _)| name.clone());
        sent.chain(self.further_headers()).collect()
    }

    /// The names of the request headers that scripts set for some requests.
    pub(crate) fn further_headers(&self) -> Vec<String> {
        let is_sent =
            |name: &&String| self.headers_sent.iter().any(|(sent, _)| sent.eq_ignore_ascii_case(name));
        self.request_headers.iter().filter(|name| !is_sent(name)).cloned().collect()
    }

    /// The names of the secrets that requests hold.
    pub(crate) fn secrets(&self) -> BTreeSet<String> {
        let values = self.headers_sent.iter().map(|(_, value)| value).chain([&self.body.text]);
        values.flat_map(|text| Secrets::names(text)).map(str::to_owned).collect()
    }

    /// The declared origins, a member of each pattern; for everybody, two that stand for all.
    pub fn readers(&self) -> Vec<Origin> {
        match &self.origins {
            Origins::List(declared) => declared.iter().filter_map(DeclaredOrigin::page).collect(),
            Origins::Any => ["https://anybody.example", "https://somebody-else.example"]
                .iter()
                .filter_map(|origin| Origin::parse(origin).ok())
                .collect(),
        }
    }
}

/// The pattern of a policy's `path`.
pub(crate) static PATH: Pattern = Pattern {
    words: "a path that begins with /",
    expression: "^/[^#\\s]*$",
    holds: |text| text.starts_with('/') && !text.contains('#') && !text.contains(char::is_whitespace),
    subject: Subject::Case,
    placeholders: Placeholders::Forbidden,
};
