//! How long the answers to preflights hold.

use browsers::Engine;

use super::{
    examiner::Examiner,
    result::{preflight, readable},
};
use crate::{
    check::{cases::Question, finding::Kind},
    evidence::header,
    observation::Read,
};

/// How long an engine keeps a preflight's answer at most, in seconds. Documented, not observed:
/// <https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age> has Chromium's and
/// Firefox's; WebKit's stands in its `CrossOriginPreflightResultCache.cpp`.
pub(in crate::check) fn cap(engine: Engine) -> u64 {
    match engine {
        Engine::Chromium => 7_200,
        Engine::Firefox => 86_400,
        Engine::WebKit => 600,
    }
}

impl Examiner<'_> {
    pub(super) fn max_age(&mut self) {
        let kept = |question: &Question| matches!(question, Question::PreflightKept);
        for (_, result) in self.results.of(kept) {
            let Some((_, Some(answer))) = preflight(result) else { continue };
            // Where it was refused first, that answer has nothing to say.
            if readable(result) != Some(true)
                || result.predicted.steps.iter().any(|step| step.read == Read::Blocked)
            {
                continue;
            }
            let said = header(answer, "access-control-max-age");
            let Some(seconds) = said.as_ref().and_then(|value| value.trim().parse::<u64>().ok()) else {
                self.report(Kind::MaxAgeMissing, said.unwrap_or_default(), result);
                continue;
            };
            if let Some(declared) = self.policy.max_age.filter(|declared| *declared != seconds) {
                self.report(Kind::MaxAgeDiffers, format!("{seconds}, where {declared} is declared"), result);
            }
            let exceeded: Vec<Engine> =
                Engine::ALL.into_iter().filter(|engine| seconds > cap(*engine)).collect();
            if !exceeded.is_empty() {
                let caps: Vec<String> = exceeded
                    .iter()
                    .map(|engine| format!("{engine} keeps no more than {}", cap(*engine)))
                    .collect();
                self.report(Kind::MaxAgeAboveCap, format!("{seconds}; {}", caps.join(", ")), result);
            }
        }
    }
}
