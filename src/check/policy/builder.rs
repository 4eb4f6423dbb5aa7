//! The builder of a policy in a Rust program.

use std::{collections::HashSet, panic::Location, time::Duration};

use fetch_model::Origin;

use crate::{
    check::policy::{
        complaint::{self, Complaint, Said},
        promise::{ANSWER_WITHIN, DeclaredOrigin, Origins, PATH, Policy, RequestBody, UnsafeMethods},
    },
    document::{
        pattern::{METHOD, Pattern},
        quotation::quoted,
    },
};

/// A [`Policy`] in the making: what is not said is as in a file, and what cannot be meant is told by whoever takes it.
///
/// ```
/// use axum::http::{Method, header};
/// use corsproof::Policy;
///
/// let policy = Policy::at("/data")
///     .origins(["https://app.example.com", "https://staging.example.com"])
///     .methods([Method::GET, Method::PUT])
///     .request_headers([header::CONTENT_TYPE])
///     .exposed_headers(["X-Total-Count"])
///     .credentials()
///     .max_age(600);
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct PolicyBuilder {
    path: String,
    origins: Written,
    methods: Vec<String>,
    request_headers: Vec<String>,
    exposed_headers: Vec<String>,
    credentials: Credentials,
    max_age: Option<u32>,
    data: Option<Data>,
    denial_status: Option<u16>,
    answer_within: Duration,
    body: RequestBody,
    errors: Vec<String>,
    /// The line of Rust in which the builder was made.
    place: &'static Location<'static>,
}

/// The declared readers, before their origins are parsed.
#[derive(Clone, Debug)]
enum Written {
    Any,
    List(Vec<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Credentials {
    Asked,
    NotAsked,
}

/// Whether the answer is the same for everybody, or shows data of one user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Data {
    Private,
    Public,
}

impl Policy {
    /// A promise for a path, which may have a query: nobody may read, until it says who.
    #[track_caller]
    pub fn at(path: impl Into<String>) -> PolicyBuilder {
        PolicyBuilder {
            path: path.into(),
            origins: Written::List(Vec::new()),
            methods: Vec::new(),
            request_headers: Vec::new(),
            exposed_headers: Vec::new(),
            credentials: Credentials::NotAsked,
            max_age: None,
            data: None,
            denial_status: None,
            answer_within: ANSWER_WITHIN,
            body: RequestBody::default(),
            errors: Vec::new(),
            place: Location::caller(),
        }
    }
}

impl PolicyBuilder {
    /// Sets the origins whose pages may read, as browsers write them: `https://app.example.com`. A `*` in the host
    /// stands for a part of a name: `https://*.preview.example.com`.
    pub fn origins(mut self, origins: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.origins = Written::List(texts(origins));
        self
    }

    /// Declares that every origin may read the answers.
    pub fn any_origin(mut self) -> Self {
        self.origins = Written::Any;
        self
    }

    /// The methods that pages use; GET unless it says otherwise.
    pub fn methods(mut self, methods: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.methods = texts(methods);
        self
    }

    /// The request headers that scripts set.
    pub fn request_headers(mut self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.request_headers = texts(names);
        self
    }

    /// The response headers that scripts read.
    pub fn exposed_headers(mut self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.exposed_headers = texts(names);
        self
    }

    /// Pages ask with cookies and the like.
    pub fn credentials(mut self) -> Self {
        self.credentials = Credentials::Asked;
        self
    }

    /// How many seconds the answer to a preflight may be kept.
    pub fn max_age(mut self, seconds: u32) -> Self {
        self.max_age = Some(seconds);
        self
    }

    /// The answer is somebody's own data; without a word about it, it is where pages ask with credentials.
    pub fn private(mut self) -> Self {
        self.data = Some(Data::Private);
        self
    }

    /// The answer is for everybody who asks, although pages ask with credentials.
    pub fn public(mut self) -> Self {
        self.data = Some(Data::Public);
        self
    }

    /// The status by which the service refuses whoever may not read, such as 403. Without a word about it, they must get
    /// what declared pages get, and cannot read it: any other answer says nothing of the policy.
    pub fn denial_status(mut self, status: u16) -> Self {
        self.denial_status = Some(status);
        self
    }

    /// How long an answer may take, in seconds: 10 unless it says otherwise.
    pub fn answer_within(mut self, seconds: u16) -> Self {
        self.answer_within = Duration::from_secs(seconds.into());
        self
    }

    /// The body of POST, PUT and PATCH and its `Content-Type`, as pages send them; without a word about it `{}`, as a
    /// text.
    pub fn body(mut self, text: impl Into<String>, content_type: impl Into<String>) -> Self {
        self.body = RequestBody { text: text.into(), content_type: Some(content_type.into()) };
        self
    }

    /// Paths that answer with an error, which scripts must be able to read as well.
    pub fn errors(mut self, paths: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.errors = texts(paths);
        self
    }

    /// The line of Rust in which the builder was made.
    pub(crate) fn place(&self) -> &'static Location<'static> {
        self.place
    }

    /// The policy as meant, or everything that cannot be.
    fn build(self) -> Result<Policy, Vec<Complaint>> {
        let complaints = self.complaints();
        if !complaints.is_empty() {
            return Err(complaints);
        }
        let origins = match &self.origins {
            Written::Any => Origins::Any,
            Written::List(texts) => {
                Origins::List(texts.iter().filter_map(|text| DeclaredOrigin::parse(text).ok()).collect())
            }
        };
        let credentials = self.credentials == Credentials::Asked;
        let line = usize::try_from(self.place.line()).unwrap_or_default();
        Ok(Policy {
            path: self.path,
            line,
            last_line: line,
            origins,
            methods: if self.methods.is_empty() { vec!["GET".to_owned()] } else { self.methods },
            request_headers: self.request_headers,
            exposed_headers: self.exposed_headers,
            credentials,
            max_age: self.max_age.map(u64::from),
            private: self.data.map_or(credentials, |data| data == Data::Private),
            unsafe_methods: UnsafeMethods::Sent,
            denial_status: self.denial_status,
            answer_within: self.answer_within,
            headers_sent: Vec::new(),
            body: self.body,
            errors: self.errors,
        })
    }

    fn complaints(&self) -> Vec<Complaint> {
        let origins: &[String] = match &self.origins {
            Written::Any => &[],
            Written::List(texts) => texts,
        };
        let everybody = match (&self.origins, self.credentials) {
            (Written::Any, Credentials::Asked) => Some(complaint::everybody_with_credentials()),
            _ => None,
        };
        [
            Vec::from_iter(path(&self.path).err()),
            Vec::from_iter(everybody),
            of_list(origins, |text| DeclaredOrigin::parse(text).map(drop)),
            of_list(&self.methods, |text| {
                has_form(text, &METHOD, "letters, digits and - make up a name")
                    .and_then(|()| complaint::method(text))
            }),
            of_list(&self.request_headers, |text| {
                complaint::header_name(text).and_then(|()| complaint::request_header(text))
            }),
            of_list(&self.exposed_headers, |text| {
                complaint::header_name(text).and_then(|()| complaint::exposed_header(text))
            }),
            of_list(&self.errors, path),
        ]
        .concat()
    }
}

/// The origin and the policies of a service, or everything that cannot be meant.
pub(crate) fn build(
    text: &str,
    policies: Vec<PolicyBuilder>,
) -> Result<(Origin, Vec<Policy>), Vec<Complaint>> {
    let mut complaints = of_paths(&policies);
    let origin = complaint::origin(text).map_err(|complaint| complaints.push(complaint));
    let mut built = Vec::new();
    for policy in policies {
        match policy.build() {
            Ok(policy) => built.push(policy),
            Err(found) => complaints.extend(found),
        }
    }
    match origin {
        Ok(origin) if complaints.is_empty() => Ok((origin, built)),
        _ => Err(complaints),
    }
}

/// A check of nothing would find nothing, and a path has one policy.
fn of_paths(policies: &[PolicyBuilder]) -> Vec<Complaint> {
    let mut seen = HashSet::new();
    let twice = policies.iter().filter(|policy| !seen.insert(&policy.path)).map(|policy| {
        let what = format!("{} has two policies", policy.path);
        Complaint::new(what, format!("the second is at {}", policy.place), "put them together")
    });
    let none = policies.is_empty().then(|| {
        let help = "say what a path promises: Policy::at(\"/data\")";
        Complaint::new("there is no policy", "expected at least one", help)
    });
    none.into_iter().chain(twice).collect()
}

/// Complaints about the values of a list, and about duplicates in it.
fn of_list(texts: &[String], check: impl Fn(&str) -> Result<(), Complaint>) -> Vec<Complaint> {
    let mut said = Said::default();
    texts.iter().filter_map(|text| check(text).and_then(|()| said.once(text)).err()).collect()
}

/// A path, as the reader of files asks for it.
fn path(text: &str) -> Result<(), Complaint> {
    has_form(text, &PATH, "it is asked for as it stands")
}

fn has_form(text: &str, form: &Pattern, help: &str) -> Result<(), Complaint> {
    let what = || format!("{} cannot be used", quoted(text));
    let is_so = (form.holds)(text);
    if is_so { Ok(()) } else { Err(Complaint::new(what(), format!("expected {}", form.words), help)) }
}

fn texts(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
    texts.into_iter().map(|text| text.as_ref().to_owned()).collect()
}
