//! The servers of a case as the model's network, in memory.

use corsproof_fixture::{Answer, HttpVersion, Message, Received, Reply, Scenario, Token};
use url::Url;

use fetch_model::{HeaderList, HttpRequest, InternalResponse, Network};

/// A case's servers in memory.
pub(super) struct ScenarioNetwork<'a> {
    scenario: &'a Scenario,
    token: &'a Token,
    pub(super) received: Vec<Received>,
}

impl<'a> ScenarioNetwork<'a> {
    pub(super) fn new(scenario: &'a Scenario, token: &'a Token) -> Self {
        Self { scenario, token, received: Vec::new() }
    }

    /// The HTTP version that the server of this origin speaks.
    fn version(&self, url: &Url) -> HttpVersion {
        let origin = url.origin().ascii_serialization();
        if url.scheme() == "https" && !self.scenario.http1_origins.contains(&origin) {
            HttpVersion::H2
        } else {
            HttpVersion::H1
        }
    }
}

impl Network for ScenarioNetwork<'_> {
    fn send(&mut self, request: &HttpRequest) -> Option<InternalResponse> {
        let received = Received {
            method: request.method.clone(),
            url: request.url.clone(),
            version: self.version(&request.url),
            headers: request
                .header_list
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: request.body.clone(),
        };
        let answer = self.scenario.answer(self.token, &received, received.earlier(&self.received));
        let upgrades = received.header("Upgrade").is_some();
        self.received.push(received);
        match answer.reply {
            Reply::WebSocket if upgrades => Some(InternalResponse::new(101, HeaderList::new(), Vec::new())),
            Reply::Message(_) | Reply::Raw { .. } | Reply::Close | Reply::Hang | Reply::WebSocket => {
                response(answer)
            }
        }
    }
}

/// An answer as an HTTP client hands it on: white space around a value is not part of it.
pub(super) fn response(answer: Answer) -> Option<InternalResponse> {
    let message: Message = match answer.reply {
        Reply::Message(message) => message,
        Reply::Raw { seen_as, .. } => seen_as?,
        Reply::Close | Reply::Hang | Reply::WebSocket => return None,
    };
    let header_list = message
        .headers
        .into_iter()
        .map(|(name, value)| (name, value.trim_matches([' ', '\t']).to_owned()))
        .collect::<HeaderList>();
    Some(InternalResponse::new(message.status, header_list, message.body))
}
