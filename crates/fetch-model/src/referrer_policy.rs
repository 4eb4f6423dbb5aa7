//! Referrer Policy, <https://w3c.github.io/webappsec-referrer-policy/>: what a request tells of the page that makes it.

use url::Url;

use super::{
    header::HeaderList,
    modes::ReferrerPolicy,
    origin::{Origin, is_potentially_trustworthy},
    request::{Client, Request},
    response::InternalResponse,
    rules::Rules,
};

/// The longest referrer that is told whole, in characters.
const LONGEST: usize = 4096;

/// <https://fetch.spec.whatwg.org/#concept-request-referrer>
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Referrer {
    /// "no-referrer": the request has no Referer header.
    NoReferrer,
    /// "client": what the client gives, until main fetch has looked.
    Client,
    /// A URL.
    Url(Url),
}

/// How much of a URL a referrer keeps: the origin-only flag of
/// <https://w3c.github.io/webappsec-referrer-policy/#strip-url>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// All but user information and fragment.
    PathAndQuery,
    /// The referrer's origin, without its path.
    Origin,
}

/// <https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer>: a URL, or none.
pub(super) fn determine_requests_referrer(rules: &(impl Rules + ?Sized), request: &Request) -> Referrer {
    // 3. "no-referrer" stays what it is: Fetch does not even ask.
    let source = match &request.referrer {
        Referrer::NoReferrer => return Referrer::NoReferrer,
        Referrer::Url(url) => url,
        Referrer::Client => match source(&request.origin, &request.client) {
            Some(url) => url,
            None => return Referrer::NoReferrer,
        },
    };
    // 4.-6.
    let Some(origin) = rules.strip_url_for_use_as_a_referrer(source, Keep::Origin) else {
        return Referrer::NoReferrer;
    };
    let url = rules
        .strip_url_for_use_as_a_referrer(source, Keep::PathAndQuery)
        .filter(|url| url.as_str().len() <= LONGEST)
        .unwrap_or_else(|| origin.clone());
    // 7. Omitted: what a user agent may keep back of its own accord. 8.
    let is_same_origin = Origin::of(&url) == Origin::of(request.current_url());
    let is_downgrade = is_potentially_trustworthy(&url) && !is_potentially_trustworthy(request.current_url());
    match request.referrer_policy {
        ReferrerPolicy::NoReferrer => Referrer::NoReferrer,
        ReferrerPolicy::Origin => Referrer::Url(origin),
        ReferrerPolicy::UnsafeUrl => Referrer::Url(url),
        ReferrerPolicy::StrictOrigin if is_downgrade => Referrer::NoReferrer,
        ReferrerPolicy::StrictOrigin => Referrer::Url(origin),
        ReferrerPolicy::StrictOriginWhenCrossOrigin if is_same_origin => Referrer::Url(url),
        ReferrerPolicy::StrictOriginWhenCrossOrigin if is_downgrade => Referrer::NoReferrer,
        ReferrerPolicy::StrictOriginWhenCrossOrigin => Referrer::Url(origin),
        ReferrerPolicy::SameOrigin if is_same_origin => Referrer::Url(url),
        ReferrerPolicy::SameOrigin => Referrer::NoReferrer,
        ReferrerPolicy::OriginWhenCrossOrigin if is_same_origin => Referrer::Url(url),
        ReferrerPolicy::OriginWhenCrossOrigin => Referrer::Url(origin),
        ReferrerPolicy::NoReferrerWhenDowngrade if is_downgrade => Referrer::NoReferrer,
        ReferrerPolicy::NoReferrerWhenDowngrade => Referrer::Url(url),
    }
}

/// Step 3 for "client": a document with an opaque origin has no referrer. Departs: neither has a worker with one, but
/// its URL is of a local scheme, so that it has none anyway.
fn source<'a>(origin: &Origin, client: &'a Client) -> Option<&'a Url> {
    origin.scheme().is_some().then_some(&client.referrer_source)
}

/// <https://w3c.github.io/webappsec-referrer-policy/#strip-url>; `None` is no referrer.
pub(super) fn strip_url_for_use_as_a_referrer(url: &Url, keep: Keep) -> Option<Url> {
    // 2. A local scheme, https://fetch.spec.whatwg.org/#local-scheme.
    if matches!(url.scheme(), "about" | "blob" | "data") {
        return None;
    }
    // 3.-5. These fail for URLs without a host, which have no user either.
    let mut url = url.clone();
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    // 6.
    if keep == Keep::Origin {
        url.set_path("");
        url.set_query(None);
    }
    Some(url)
}

/// <https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect>
pub(super) fn set_request_referrer_policy_on_redirect(request: &mut Request, response: &InternalResponse) {
    if let Some(policy) = parse_a_referrer_policy(&response.header_list) {
        request.referrer_policy = policy;
    }
}

/// <https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header>; `None` for the empty string.
pub(super) fn parse_a_referrer_policy(headers: &HeaderList) -> Option<ReferrerPolicy> {
    // The last token that is a policy counts; unknown ones are skipped.
    headers.get("Referrer-Policy")?.split(',').rev().find_map(|token| word(token.trim()))
}

fn word(token: &str) -> Option<ReferrerPolicy> {
    ReferrerPolicy::from_word(&token.to_ascii_lowercase())
}
