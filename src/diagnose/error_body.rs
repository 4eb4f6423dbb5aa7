//! The text of an error answer, as a person reads it: what a server says went wrong.

use std::io::Read;

use corsproof_fixture::Message;
use flate2::read::MultiGzDecoder;

use crate::evidence::header;

/// How many lines are shown.
const LINES: usize = 5;
/// How many characters of a line are shown.
const LINE: usize = 200;
/// How many bytes are looked at: an error page with all its styles may be long.
const LENGTH: u64 = 256 * 1024;

/// The first lines of the body of an answer with an error status, without empty ones and without HTML's marks.
pub(super) fn first_lines(message: &Message) -> Vec<String> {
    if message.status < 400 {
        return Vec::new();
    }
    let Some(body) = decoded(message) else { return Vec::new() };
    let text = String::from_utf8_lossy(&body);
    let is_html = header(message, "content-type").is_some_and(|mime_type| mime_type.contains("html"));
    let text = if is_html { text_of_html(&text) } else { text.into_owned() };
    text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES).map(cut).collect()
}

/// The text of a page of HTML. The crate leaves marks inside `<pre>` as they are, and stack traces have `<br>` there.
fn text_of_html(page: &str) -> String {
    nanohtml2text::html2text(&page.replace("<pre", "<p").replace("</pre>", "</p>"))
}

/// The body without its content coding; `None` where it cannot be read.
fn decoded(message: &Message) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    match header(message, "content-encoding").as_deref() {
        None | Some("identity") => message.body.as_slice().take(LENGTH).read_to_end(&mut body),
        Some("gzip") => MultiGzDecoder::new(message.body.as_slice()).take(LENGTH).read_to_end(&mut body),
        Some(_) => return None,
    }
    .ok()?;
    // Bytes that are no text say nothing to a person.
    (!body.contains(&0)).then_some(body)
}

fn cut(line: &str) -> String {
    match line.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn answer(status: u16, fields: &[(&str, &str)], body: &[u8]) -> Message {
        let headers = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Message { status, headers, body: body.to_vec() }
    }

    #[test]
    fn a_page_of_html_is_told_as_a_person_sees_it() {
        let page = b"<!DOCTYPE html><html><head><title>Error</title><style>pre { color: red }</style></head>\n\
            <body><pre>Error: Not allowed by CORS<br> &nbsp; &nbsp;at origin (/srv/app.js:7:16)<br></pre></body></html>";
        let html = [("Content-Type", "text/html; charset=utf-8")];
        let lines = first_lines(&answer(500, &html, page));
        assert_eq!(lines, ["Error: Not allowed by CORS", "at origin (/srv/app.js:7:16)"]);
    }

    #[test]
    fn a_packed_body_is_unpacked() {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(b"{\"detail\": \"no such order\"}").expect("it is in memory");
        let packed = packed.finish().expect("it is in memory");
        let coded = answer(404, &[("content-encoding", "gzip")], &packed);
        assert_eq!(first_lines(&coded), ["{\"detail\": \"no such order\"}"]);
        let broken = answer(404, &[("content-encoding", "gzip")], b"no gzip");
        assert_eq!(first_lines(&broken), Vec::<String>::new());
    }

    #[test]
    fn little_is_shown_of_much() {
        let long = format!("{}\n\n\n{}", "é".repeat(300), "line\n".repeat(9));
        let lines = first_lines(&answer(500, &[], long.as_bytes()));
        assert_eq!(lines.len(), LINES);
        assert_eq!(lines[0].chars().count(), LINE + 3);
        assert_eq!(lines[1], "line");
    }

    #[test]
    fn what_is_no_error_and_what_is_no_text_are_left_out() {
        assert_eq!(first_lines(&answer(200, &[], b"three")), Vec::<String>::new());
        assert_eq!(first_lines(&answer(500, &[], b"\0\x01\x02")), Vec::<String>::new());
    }
}
