//! A network that answers from a list, and requests to try on it.

use std::collections::VecDeque;

use url::Url;

use crate::{
    Ancestry, Client, FetchStandard, HeaderList, HttpRequest, InternalResponse, Network, Origin,
    PolicyContainer, Request, RequestInit, Rules, UserAgent,
};

pub(super) const APP: &str = "https://app.example.com";
pub(super) const API: &str = "https://api.example.com/data";

/// Answers in turn, and keeps what was asked.
#[derive(Default)]
pub(super) struct Answers {
    pub to_come: VecDeque<InternalResponse>,
    pub sent: Vec<HttpRequest>,
}

impl Network for Answers {
    fn send(&mut self, request: &HttpRequest) -> Option<InternalResponse> {
        self.sent.push(request.clone());
        self.to_come.pop_front()
    }
}

/// A response with `headers`, one `Name: value` a line.
pub(super) fn answer(status: u16, headers: &str) -> InternalResponse {
    let header_list = headers
        .lines()
        .filter_map(|line| line.trim().split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    InternalResponse::new(status, header_list, b"body".to_vec())
}

pub(super) fn headers(fields: &[(&str, &str)]) -> HeaderList {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub(super) fn origin(text: &str) -> Origin {
    Origin::parse(text).expect("an origin")
}

pub(super) fn client() -> Client {
    Client {
        top_level_origin: origin(APP),
        ancestry: Ancestry::SameSite,
        referrer_source: Url::parse("https://app.example.com/page?q#f").expect("a URL"),
        document_domain: None,
        policy_container: PolicyContainer::default(),
    }
}

/// What `fetch(url, init)` of the page makes.
pub(super) fn fetch_request(url: &str, init: RequestInit) -> Request {
    FetchStandard.new_request(url, init, origin(APP), client()).expect("a valid request")
}

/// A request whose URL list is `urls`.
pub(super) fn request_through(from: &str, urls: &[&str]) -> Request {
    let mut urls = urls.iter().map(|url| Url::parse(url).expect("a URL"));
    let mut request = Request::new(urls.next().expect("a URL"), origin(from), client());
    urls.for_each(|url| request.append_url(url));
    request
}

/// A user agent that gets `answers`.
pub(super) fn user_agent(answers: impl IntoIterator<Item = InternalResponse>) -> UserAgent<'static, Answers> {
    UserAgent::new(Answers { to_come: answers.into_iter().collect(), sent: Vec::new() }, &FetchStandard)
}

/// `METHOD URL` of everything that was sent.
pub(super) fn sent(user_agent: UserAgent<'_, Answers>) -> Vec<HttpRequest> {
    user_agent.into_network().sent
}
