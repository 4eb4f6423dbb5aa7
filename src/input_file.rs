//! Files that are read whole: regular ones, up to a size.

use std::{
    fmt,
    fs::{self, FileType},
    io::{self, Read},
    os::unix::fs::FileTypeExt,
    path::Path,
};

/// The largest document, in bytes: some 50,000 cases.
pub(crate) const MOST_OF_DOCUMENT: u64 = 16 << 20;

/// How much of a file its beginning is, in bytes.
const BEGINNING: u64 = 4_096;

/// What a path may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accepted {
    Regular,
    /// A pipe as well, as in `corsproof report <(zcat run.ndjson.gz)`.
    RegularOrPipe,
}

/// Reads a file of at most `most` bytes.
///
/// # Errors
/// Where it cannot be opened or read, is something else, or is larger.
pub(crate) fn read(path: &Path, accepted: Accepted, most: u64) -> io::Result<Vec<u8>> {
    read_if(path, accepted, most, |_| true)
}

/// The same of a file that may be anything: where its beginning is not as `is_right` wants it, that is all that is
/// read.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_if(
    path: &Path,
    accepted: Accepted,
    most: u64,
    is_right: impl Fn(&[u8]) -> bool,
) -> io::Result<Vec<u8>> {
    // Before it is opened: to open a pipe is to wait for whoever writes into it.
    let kind = fs::metadata(path)?.file_type();
    let is_accepted = match accepted {
        Accepted::Regular => kind.is_file(),
        Accepted::RegularOrPipe => kind.is_file() || kind.is_fifo(),
    };
    if !is_accepted {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("it is {}", words(kind))));
    }
    let mut bytes = Vec::new();
    let mut file = fs::File::open(path)?;
    file.by_ref().take(BEGINNING).read_to_end(&mut bytes)?;
    if is_right(&bytes) {
        file.take((most + 1).saturating_sub(bytes.len() as u64)).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > most {
        let text = format!("it has more than {} MiB", most >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, text));
    }
    Ok(bytes)
}

/// Reads a document: a regular file of at most [`MOST_OF_DOCUMENT`] in UTF-8.
///
/// # Errors
/// As [`read`], and with the place of the first byte that is no UTF-8.
pub(crate) fn read_document(path: &Path) -> io::Result<String> {
    text_of(read(path, Accepted::Regular, MOST_OF_DOCUMENT)?)
}

/// Bytes as text.
///
/// # Errors
/// With the place of the first byte that is no UTF-8.
pub(crate) fn text_of(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        io::Error::new(io::ErrorKind::InvalidData, NotUtf8::after(valid, error.as_bytes()[valid.len()]))
    })
}

/// The first byte of a file that is no part of a character in UTF-8.
#[derive(Debug)]
struct NotUtf8 {
    byte: u8,
    line: usize,
    /// In characters, from 1.
    column: usize,
}

impl NotUtf8 {
    fn after(valid: &[u8], byte: u8) -> Self {
        let line_start = valid.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let is_first_of_character = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
        Self {
            byte,
            line: valid.iter().filter(|byte| **byte == b'\n').count() + 1,
            column: valid[line_start..].iter().filter(is_first_of_character).count() + 1,
        }
    }
}

impl fmt::Display for NotUtf8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { byte, line, column } = self;
        write!(f, "line {line}, column {column}: the byte 0x{byte:02x} is no UTF-8")
    }
}

impl std::error::Error for NotUtf8 {}

fn words(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a pipe, not a file"
    } else if kind.is_socket() {
        "a socket, not a file"
    } else {
        "a device, not a file"
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(b"\xff", "line 1, column 1: the byte 0xff is no UTF-8")]
    #[case(b"a\n\xc3\xa4\xc3\xa4 \xe9t\xe9", "line 2, column 4: the byte 0xe9 is no UTF-8")]
    #[case(b"a\ncut off \xc3", "line 2, column 9: the byte 0xc3 is no UTF-8")]
    fn the_first_bad_byte_has_a_place(#[case] bytes: &[u8], #[case] told: &str) {
        assert_eq!(text_of(bytes.to_vec()).expect_err("no UTF-8").to_string(), told);
    }

    #[test]
    fn what_never_ends_is_not_read() {
        let error = |accepted| read(Path::new("/dev/zero"), accepted, 1).expect_err("no file").to_string();
        assert_eq!(error(Accepted::Regular), "it is a device, not a file");
        assert_eq!(error(Accepted::RegularOrPipe), "it is a device, not a file");
    }

    #[test]
    fn a_file_has_a_largest_size() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), vec![b'x'; 1 << 20]).expect("1 MiB is written");
        assert_eq!(read(file.path(), Accepted::Regular, 1 << 20).expect("just in").len(), 1 << 20);
        fs::write(file.path(), vec![b'x'; (1 << 20) + 1]).expect("more is written");
        let error = read(file.path(), Accepted::Regular, 1 << 20).expect_err("too much").to_string();
        assert_eq!(error, "it has more than 1 MiB");
    }
}
