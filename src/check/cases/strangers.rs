//! Cases of origins that the policy does not declare.

use std::{sync::Arc, time::Duration};

use corsproof_fixture::{Resource, Source, Turn};
use fetch_model::{CredentialsMode, Origin};
use url::Url;

use super::{case_builder::CaseBuilder, probe::Question};
use crate::{
    case::{Context, ExpectedRead, Need},
    check::{
        policy::{Origins, UnsafeMethods},
        strangers::{Disguise, Stranger, strangers},
    },
};

/// The URL of the harness's own redirect to the server.
const REDIRECT: &str = "https://redirect.attacker.example/";

impl CaseBuilder<'_> {
    /// Adds the cases in which undeclared origins ask.
    pub(super) fn strangers(&mut self) {
        let Origins::List(declared) = &self.policy.origins else { return self.everybody_with_credentials() };
        // What a pattern may be meant to let in is nobody's mistake.
        let is_declared = |page: &Origin| declared.iter().any(|declared| declared.may_be(page));
        let strangers = strangers(&self.policy.readers(), is_declared, &self.file.server.origin);
        for stranger in &strangers {
            self.stranger(stranger);
        }
        if let Some(unrelated) = strangers.first() {
            self.without_credentials(&unrelated.page);
            self.change(&unrelated.page);
        }
    }

    /// Everybody may read, but nobody with credentials.
    fn everybody_with_credentials(&mut self) {
        if let Some(origin) = self.policy.readers().last() {
            let mut request = self.request(&self.policy.methods[0]);
            request.credentials = Some(CredentialsMode::Include);
            let step = self.step(origin, request, ExpectedRead::Blocked);
            let case = self.case("stranger[with credentials]", vec![step]);
            self.add(Question::StrangerWithCredentials, case);
        }
    }

    /// A page that is really loaded from the stranger's origin.
    fn stranger(&mut self, stranger: &Stranger) {
        let request = self.request(&self.simple_method());
        let mut step = self.step(&stranger.page, request, ExpectedRead::Blocked);
        let mut scenario = self.scenario();
        let name = match stranger.disguise {
            Disguise::SandboxedFrame => {
                step.context = Context::SandboxedIframe;
                "stranger[null]".to_owned()
            }
            Disguise::Redirect => {
                scenario.resources.extend(redirect_to(&step.request.url, self.policy.credentials));
                REDIRECT.clone_into(&mut step.request.url);
                "stranger[null by redirect]".to_owned()
            }
            disguise => format!("stranger[{} {}]", disguise.word(), stranger.page),
        };
        let mut case = self.case(&name, vec![step]);
        case.scenario = Arc::new(scenario);
        // Engines differ in the hosts that they take.
        if matches!(stranger.disguise, Disguise::SpecialCharacter | Disguise::TrailingDot) {
            case.needs.push(Need::SpecialHost);
        }
        self.add(Question::Stranger(stranger.disguise), case);
    }

    /// Adds the cases without credentials: what is refused with credentials may be granted without.
    fn without_credentials(&mut self, page: &Origin) {
        if self.policy.credentials {
            let mut request = self.request(&self.simple_method());
            request.credentials = Some(CredentialsMode::Omit);
            let step = self.step(page, request, ExpectedRead::Blocked);
            let case = self.case("stranger[without credentials]", vec![step]);
            self.add(Question::StrangerWithoutCredentials, case);
        }
    }

    /// A POST that needs no preflight arrives, whoever sends it.
    fn change(&mut self, page: &Origin) {
        let posts = self.policy.methods.iter().any(|method| method == "POST");
        if posts && self.policy.unsafe_methods == UnsafeMethods::Sent {
            let step = self.step(page, self.request("POST"), ExpectedRead::Blocked);
            let case = self.case("stranger[POST]", vec![step]);
            self.add(Question::StrangersChange, case);
        }
    }
}

/// The harness's own server, which sends whoever asks on to `url`.
fn redirect_to(url: &str, credentials: bool) -> Option<Resource> {
    let credentials = if credentials { "Access-Control-Allow-Credentials: true\n" } else { "" };
    let text = format!("302\nAccess-Control-Allow-Origin: {{origin}}\n{credentials}Location: {url}\n");
    let turn = Turn { times: 1, delay: Duration::ZERO, source: Source::Text(text) };
    let url = Url::parse(REDIRECT).ok()?;
    Some(Resource { url, preflight: Vec::new(), response: vec![turn] })
}
