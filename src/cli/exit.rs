//! The exit codes, and the refusals that lead to them.

use std::process::ExitCode;

use crate::run::Totals;

/// The exit codes of every subcommand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All verdicts agree, are known or do not apply.
    Agreed = 0,
    /// At least one verdict is a difference.
    Differed = 1,
    /// The arguments or a case file are wrong.
    BadInput = 2,
    /// The environment or the harness failed: nothing is known of what is missing.
    Failed = 3,
    NothingSelected = 4,
}

impl Exit {
    /// The exit code for a run's totals. A difference outweighs cases that could not be observed.
    pub(crate) fn of(totals: &Totals) -> Self {
        match totals {
            Totals { differs: 1.., .. } => Self::Differed,
            Totals { failed: 1.., .. } => Self::Failed,
            _ => Self::Agreed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub exit: Exit,
    /// What is wrong, and what to do about it.
    pub text: String,
    pub form: Form,
}

/// The forms of a [`Refusal`]'s text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Sentences, which are wrapped to the terminal's width.
    Words,
    /// Whole lines, such as excerpts of a file, which are printed as they are.
    Drawn,
}

impl Refusal {
    /// A refusal for bad arguments or a bad file.
    pub(crate) fn bad_input(text: impl Into<String>) -> Self {
        Self { exit: Exit::BadInput, text: text.into(), form: Form::Words }
    }

    /// For whoever wrote the files: problems that point into them.
    pub(crate) fn drawn(text: String) -> Self {
        Self { exit: Exit::BadInput, text, form: Form::Drawn }
    }

    /// A refusal for a machine or a harness that failed.
    pub(crate) fn failed(text: impl Into<String>) -> Self {
        Self { exit: Exit::Failed, text: text.into(), form: Form::Words }
    }

    /// A refusal for filters that select nothing.
    pub(crate) fn nothing_selected(text: impl Into<String>) -> Self {
        Self { exit: Exit::NothingSelected, text: text.into(), form: Form::Words }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Totals { agrees: 3, known: 1, not_applicable: 1, ..Totals::default() }, Exit::Agreed)]
    #[case(Totals { agrees: 3, differs: 1, ..Totals::default() }, Exit::Differed)]
    #[case(Totals { agrees: 3, failed: 1, ..Totals::default() }, Exit::Failed)]
    #[case(Totals { differs: 1, failed: 1, ..Totals::default() }, Exit::Differed)]
    fn totals_decide(#[case] totals: Totals, #[case] exit: Exit) {
        assert_eq!(Exit::of(&totals), exit);
    }
}
