//! Content Security Policy, as far as it says what may be fetched: <https://w3c.github.io/webappsec-csp/>.

use url::Url;

use super::{header::HeaderList, mime_type::Destination, origin::Origin, reason::Reason, request::Request};

/// <https://w3c.github.io/webappsec-csp/#content-security-policy-object>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentSecurityPolicy {
    directives: Vec<Directive>,
    /// <https://w3c.github.io/webappsec-csp/#policy-self-origin>
    self_origin: Origin,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Directive {
    name: String,
    value: Vec<String>,
}

/// <https://w3c.github.io/webappsec-csp/#parse-response-csp>. Omitted: the report-only header, which blocks nothing.
pub(super) fn parse_a_responses_content_security_policies(
    headers: &HeaderList,
    origin: &Origin,
) -> Vec<ContentSecurityPolicy> {
    headers
        .values("Content-Security-Policy")
        .flat_map(|value| value.split(','))
        .map(|policy| ContentSecurityPolicy { directives: directives(policy), self_origin: origin.clone() })
        .filter(|policy| !policy.directives.is_empty())
        .collect()
}

/// <https://w3c.github.io/webappsec-csp/#parse-serialized-policy>: the first directive of a name counts.
fn directives(policy: &str) -> Vec<Directive> {
    let mut directives: Vec<Directive> = Vec::new();
    for text in policy.split(';') {
        let mut tokens = text.split_ascii_whitespace();
        let Some(name) = tokens.next().map(str::to_ascii_lowercase) else { continue };
        if directives.iter().all(|directive| directive.name != name) {
            directives.push(Directive { name, value: tokens.map(str::to_owned).collect() });
        }
    }
    directives
}

/// <https://w3c.github.io/webappsec-csp/#should-block-request>
///
/// # Errors
/// That it is blocked.
pub(super) fn should_request_be_blocked_by_content_security_policy(request: &Request) -> Result<(), Reason> {
    let policies = &request.client.policy_container.csp_list;
    if policies.iter().all(|policy| policy.allows(request)) {
        Ok(())
    } else {
        Err(Reason::ContentSecurityPolicy)
    }
}

impl ContentSecurityPolicy {
    /// Whether it has `upgrade-insecure-requests`,
    /// <https://w3c.github.io/webappsec-upgrade-insecure-requests/#delivery>.
    pub(super) fn upgrades_insecure_requests(&self) -> bool {
        self.directives.iter().any(|directive| directive.name == "upgrade-insecure-requests")
    }

    /// <https://w3c.github.io/webappsec-csp/#does-request-violate-policy>, the other way round.
    fn allows(&self, request: &Request) -> bool {
        // https://w3c.github.io/webappsec-csp/#should-directive-execute: the most particular one that is there.
        let directive = fallbacks(request.destination)
            .iter()
            .find_map(|name| self.directives.iter().find(|directive| directive.name == *name));
        directive.is_none_or(|directive| self.matches_source_list(request, &directive.value))
    }

    /// <https://w3c.github.io/webappsec-csp/#match-url-to-source-list>; nonces and hashes are none of cases'.
    fn matches_source_list(&self, request: &Request, list: &[String]) -> bool {
        let url = request.current_url();
        let redirected = request.redirect_count > 0;
        list.iter().any(|source| self.matches_source(url, source, redirected))
    }

    /// <https://w3c.github.io/webappsec-csp/#match-url-to-source-expression>
    fn matches_source(&self, url: &Url, source: &str, redirected: bool) -> bool {
        let source = source.to_ascii_lowercase();
        let own_scheme = self.self_origin.scheme().unwrap_or_default();
        if source == "*" {
            return matches!(url.scheme(), "http" | "https") || url.scheme() == own_scheme;
        }
        if source == "'self'" {
            return Origin::of(url).is_some_and(|origin| self.is_self(&origin));
        }
        if source.starts_with('\'') {
            return false;
        }
        if let Some(scheme) = source.strip_suffix(':') {
            return scheme_part_matches(scheme, url.scheme());
        }
        let (scheme, rest) = source.split_once("://").unwrap_or((own_scheme, &source));
        let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let (host, port) =
            authority.rsplit_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
        scheme_part_matches(scheme, url.scheme())
            && host_part_matches(host, url.host_str().unwrap_or_default())
            && port_part_matches(port, url)
            && (redirected || path_part_matches(path, url.path()))
    }

    /// Whether an origin is `'self'`: the same, or the same host by a scheme that is as safe, at default ports.
    fn is_self(&self, origin: &Origin) -> bool {
        *origin == self.self_origin || self.self_origin.is_the_secure_form(origin)
    }
}

/// <https://w3c.github.io/webappsec-csp/#effective-directive-for-a-request> and what stands in for it,
/// <https://w3c.github.io/webappsec-csp/#directive-fallback-list>.
fn fallbacks(destination: Destination) -> &'static [&'static str] {
    match destination {
        Destination::Empty => &["connect-src", "default-src"],
        Destination::Image => &["img-src", "default-src"],
        Destination::Script | Destination::Json => &["script-src-elem", "script-src", "default-src"],
        Destination::Worker | Destination::SharedWorker => {
            &["worker-src", "child-src", "script-src", "default-src"]
        }
        Destination::Style => &["style-src-elem", "style-src", "default-src"],
        // A window goes where it likes.
        Destination::Document => &[],
        Destination::Iframe => &["frame-src", "child-src", "default-src"],
        Destination::Audio | Destination::Video | Destination::Track => &["media-src", "default-src"],
        Destination::Font => &["font-src", "default-src"],
        Destination::Object => &["object-src", "default-src"],
    }
}

/// <https://w3c.github.io/webappsec-csp/#scheme-part-match>: a safer scheme is as good.
fn scheme_part_matches(wanted: &str, given: &str) -> bool {
    wanted == given
        || matches!((wanted, given), ("http", "https") | ("ws", "wss" | "http" | "https") | ("wss", "https"))
}

/// <https://w3c.github.io/webappsec-csp/#host-part-match>
fn host_part_matches(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix('*') {
        Some(rest) => !rest.is_empty() && host.ends_with(rest),
        None => pattern == host,
    }
}

/// <https://w3c.github.io/webappsec-csp/#port-part-matches>
fn port_part_matches(wanted: Option<&str>, url: &Url) -> bool {
    match wanted {
        None => url.port().is_none(),
        Some("*") => true,
        Some(port) => port.parse().ok() == url.port_or_known_default(),
    }
}

/// <https://w3c.github.io/webappsec-csp/#path-part-match>
fn path_part_matches(wanted: &str, path: &str) -> bool {
    wanted.is_empty() || wanted == path || (wanted.ends_with('/') && path.starts_with(wanted))
}
