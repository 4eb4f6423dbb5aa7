//! The check of a tower service, and its settings.

use std::{
    future::{Future, IntoFuture},
    io::Write,
    path::PathBuf,
    pin::Pin,
    sync::Arc,
};

use axum::{
    BoxError,
    body::{Body, Bytes, HttpBody},
};
use browsers::Engine;
use chrono::{SecondsFormat, Utc};
use corsproof_fixture::{ForwardedHost, Service};
use http::{Request, Response};
use tokio::sync::watch;

use super::{engines, error::CheckError, event_log::EventLog, proof::Proof};
use crate::{
    check::{
        CheckRequest, Complaint, Framework, PolicyBuilder, PolicyFile, START_TIMEOUT, Server, ServerSource,
        build,
    },
    stream::{About, record_check},
};

/// The origin of a service that is given no other.
const ORIGIN: &str = "https://service.example";

/// Checks a tower service, such as an axum router, against its policy, in real browsers and without a port.
///
/// The service is reached as it is, with all its layers; what its paths need (a database, a login) is up to the test.
/// Requests that may change something are sent. Awaiting what this returns starts the browsers; it runs in the test's
/// own tokio runtime, of either flavour. A router that asks for `ConnectInfo` needs axum's `MockConnectInfo`, as in
/// any test without a port.
///
/// ```no_run
/// use axum::{Router, http::Method, routing::get};
/// use corsproof::Policy;
/// use tower_http::cors::CorsLayer;
///
/// # async fn test() -> Result<(), corsproof::CheckError> {
/// let cors = CorsLayer::new()
///     .allow_origin(["https://app.example.com".parse().unwrap()])
///     .allow_methods([Method::GET, Method::PUT]);
/// let data = get(async || "read").put(async || "changed");
/// let router = Router::new().route("/data", data).layer(cors);
///
/// let policy = Policy::at("/data").origins(["https://app.example.com"]).methods(["GET", "PUT"]);
/// let proof = corsproof::check(router, policy).await?;
///
/// assert!(proof.is_sound(), "{proof}");
/// insta::assert_snapshot!(proof);
/// # Ok(())
/// # }
/// ```
pub fn check<S, B>(service: S, policies: impl Into<Vec<PolicyBuilder>>) -> Check
where
    S: tower::Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    Check {
        service: Service::new(service),
        policies: policies.into(),
        origin: ORIGIN.to_owned(),
        engines: None,
        framework: Framework::TowerHttp,
        events: None,
    }
}

/// A check that is still to be made: it begins when it is awaited.
#[derive(Debug)]
#[must_use = "nothing is checked until this is awaited"]
pub struct Check {
    service: Service,
    policies: Vec<PolicyBuilder>,
    origin: String,
    engines: Option<Vec<Engine>>,
    framework: Framework,
    events: Option<EventLog>,
}

impl Check {
    /// The origin by which browsers know the service: `https://service.example` unless it says otherwise. It is the
    /// `Host` that the service is told, and decides which strangers are made.
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origin = origin.into();
        self
    }

    /// The engines. Without a word about them: those that the variable `CORSPROOF_BROWSERS` names
    /// (`chromium,firefox,webkit`), or all that are installed. One that is named and not installed is an error.
    pub fn engines(mut self, engines: impl IntoIterator<Item = Engine>) -> Self {
        self.engines = Some(engines.into_iter().collect());
        self
    }

    /// Sets the framework in whose terms advice is given; tower-http unless set.
    pub fn framework(mut self, framework: Framework) -> Self {
        self.framework = framework;
        self
    }

    /// Writes what happens, as it happens, a line of JSON for each event: what `corsproof check --report ndjson=PATH`
    /// writes, of which `corsproof report` makes a page or any other report.
    ///
    /// ```no_run
    /// # use corsproof::{Policy, PolicyBuilder};
    /// # async fn test(router: axum::Router, policy: PolicyBuilder) -> Result<(), Box<dyn std::error::Error>> {
    /// let events = std::fs::File::create("cors.ndjson")?;
    /// let proof = corsproof::check(router, policy).events(events).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn events(mut self, to: impl Write + Send + 'static) -> Self {
        self.events = Some(EventLog::new(to));
        self
    }

    async fn carry_out(mut self) -> Result<Proof, CheckError> {
        let engines = match &self.engines {
            Some(engines) => engines.clone(),
            None => engines::chosen()?,
        };
        let mut events = self.events.take();
        let file = self.into_file().map_err(CheckError::BadPolicy)?;
        if engines.is_empty() {
            return Err(CheckError::NoEngine);
        }
        // Nobody interrupts it but by dropping it.
        let (_never, interrupt) = watch::channel(false);
        let request = CheckRequest { files: vec![file], engines, interrupt };
        let outcome = record_check(request, about(), |event| {
            if let Some(events) = &mut events {
                events.record(event);
            }
        })
        .await?;
        if let Some(events) = events {
            events.finish().map_err(CheckError::Events)?;
        }
        let checked = outcome.files.into_iter().next().expect("each file that is given comes back");
        Proof::of(checked)
    }

    /// The policy file that would say the same.
    fn into_file(self) -> Result<PolicyFile, Vec<Complaint>> {
        let path = self.policies.first().map(|policy| PathBuf::from(policy.place().file()));
        let (origin, policies) = build(&self.origin, self.policies)?;
        Ok(PolicyFile {
            path: path.unwrap_or_default(),
            name: String::new(),
            text: Arc::from(""),
            server: Server {
                origin,
                reach: ServerSource::Service(self.service),
                ready: None,
                start_timeout: START_TIMEOUT,
                host: ForwardedHost::Original,
                rate: None,
                framework: self.framework,
            },
            policies,
            expects: None,
        })
    }
}

/// The record's facts about a check that no command line started: it runs again by running its test.
fn about() -> About {
    About {
        command: "corsproof::check".to_owned(),
        again: "cargo test".to_owned(),
        started: Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
        repeat: 1,
        shard: None,
        requirements: &[],
    }
}

impl IntoFuture for Check {
    type Output = Result<Proof, CheckError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.carry_out())
    }
}

impl From<PolicyBuilder> for Vec<PolicyBuilder> {
    fn from(policy: PolicyBuilder) -> Self {
        vec![policy]
    }
}
