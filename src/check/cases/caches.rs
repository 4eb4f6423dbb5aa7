//! Cases about caches, which must not serve the answer for one origin to another.

use std::sync::Arc;

use corsproof_fixture::{Interception, Scenario, SharedCache};
use fetch_model::{Origin, RequestMode};

use super::{case_builder::CaseBuilder, probe::Question};
use crate::case::{Expectation, ExpectedRead, Need};

impl CaseBuilder<'_> {
    /// Whether caches between the server and its readers tell them apart.
    pub(super) fn caches(&mut self) {
        let readers: Vec<Origin> = self.cross_origin_readers();
        let Some(first) = readers.first().cloned() else { return };
        if !self.policy.methods.iter().any(|method| method == "GET") {
            return;
        }
        let read =
            |asker: &Self, origin: &Origin| asker.step(origin, asker.request("GET"), ExpectedRead::Allowed);
        // Without CORS first: a request that has no Origin.
        let mut before = read(self, &first);
        before.request.mode = Some(RequestMode::NoCors);
        before.expect = Expectation { read: ExpectedRead::Opaque, ..Expectation::default() };
        let plain = vec![before, read(self, &first)];
        // Engines keep a cache for each site.
        let same_site = readers.iter().skip(1).find(|other| first.is_same_site(other)).cloned();
        let both = |asker: &Self, other: &Origin| vec![read(asker, &first), read(asker, other)];
        // What the browser kept may be asked for again by its date or its tag, and the 304 is read as the answer.
        let again = vec![read(self, &first), read(self, &first)];
        let mut browser = vec![("no-cors first", plain.clone()), ("again", again)];
        browser.extend(same_site.map(|other| ("two origins", both(self, &other))));
        for (name, steps) in browser {
            let mut case = self.case(&format!("browser-cache[{name}]"), steps);
            case.needs.push(Need::HttpCache);
            self.add(Question::BrowserCache, case);
        }
        let mut shared = vec![("no-cors first", plain)];
        shared.extend(readers.get(1).map(|other| ("two origins", both(self, other))));
        for (name, steps) in shared {
            let mut case = self.case(&format!("shared-cache[{name}]"), steps);
            let interception =
                Interception { shared_cache: SharedCache::Present, ..self.scenario().interception };
            case.scenario = Arc::new(Scenario { interception, ..self.scenario() });
            self.add(Question::SharedCache, case);
        }
    }
}
