//! Rules about the traffic, and about what a script learns, that hold in every case whatever the case expects.

use corsproof_fixture::Source;
use fetch_model::{CrossOrigin, Origin, RequestMode, html::StyleResource, is_cors_safelisted_method};

use super::verdict::{Difference, Voice};
use crate::{
    case::{Case, Cors, KnownDifference, Step},
    observation::{Observation, SentRequest},
};

/// The rules that `observed` breaks; `known` is what the engine is known to do instead.
pub(super) fn broken(
    case: &Case,
    known: Option<&KnownDifference>,
    observed: &Observation,
) -> Vec<Difference> {
    let mut broken = Vec::new();
    for (index, outcome) in observed.steps.iter().enumerate().filter(|(_, outcome)| !outcome.leaks.is_empty())
    {
        broken.push(Difference {
            field: format!("steps[{index}]: a blocked read tells nothing"),
            expected: "an error and nothing else".to_owned(),
            by: Voice::Invariant,
            found: outcome.leaks.join(", "),
            with: Voice::Browser,
        });
    }
    for (index, request) in observed.sent.iter().enumerate() {
        let mut check = |name: &str, expected: &str, found: Option<String>| {
            broken.extend(found.map(|found| Difference {
                field: format!("sent[{index}]: {name}"),
                expected: expected.to_owned(),
                by: Voice::Invariant,
                found,
                with: Voice::Browser,
            }));
        };
        check(
            "a preflight carries nothing of its own",
            "no cookie, no credentials, no body",
            burden(request),
        );
        check(
            "what needs a preflight waits for one",
            "an OPTIONS for the same URL before it",
            unannounced(case, &observed.sent[..index], request),
        );
        check("a CORS request tells its origin", "an Origin header", anonymous(case, request));
        check(
            "a Referer tells another origin no path",
            "an origin and a slash, or nothing",
            talkative(case, request).filter(|_| !pins_the_referer(known, index, request)),
        );
    }
    broken
}

/// The cookie, credentials or body that a preflight must not carry,
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>.
fn burden(request: &SentRequest) -> Option<String> {
    if !request.is_preflight() {
        return None;
    }
    ["cookie", "authorization"]
        .iter()
        .find_map(|name| request.headers.get(*name).map(|value| format!("{name}: {value}")))
        .or_else(|| (!request.body.is_empty()).then(|| format!("a body: {}", request.body)))
}

/// A request with a method that no server can be asked to expect, sent without asking,
/// <https://fetch.spec.whatwg.org/#concept-http-fetch>.
fn unannounced(case: &Case, earlier: &[SentRequest], request: &SentRequest) -> Option<String> {
    let safe = request.is_preflight() || is_cors_safelisted_method(&request.method);
    if safe || !is_surely_cors(case, request) {
        return None;
    }
    let announced = earlier.iter().any(|other| other.is_preflight() && other.url == request.url);
    (!announced).then(|| format!("{} {} without one", request.method, request.url))
}

/// A CORS request without an Origin, <https://fetch.spec.whatwg.org/#append-a-request-origin-header>.
fn anonymous(case: &Case, request: &SentRequest) -> Option<String> {
    (is_surely_cors(case, request) && !request.headers.contains_key("origin"))
        .then(|| format!("{} {} without one", request.method, request.url))
}

/// A Referer that tells another origin more than the origin it comes from, where nothing lets it: the default of
/// <https://w3c.github.io/webappsec-referrer-policy/#default-referrer-policy>.
fn talkative(case: &Case, request: &SentRequest) -> Option<String> {
    let referer = request.referer.as_deref()?;
    let from = url::Url::parse(referer).ok()?;
    let is_at_home = url::Url::parse(&request.url).is_ok_and(|to| Origin::of(&to) == Origin::of(&from));
    let is_bare = from.path() == "/" && from.query().is_none() && from.fragment().is_none();
    (!is_at_home && !is_bare && !chooses_a_policy(case)).then(|| format!("{referer} to {}", request.url))
}

/// Whether `known` says that the engine sends this very Referer.
fn pins_the_referer(known: Option<&KnownDifference>, index: usize, request: &SentRequest) -> bool {
    let pinned = known.and_then(|known| known.sent.as_ref()?.get(index)?.headers.get("referer"));
    pinned.is_some() && pinned == request.referer.as_ref()
}

/// Whether a script, a server or a page of `case` says something of a referrer policy.
fn chooses_a_policy(case: &Case) -> bool {
    let mut turns = case
        .scenario
        .resources
        .iter()
        .flat_map(|resource| resource.preflight.iter().chain(&resource.response));
    let says = |(name, _): &(String, String)| name.eq_ignore_ascii_case("Referrer-Policy");
    case.steps.iter().any(|step| step.request.referrer_policy.is_some() || step.page_headers.iter().any(says))
        || turns.any(|turn| match &turn.source {
            Source::Text(text) | Source::Sample { head: text, .. } | Source::Raw { bytes: text, .. } => {
                text.to_ascii_lowercase().contains("\nreferrer-policy:")
            }
            Source::Named(_) | Source::Close | Source::Hang | Source::WebSocket => false,
        })
}

/// Whether every step that can have made `request` made it by CORS to another origin.
fn is_surely_cors(case: &Case, request: &SentRequest) -> bool {
    let Some(origin) = url::Url::parse(&request.url).ok().and_then(|url| Origin::of(&url)) else {
        return false;
    };
    case.steps.iter().all(|step| is_cors(step) && is_foreign(step, &origin))
}

fn is_cors(step: &Step) -> bool {
    let request = &step.request;
    // What a service worker asks for is its own affair.
    if step.service_worker.is_some() {
        return false;
    }
    match request.via.cors() {
        Cors::Always => true,
        Cors::ByMode => matches!(request.mode, None | Some(RequestMode::Cors)),
        Cors::ByAttribute => request.attributes.crossorigin != CrossOrigin::Absent,
        Cors::ByProperty => matches!(
            request.attributes.css_property,
            Some(StyleResource::MaskImage | StyleResource::ShapeOutside)
        ),
        Cors::NotSurely => false,
    }
}

fn is_foreign(step: &Step, origin: &Origin) -> bool {
    step.context.has_opaque_origin() || step.frames.last().unwrap_or(&step.page) != origin
}

impl SentRequest {
    /// Whether the request is a CORS-preflight request, <https://fetch.spec.whatwg.org/#cors-preflight-request>.
    pub(crate) fn is_preflight(&self) -> bool {
        self.method == "OPTIONS" && self.headers.contains_key("access-control-request-method")
    }
}
