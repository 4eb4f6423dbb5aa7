//! What files say of themselves. The model decodes no image, sound or font: it reads the few bytes that tell what
//! a script could measure of the small files that cases have.

/// The colour of an image or of a video's frames: the palette of a PNG that has one colour
/// (<https://www.w3.org/TR/png-3/#11PLTE>), the title of a WebM file.
pub(super) fn colour(bytes: &[u8]) -> Option<String> {
    if let Some(chunks) = png_chunks(bytes) {
        let [red, green, blue] = *after(chunks, b"PLTE")?.first_chunk()?;
        return Some(format!("#{red:02x}{green:02x}{blue:02x}"));
    }
    // https://www.rfc-editor.org/rfc/rfc9559#name-title-element
    let [_, title @ ..] = after(webm(bytes)?, &[0x7b, 0xa9])?.first_chunk::<8>()?;
    String::from_utf8(title.to_vec()).ok()
}

/// The natural size of an image or a video, as `4x2`.
pub(super) fn natural_size(bytes: &[u8]) -> Option<String> {
    let (width, height) = match png_chunks(bytes) {
        // https://www.w3.org/TR/png-3/#11IHDR
        Some(chunks) => {
            let header = after(chunks, b"IHDR")?;
            (big_endian(header.get(..4)?), big_endian(header.get(4..8)?))
        }
        // https://www.rfc-editor.org/rfc/rfc9559#name-video-element: a byte each.
        None => {
            let webm = webm(bytes)?;
            (
                big_endian(after(webm, &[0xb0, 0x81])?.get(..1)?),
                big_endian(after(webm, &[0xba, 0x81])?.get(..1)?),
            )
        }
    };
    Some(format!("{width}x{height}"))
}

/// The duration of a sound or a video, as `250 ms`.
pub(super) fn duration(bytes: &[u8]) -> Option<String> {
    let milliseconds = match bytes.strip_prefix(b"RIFF") {
        // Bytes a second from `fmt `, bytes from `data`.
        Some(chunks) => {
            let format = after(chunks, b"fmt ")?;
            let rate = u32::from_le_bytes(*format.get(12..)?.first_chunk()?);
            let length = u32::from_le_bytes(*after(chunks, b"data")?.first_chunk()?);
            f64::from(length) * 1000.0 / f64::from(rate)
        }
        // https://www.rfc-editor.org/rfc/rfc9559#name-duration-element: milliseconds, unless a scale says otherwise.
        None => f64::from_be_bytes(*after(webm(bytes)?, &[0x44, 0x89, 0x88])?.first_chunk()?),
    };
    Some(format!("{milliseconds:.0} ms"))
}

/// How wide the characters of a TrueType font are, as `3em`:
/// <https://learn.microsoft.com/typography/opentype/spec/hmtx>, its first advance.
pub(super) fn advance_width(bytes: &[u8]) -> Option<String> {
    let table = |tag: &[u8]| {
        let record = after(bytes, tag)?;
        bytes.get(usize::try_from(big_endian(record.get(4..8)?)).ok()?..)
    };
    let units_per_em = big_endian(table(b"head")?.get(18..20)?);
    let advance = big_endian(table(b"hmtx")?.get(..2)?);
    Some(format!("{}em", advance.checked_div(units_per_em)?))
}

fn png_chunks(bytes: &[u8]) -> Option<&[u8]> {
    bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")
}

fn webm(bytes: &[u8]) -> Option<&[u8]> {
    bytes.strip_prefix(&[0x1a, 0x45, 0xdf, 0xa3])
}

/// What follows the first occurrence of `mark`.
fn after<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    let at = bytes.windows(mark.len()).position(|window| window == mark)?;
    bytes.get(at + mark.len()..)
}

fn big_endian(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use corsproof_fixture::Sample;

    use super::*;

    #[test]
    fn samples_tell_what_can_be_measured_of_them() {
        let [png, wav, webm, ttf] =
            [Sample::Png, Sample::Wav, Sample::Webm, Sample::Ttf].map(|sample| sample.bytes());
        assert_eq!(colour(png).as_deref(), Some("#c0ffee"));
        assert_eq!(natural_size(png).as_deref(), Some("4x2"));
        assert_eq!(duration(wav).as_deref(), Some("250 ms"));
        assert_eq!(colour(webm).as_deref(), Some("#2040c0"));
        assert_eq!(natural_size(webm).as_deref(), Some("16x16"));
        assert_eq!(duration(webm).as_deref(), Some("500 ms"));
        assert_eq!(advance_width(ttf).as_deref(), Some("3em"));
    }

    #[test]
    fn other_bytes_tell_nothing() {
        for bytes in [&b""[..], b"<html>", b"RIFF", b"\x89PNG\r\n\x1a\nPLTE", b"\x1a\x45\xdf\xa3"] {
            assert_eq!(colour(bytes), None);
            assert_eq!(natural_size(bytes), None);
            assert_eq!(duration(bytes), None);
            assert_eq!(advance_width(bytes), None);
        }
    }
}
