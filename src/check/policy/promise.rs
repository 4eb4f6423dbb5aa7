//! What a server promises for a path, as meant.

use fetch_model::Origin;

use crate::document::pattern::{Pattern, Placeholders, Subject};

/// What a server promises for a path.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The path, with its query if it has one.
    pub(crate) path: String,
    /// The line of its `[[policy]]`, from 1.
    pub(crate) line: usize,
    /// The last line of what belongs to it.
    pub(crate) last_line: usize,
    /// Who may read.
    pub(crate) origins: Origins,
    /// The methods that pages use.
    pub(crate) methods: Vec<String>,
    /// The request headers that scripts set.
    pub(crate) request_headers: Vec<String>,
    /// The response headers that scripts read.
    pub(crate) exposed_headers: Vec<String>,
    /// Whether pages ask with credentials.
    pub(crate) credentials: bool,
    /// How many seconds the answer to a preflight holds.
    pub(crate) max_age: Option<u64>,
    /// Whether the answer is somebody's own data.
    pub(crate) private: bool,
    /// Whether requests may reach the server that may change something.
    pub(crate) unsafe_methods: UnsafeMethods,
    /// Paths that answer with an error.
    pub(crate) errors: Vec<String>,
}

/// Who may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origins {
    /// Everybody.
    Any,
    /// These.
    List(Vec<Origin>),
}

/// What becomes of requests that may change something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnsafeMethods {
    /// They are sent.
    Sent,
    /// Their preflight is judged, and they are stopped in the network.
    Withheld,
}

impl Policy {
    /// The declared origins; for everybody, two that stand for all.
    pub fn readers(&self) -> Vec<Origin> {
        match &self.origins {
            Origins::List(origins) => origins.clone(),
            Origins::Any => ["https://anybody.example", "https://somebody-else.example"]
                .iter()
                .filter_map(|origin| Origin::parse(origin).ok())
                .collect(),
        }
    }
}

/// The form of a path.
pub(crate) static PATH: Pattern = Pattern {
    words: "a path that begins with /",
    expression: "^/[^#\\s]*$",
    holds: |text| text.starts_with('/') && !text.contains('#') && !text.contains(char::is_whitespace),
    subject: Subject::Case,
    placeholders: Placeholders::Forbidden,
};
