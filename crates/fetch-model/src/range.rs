//! Range requests, <https://fetch.spec.whatwg.org/#simple-range-header-value>.

/// What a `Range` header asks for; numbers count bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first byte; `None` for a suffix.
    pub start: Option<u64>,
    /// The last byte; `None` for all there are.
    pub end: Option<u64>,
}

/// <https://fetch.spec.whatwg.org/#simple-range-header-value>, with white space forbidden, as its one
/// caller here has it. `None` is failure.
pub fn parse_a_single_range_header_value(value: &str) -> Option<Range> {
    let digits = value.strip_prefix("bytes")?.strip_prefix('=')?;
    let (start, end) = digits.split_once('-')?;
    let range = Range { start: number(start)?, end: number(end)? };
    match (range.start, range.end) {
        (None, None) => None,
        (Some(start), Some(end)) if start > end => None,
        _ => Some(range),
    }
}

/// A run of digits as a number, an empty one as none; the outer `None` is failure. A number too large
/// to hold is larger than any other.
fn number(digits: &str) -> Option<Option<u64>> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((!digits.is_empty()).then(|| digits.parse().unwrap_or(u64::MAX)))
}
