//! Resource Timing, as far as it tells of a response: <https://w3c.github.io/resource-timing/#dom-performanceresourcetiming>.

use super::{
    header::HeaderList,
    modes::RequestMode,
    reason::Reason,
    request::{Request, ResponseTainting, TimingAllowFailed},
    response::Response,
    rules::Rules,
    user_agent::{Network, UserAgent},
    words,
};

words! {
    /// A member of a PerformanceResourceTiming entry.
    TimingMember default RequestStart {
        /// When the request began to be sent.
        RequestStart = "requestStart",
        /// When the response began to come.
        ResponseStart = "responseStart",
        /// When the first redirect began.
        RedirectStart = "redirectStart",
        /// The connection's protocol.
        NextHopProtocol = "nextHopProtocol",
        /// What the header Server-Timing says.
        ServerTiming = "serverTiming",
        /// How long the body is as it came.
        EncodedBodySize = "encodedBodySize",
        /// How long it is without its codings.
        DecodedBodySize = "decodedBodySize",
        /// The status.
        ResponseStatus = "responseStatus",
    }
}

/// <https://fetch.spec.whatwg.org/#concept-tao-check>: whether it succeeds.
pub(super) fn tao_check(
    rules: &(impl Rules + ?Sized),
    request: &Request,
    response: &HeaderList,
) -> TimingAllowFailed {
    // 2. What has failed on the way has failed.
    if request.timing_allow_failed == TimingAllowFailed::Set {
        return TimingAllowFailed::Set;
    }
    // 3.-5. A list: the origin may be anywhere in it.
    let value = response.get("Timing-Allow-Origin").unwrap_or_default();
    let origin = rules.serialize_a_request_origin(request);
    if value
        .split(',')
        .map(|value| value.trim_matches([' ', '\t']))
        .any(|value| value == "*" || value == origin)
    {
        return TimingAllowFailed::Unset;
    }
    // 6. A document of another origin in a frame.
    if request.mode == RequestMode::Navigate && !request.is_same_origin() {
        return TimingAllowFailed::Set;
    }
    // 7.-8.
    if request.response_tainting == ResponseTainting::Basic {
        TimingAllowFailed::Unset
    } else {
        TimingAllowFailed::Set
    }
}

impl<N: Network> UserAgent<'_, N> {
    /// Fetches `request`, and whether `member` of its entry says anything
    /// (<https://fetch.spec.whatwg.org/#fetch-finale>, report timing steps).
    ///
    /// # Errors
    /// A network error; or that the member is zero or empty, and what keeps it so.
    pub fn report_timing(
        &mut self,
        mut request: Request,
        member: TimingMember,
    ) -> Result<Result<(), Reason>, Reason> {
        let response = self.fetch_in_place(&mut request)?.response;
        // What the entry says of the response is what a script may read of it.
        let readable = match &response {
            Response::NetworkError(reason) => return Err(*reason),
            Response::Basic(response) | Response::Cors(response) => Some(response),
            Response::Opaque | Response::OpaqueRedirect { .. } => None,
        };
        let has_passed = request.timing_allow_failed == TimingAllowFailed::Unset;
        let when = |holds: bool, reason: Reason| if holds { Ok(()) } else { Err(reason) };
        Ok(match member {
            TimingMember::EncodedBodySize | TimingMember::DecodedBodySize => {
                when(readable.is_some_and(|response| !response.body.is_empty()), Reason::OpaqueResponse)
            }
            TimingMember::ResponseStatus => when(readable.is_some(), Reason::OpaqueResponse),
            // Redirects and what the header says are there only where they are.
            TimingMember::RedirectStart => {
                when(has_passed && request.url_list().len() > 1, Reason::TimingAllowOrigin)
            }
            TimingMember::RequestStart
            | TimingMember::ResponseStart
            | TimingMember::NextHopProtocol
            | TimingMember::ServerTiming => when(has_passed, Reason::TimingAllowOrigin),
        })
    }
}
