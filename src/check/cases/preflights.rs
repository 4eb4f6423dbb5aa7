//! Cases about how long browsers keep the answer to a preflight.

use super::{case_builder::CaseBuilder, probe::Question};
use crate::case::{ExpectedRead, Isolation, Step};

/// The longest Max-Age whose end is waited for, in seconds.
pub(in crate::check) const SHORT_MAX_AGE: u64 = 3;

impl CaseBuilder<'_> {
    /// How long a preflight's answer holds.
    pub(super) fn preflights(&mut self) {
        let Some(origin) = self.cross_origin_reader() else { return };
        let Some(request) = self.preflighted_request() else { return };
        let step = self.step(&origin, request, ExpectedRead::Allowed);
        let case = self.case("preflight-kept", vec![step.clone(), step.clone()]);
        self.add(Question::PreflightKept, case);
        if let Some(seconds @ 1..=SHORT_MAX_AGE) = self.policy.max_age {
            let later = Step { wait_ms: (seconds + 1) * 1000, ..step.clone() };
            let mut case = self.case("preflight-expires", vec![step, later]);
            case.isolation = Isolation::Slow;
            self.add(Question::PreflightExpires, case);
        }
    }
}
