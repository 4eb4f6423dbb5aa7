//! Subresource Integrity, <https://w3c.github.io/webappsec-subresource-integrity/>.

use sha2::{Digest, Sha256};

use super::{reason::Reason, response::UnsafeResponse};

/// The steps of <https://fetch.spec.whatwg.org/#concept-main-fetch> for a request with integrity metadata.
///
/// # Errors
/// That the bytes are others, or that nobody may tell: of an opaque response not even whether they are right.
pub(super) fn check_integrity(metadata: Option<&str>, response: &UnsafeResponse) -> Result<(), Reason> {
    let Some(metadata) = metadata else { return Ok(()) };
    // Departs: SHA-256 alone, which is what cases name. Metadata without any known hash matches everything.
    let mut digests =
        metadata.split_ascii_whitespace().filter_map(|item| item.strip_prefix("sha256-")).peekable();
    if digests.peek().is_none() {
        return Ok(());
    }
    let actual = base64(&Sha256::digest(&response.response.body));
    if response.is_cors_same_origin() && digests.any(|digest| digest == actual) {
        return Ok(());
    }
    Err(Reason::Integrity)
}

/// <https://www.rfc-editor.org/rfc/rfc4648#section-4>
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let is_padding = digit > chunk.len();
            let value = (bits >> (18 - 6 * digit)) & 0x3f;
            text.push(if is_padding { '=' } else { char::from(ALPHABET[value as usize]) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("", "")]
    #[case("f", "Zg==")]
    #[case("fo", "Zm8=")]
    #[case("foo", "Zm9v")]
    #[case("foob", "Zm9vYg==")]
    fn bytes_are_spelled(#[case] bytes: &str, #[case] text: &str) {
        assert_eq!(base64(bytes.as_bytes()), text);
    }
}
