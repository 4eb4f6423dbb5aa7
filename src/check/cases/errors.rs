//! Cases that provoke error responses, which scripts must be able to read as well.

use super::{
    case_builder::CaseBuilder,
    probe::{ErrorPlace, Question},
};
use crate::{case::ExpectedRead, check::policy::UnsafeMethods};

/// A path that no server is expected to have, to provoke a 404.
const MISSING: &str = "corsproof-no-such-page";

impl CaseBuilder<'_> {
    /// Errors must be readable too, or a script cannot tell what is wrong.
    pub(super) fn errors(&mut self) {
        let policy = self.policy;
        let Some(origin) = self.cross_origin_reader() else { return };
        for path in &policy.errors {
            let step = self.step(&origin, self.request_to(path, "GET"), ExpectedRead::Allowed);
            let case = self.case(&format!("error[{path}]"), vec![step]);
            self.add(Question::Error(ErrorPlace::Declared), case);
        }
        let other =
            ["POST", "GET"].into_iter().find(|other| policy.methods.iter().all(|method| method != other));
        if let Some(method) =
            other.filter(|method| *method == "GET" || policy.unsafe_methods == UnsafeMethods::Sent)
        {
            let step = self.step(&origin, self.request(method), ExpectedRead::Allowed);
            let case = self.case(&format!("error[{method}]"), vec![step]);
            // Pages use no method that is not declared: CORS by route and method is a sound design.
            self.add(Question::Error(ErrorPlace::Elsewhere), case);
        }
        let path = policy.path.split('?').next().unwrap_or_default().trim_end_matches('/');
        let step =
            self.step(&origin, self.request_to(&format!("{path}/{MISSING}"), "GET"), ExpectedRead::Allowed);
        let case = self.case("error[no such page]", vec![step]);
        self.add(Question::Error(ErrorPlace::Elsewhere), case);
    }
}
