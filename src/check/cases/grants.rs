//! Cases with methods and headers that the policy does not declare.

use std::sync::Arc;

use super::{
    case_builder::{CaseBuilder, withholding},
    probe::Question,
};
use crate::case::ExpectedRead;

/// A header that no policy declares.
pub(super) const UNDECLARED_HEADER: &str = "X-Corsproof-Undeclared";

impl CaseBuilder<'_> {
    /// Adds cases with methods and a header that the policy does not declare: they must not be granted. The network
    /// stops such a request if it is.
    pub(super) fn undeclared_grants(&mut self) {
        let policy = self.policy;
        let Some(origin) = self.cross_origin_reader() else { return };
        for method in ["PUT", "DELETE", "PATCH"] {
            if policy.methods.iter().all(|declared| declared != method) {
                let step = self.step(&origin, self.request(method), ExpectedRead::Blocked);
                let mut case = self.case(&format!("undeclared[{method}]"), vec![step]);
                case.scenario = Arc::new(withholding(self.scenario()));
                self.add(Question::UndeclaredMethod(method.to_owned()), case);
            }
        }
        let mut request = self.request(&self.simple_method());
        request.add_header(UNDECLARED_HEADER);
        let step = self.step(&origin, request, ExpectedRead::Blocked);
        let case = self.case(&format!("undeclared[{UNDECLARED_HEADER}]"), vec![step]);
        self.add(Question::UndeclaredHeader, case);
    }
}
