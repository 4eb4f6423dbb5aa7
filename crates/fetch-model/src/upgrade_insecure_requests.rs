//! Upgrade Insecure Requests, <https://w3c.github.io/webappsec-upgrade-insecure-requests/>.

use super::{content_security_policy::ContentSecurityPolicy, request::Request};

/// <https://w3c.github.io/webappsec-upgrade-insecure-requests/#upgrade-request>: before anything is compared or sent.
/// Omitted: navigations of the page itself, of which cases have none; those of its frames and forms are upgraded.
pub(super) fn upgrade_request_to_a_potentially_trustworthy_url(request: &mut Request) {
    let policies = &request.client.policy_container.csp_list;
    if policies.iter().any(ContentSecurityPolicy::upgrades_insecure_requests) {
        request.upgrade_scheme();
    }
}
