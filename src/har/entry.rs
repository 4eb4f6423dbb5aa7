//! A request of a recording and its answer.

use corsproof_fixture::Message;
use fetch_model::Origin;
use url::Url;

use super::document::{self, Field};

/// What Chromium calls the request that asks before another.
const PREFLIGHT: &str = "preflight";

/// How much of what a browser says of a failure is kept, in characters.
const LONGEST_ERROR: usize = 60;

/// An entry of the file.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Its place in `log.entries`, from 0.
    pub index: usize,
    pub method: String,
    /// Without a user and without a fragment.
    pub url: Url,
    request_headers: Vec<Field>,
    /// Whether it was sent with cookies.
    pub has_cookies: bool,
    /// `None` where the file has none.
    pub answer: Option<Message>,
    /// What went wrong, in the browser's words.
    pub error: Option<String>,
    /// What asked, in Chromium's words: `fetch`, `xhr`, `image`; empty in other files.
    pub resource_type: String,
    initiator: String,
    /// The URL of the page, where the file has it.
    pub page: Option<Url>,
}

impl Entry {
    /// The entry of a file; `None` where its URL cannot be parsed.
    pub(super) fn new(index: usize, entry: document::Entry, pages: &[document::Page]) -> Option<Self> {
        let document::Entry { pageref, request, response, resource_type, initiator } = entry;
        let mut url = Url::parse(&request.url).ok()?;
        url.set_fragment(None);
        // No script can ask with a user in the URL; elements can, and CORS does not look at it.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        let page = pages.iter().find(|page| page.id == pageref).and_then(|page| Url::parse(&page.title).ok());
        let has_cookies = !request.cookies.is_empty()
            || request.headers.iter().any(|field| field.name.eq_ignore_ascii_case("cookie"));
        Some(Self {
            index,
            method: request.method,
            url,
            has_cookies,
            request_headers: request.headers,
            answer: answer(response.status, response.headers),
            error: Some(response.error.chars().take(LONGEST_ERROR).collect::<String>())
                .filter(|error| !error.is_empty()),
            resource_type,
            initiator: initiator.kind,
            page,
        })
    }

    /// The value of a field of the request.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let field = self.request_headers.iter().find(|field| field.name.eq_ignore_ascii_case(name))?;
        Some(field.value.trim())
    }

    /// Whether it is the request that asks before another.
    pub(super) fn is_preflight(&self) -> bool {
        let is_called_so = self.resource_type == PREFLIGHT || self.initiator == PREFLIGHT;
        self.method == "OPTIONS" && (is_called_so || self.asked_method().is_some())
    }

    /// The method that a preflight asks for.
    pub(super) fn asked_method(&self) -> Option<&str> {
        self.header("access-control-request-method")
    }

    /// The names of the header fields that a preflight asks for.
    pub(super) fn asked_headers(&self) -> Vec<String> {
        let names = self.header("access-control-request-headers").unwrap_or_default().split(',');
        names.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    pub(super) fn origin(&self) -> Option<Origin> {
        Origin::of(&self.url)
    }

    pub(super) fn status(&self) -> Option<u16> {
        self.answer.as_ref().map(|answer| answer.status)
    }

    /// The URL that the answer redirects to.
    pub(super) fn redirects_to(&self) -> Option<Url> {
        let answer =
            self.answer.as_ref().filter(|answer| matches!(answer.status, 301 | 302 | 303 | 307 | 308))?;
        let (_, location) = answer.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("location"))?;
        let mut target = self.url.join(location).ok()?;
        target.set_fragment(None);
        Some(target)
    }
}

/// The answer; a browser that shows none to its developer tools has the status 0.
fn answer(status: i64, headers: Vec<Field>) -> Option<Message> {
    let status = u16::try_from(status).ok().filter(|status| (200..1_000).contains(status))?;
    // HTTP/2 has no such field, but recordings do; and what came twice is one value in lines in some of them.
    let fields = headers.into_iter().filter(|field| !field.name.starts_with(':'));
    let headers = fields.flat_map(|Field { name, value }| {
        let values: Vec<String> = value.split('\n').map(str::to_owned).collect();
        values.into_iter().map(move |value| (name.clone(), value))
    });
    Some(Message { status, headers: headers.collect(), body: Vec::new() })
}
