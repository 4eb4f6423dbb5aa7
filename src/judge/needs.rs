//! The features that cases need and some engines lack.

use browsers::Engine;

use crate::case::{Case, Need};

/// Why `engine` cannot show `case`, if it cannot: known before anything is asked of it.
pub(crate) fn unmet_need(case: &Case, engine: Engine) -> Option<String> {
    case.needs.iter().find_map(|need| match (need, engine) {
        (Need::HttpCache, Engine::WebKit) => {
            Some("WebKitGTK keeps no HTTP cache while it is driven by WebDriver".to_owned())
        }
        (Need::HttpCache, Engine::Chromium | Engine::Firefox) => None,
        (Need::RequestStreams, Engine::Firefox | Engine::WebKit) => {
            Some(format!("{engine} cannot upload a ReadableStream"))
        }
        (Need::RequestStreams, Engine::Chromium) => None,
        (Need::ResponseStatus, Engine::WebKit) => {
            Some("WebKitGTK has no PerformanceResourceTiming.responseStatus".to_owned())
        }
        (Need::ResponseStatus, Engine::Chromium | Engine::Firefox) => None,
        (Need::UnpromptedChallenge, Engine::Chromium | Engine::Firefox) => Some(format!(
            "{engine} asks for a name and a password at a 401 by CORS with credentials, where the standard \
             says not to (https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch), and nobody answers"
        )),
        (Need::UnpromptedChallenge, Engine::WebKit) => None,
        // Which characters an engine takes is seen when it is asked for the page.
        (Need::SpecialHost, _) => None,
        (Need::AudioOutput, Engine::Firefox | Engine::WebKit) => {
            Some(format!("{engine} plays nothing into Web Audio on a machine without a sound device"))
        }
        (Need::AudioOutput, Engine::Chromium) => None,
        (Need::Prefetch, Engine::WebKit) => {
            Some("WebKitGTK has <link rel=prefetch> switched off".to_owned())
        }
        (Need::Prefetch, Engine::Chromium | Engine::Firefox) => None,
        (Need::MediaRanges, Engine::WebKit) => {
            Some("WebKitGTK's media elements ask for the whole first, without a Range".to_owned())
        }
        (Need::MediaRanges, Engine::Chromium | Engine::Firefox) => None,
    })
}
