//! A model that is wrong in one rule, and whether the suite notices.

use crate::{case::Case, judge::author_against_model, predict::predict_with};
use fetch_model::{Request, Rules};

/// The standard but for one rule.
pub(crate) struct Mutant {
    /// What it does instead.
    pub(crate) name: &'static str,
    /// The requirements that this breaks, as `R23`.
    pub(crate) breaks: &'static [&'static str],
    pub(crate) rules: Box<dyn Rules>,
}

impl Mutant {
    /// The case that catches it: one that covers what it breaks, and whose author it contradicts in what is
    /// read or sent. A reason alone is not enough: not every engine tells it.
    pub(crate) fn caught_by<'a>(&self, cases: impl IntoIterator<Item = &'a Case>) -> Option<&'a Case> {
        cases.into_iter().filter(|case| self.is_business_of(case)).find(|case| {
            let predicted = predict_with(case, self.rules.as_ref());
            author_against_model(case, &predicted)
                .iter()
                .any(|difference| !difference.field.ends_with("reason"))
        })
    }

    /// Whether `case` covers what it breaks.
    pub(crate) fn is_business_of(&self, case: &Case) -> bool {
        case.covers.iter().any(|id| self.breaks.contains(&id.as_str()))
    }
}

/// `request` with a change.
pub(crate) fn but(request: &Request, change: impl FnOnce(&mut Request)) -> Request {
    let mut request = request.clone();
    change(&mut request);
    request
}

/// `"what it does instead" breaks ["R1"] { fn the_rule(&self, ...) { ... } }`, many of them.
macro_rules! mutants {
    ($($name:literal breaks [$($id:literal),+] { $($method:tt)* })*) => {
        pub(crate) fn mutants() -> Vec<super::mutant::Mutant> {
            vec![$({
                struct Wrong;
                impl ::fetch_model::html::HtmlRules for Wrong {}
                impl ::fetch_model::Rules for Wrong { $($method)* }
                super::mutant::Mutant { name: $name, breaks: &[$($id),+], rules: Box::new(Wrong) }
            }),*]
        }
    };
}

/// The same for the rules of HTML and its kin.
macro_rules! html_mutants {
    ($($name:literal breaks [$($id:literal),+] { $($method:tt)* })*) => {
        pub(crate) fn mutants() -> Vec<super::mutant::Mutant> {
            vec![$({
                struct Wrong;
                impl ::fetch_model::html::HtmlRules for Wrong { $($method)* }
                impl ::fetch_model::Rules for Wrong {}
                super::mutant::Mutant { name: $name, breaks: &[$($id),+], rules: Box::new(Wrong) }
            }),*]
        }
    };
}
