//! Subresource Integrity, <https://w3c.github.io/webappsec-subresource-integrity/>.

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::{
    reason::Reason,
    request::{Request, ResponseTainting},
};

/// <https://w3c.github.io/webappsec-subresource-integrity/#hash-functions>, the strongest last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Algorithm {
    Sha256,
    Sha384,
    Sha512,
}

/// The steps of <https://fetch.spec.whatwg.org/#concept-main-fetch> for a request with integrity metadata; `body` is
/// the response's, `None` for a null body.
///
/// # Errors
/// That the bytes are others, or that there are none to be looked at: an opaque response's body is null.
pub(super) fn check_integrity(request: &Request, body: Option<&[u8]>) -> Result<(), Reason> {
    let Some(metadata) = request.integrity_metadata.as_deref().filter(|metadata| !metadata.is_empty()) else {
        return Ok(());
    };
    let body = body.filter(|_| request.response_tainting != ResponseTainting::Opaque);
    if body.is_some_and(|bytes| do_bytes_match(bytes, metadata)) { Ok(()) } else { Err(Reason::Integrity) }
}

/// <https://w3c.github.io/webappsec-subresource-integrity/#does-response-match-metadatalist>
fn do_bytes_match(bytes: &[u8], metadata: &str) -> bool {
    let items: Vec<(Algorithm, &str)> = metadata.split_ascii_whitespace().filter_map(item).collect();
    // Metadata without any known hash matches everything.
    let Some(strongest) = items.iter().map(|(algorithm, _)| *algorithm).max() else { return true };
    items.iter().any(|(algorithm, value)| *algorithm == strongest && *value == strongest.apply(bytes))
}

/// An item of <https://w3c.github.io/webappsec-subresource-integrity/#parse-metadata>; what follows a `?` is ignored.
fn item(text: &str) -> Option<(Algorithm, &str)> {
    let (algorithm, value) = text.split('?').next()?.split_once('-')?;
    let algorithm = match algorithm.to_ascii_lowercase().as_str() {
        "sha256" => Algorithm::Sha256,
        "sha384" => Algorithm::Sha384,
        "sha512" => Algorithm::Sha512,
        _ => return None,
    };
    Some((algorithm, value))
}

impl Algorithm {
    /// <https://w3c.github.io/webappsec-subresource-integrity/#apply-algorithm-to-response>
    fn apply(self, bytes: &[u8]) -> String {
        match self {
            Self::Sha256 => base64(&Sha256::digest(bytes)),
            Self::Sha384 => base64(&Sha384::digest(bytes)),
            Self::Sha512 => base64(&Sha512::digest(bytes)),
        }
    }
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
