//! The `Cache` of service workers and pages, <https://w3c.github.io/ServiceWorker/#cache-interface>.

use crate::{FilteredResponse, Network, Reason, Request, Response, UserAgent};

/// How a response gets into a `Cache`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheOperation {
    /// `add()` and `addAll()`: the cache fetches by itself.
    Add,
    /// `put()`: the script fetches.
    Put,
}

/// Fetches `request`, stores what comes, and gives what `match()` then finds: the same.
///
/// # Errors
/// That the fetch failed, or that the cache takes no such request or response.
pub fn store<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    request: Request,
    operation: CacheOperation,
) -> Result<Response, Reason> {
    // Both throw over a method that nothing is kept of: addAll() before it fetches, put() afterwards.
    let is_get = request.method == "GET";
    if !is_get && operation == CacheOperation::Add {
        return Err(Reason::InvalidRequest);
    }
    let filtered = user_agent.fetch_filtered(request)?;
    if !is_get {
        return Err(Reason::InvalidRequest);
    }
    if user_agent.rules.may_be_put_into_a_cache(&filtered, operation) {
        Ok(filtered.response)
    } else {
        Err(Reason::Unusable)
    }
}

/// The conditions of <https://w3c.github.io/ServiceWorker/#cache-addAll> and
/// <https://w3c.github.io/ServiceWorker/#cache-put> on a response.
pub fn may_be_put_into_a_cache(response: &FilteredResponse, operation: CacheOperation) -> bool {
    let internal = &response.internal_response;
    let varies_by_anything = internal
        .header_list
        .get("Vary")
        .is_some_and(|vary| vary.split(',').any(|name| name.trim_matches([' ', '\t']) == "*"));
    let is_ok = match &response.response {
        Response::Basic(response) | Response::Cors(response) => (200..300).contains(&response.status),
        // Their status is 0, whatever it is underneath.
        Response::Opaque | Response::OpaqueRedirect { .. } | Response::NetworkError(_) => false,
    };
    let is_part = internal.status == 206;
    !varies_by_anything && !is_part && (operation == CacheOperation::Put || is_ok)
}
