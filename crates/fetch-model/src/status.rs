//! Statuses, <https://fetch.spec.whatwg.org/#statuses>.

/// <https://fetch.spec.whatwg.org/#ok-status>
pub fn is_ok_status(status: u16) -> bool {
    (200..=299).contains(&status)
}

/// <https://fetch.spec.whatwg.org/#redirect-status>
pub fn is_redirect_status(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// <https://fetch.spec.whatwg.org/#null-body-status>
pub fn is_null_body_status(status: u16) -> bool {
    matches!(status, 101 | 103 | 204 | 205 | 304)
}

/// <https://httpwg.org/specs/rfc9110.html#overview.of.status.codes>: statuses that a cache may keep unasked.
pub fn is_heuristically_cacheable(status: u16) -> bool {
    matches!(status, 200 | 203 | 204 | 206 | 300 | 301 | 308 | 404 | 405 | 410 | 414 | 501)
}
