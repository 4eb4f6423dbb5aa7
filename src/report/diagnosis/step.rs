//! The step of the standard that refuses a request, in words.

use fetch_model::{Reason, RefusingStep};

use crate::diagnose::Place;

/// The step of the standard that says no for a reason, and of which answer: `the CORS check, at the preflight's
/// answer`.
pub(in crate::report) fn says_no(reason: Reason, place: Place) -> String {
    let answer = match place {
        Place::BeforeSending => "before anything was sent",
        Place::Preflight => "at the preflight's answer",
        Place::Redirect => "at the redirect",
        Place::Answer => "at the answer",
    };
    let step = match reason.step() {
        RefusingStep::CorsCheck => "the CORS check",
        RefusingStep::CorsPreflightFetch => "the CORS-preflight fetch",
        RefusingStep::HttpRedirectFetch => "the HTTP-redirect fetch",
        RefusingStep::MixedContent => "the browser's rule against mixed content",
        RefusingStep::LocalNetworkAccess => "the browser's guard of the local network",
        RefusingStep::PortBlocking => "the browser's list of blocked ports",
        RefusingStep::ContentSecurityPolicy => "the page's own policy",
        RefusingStep::Fetch => "the fetch",
    };
    format!("{step}, {answer}")
}
