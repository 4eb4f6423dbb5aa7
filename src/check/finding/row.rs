//! The row of facts about a kind of finding.

use std::{collections::BTreeSet, fmt};

use crate::{
    check::{checklist::Point, framework::Setting},
    words::words,
};

words! {
    /// How bad a finding is.
    #[non_exhaustive]
    pub Severity {
        /// Users are locked out.
        Broken = "broken",
        /// Strangers can read.
        Unsafe = "unsafe",
        /// Nobody is hurt yet.
        Advice = "advice",
    }
}

/// Everything that there is to say of a kind of finding.
pub(super) struct Row {
    /// The severity where nothing about a case makes it better or worse.
    pub(super) severity: Severity,
    /// The points of the checklist that a server with it fails.
    pub(super) fails: &'static [Point],
    /// What was found, in a sentence about its subjects.
    pub(super) found: fn(&Subjects) -> String,
    /// The consequence that an attacker or a user would notice.
    pub(super) means: &'static str,
    /// The condition to meet, whatever framework the server uses.
    pub(super) change: &'static str,
    /// The framework setting that meets it; `None` where frameworks have none.
    pub(super) setting: Option<Setting>,
}

/// The origins, methods, headers, ... that a finding is about. Written out: `a, b and c`, and no more than some.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct Subjects(BTreeSet<String>);

impl Subjects {
    pub(in crate::check) fn add(&mut self, subject: String) {
        self.0.insert(subject);
    }

    /// Whether there is nothing to name.
    pub(super) fn are_blank(&self) -> bool {
        self.0.iter().all(String::is_empty)
    }
}

impl fmt::Display for Subjects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 5;
        let shown: Vec<&str> = self.0.iter().take(MOST).map(String::as_str).collect();
        let rest = self.0.len().saturating_sub(MOST);
        match (shown.as_slice(), rest) {
            ([], _) => Ok(()),
            ([one], _) => f.write_str(one),
            ([most @ .., last], 0) => write!(f, "{} and {last}", most.join(", ")),
            (shown, rest) => write!(f, "{} and {rest} more", shown.join(", ")),
        }
    }
}
