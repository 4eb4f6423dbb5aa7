//! `corsproof explain`: what a reason means and what to change.

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use fetch_model::Reason;

use super::{Exit, Refusal, output};
use crate::report::explain;

/// What a reason means and what to change; without one, lists them all
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The reason, as reports and case files write it
    #[arg(value_parser = reason(), hide_possible_values = true)]
    reason: Option<Reason>,
}

fn reason() -> impl TypedValueParser<Value = Reason> {
    PossibleValuesParser::new(Reason::WORDS)
        .try_map(|word| Reason::from_word(&word).ok_or("write one of the listed reasons"))
}

impl Explain {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let look = output::look();
        output::tell(&match self.reason {
            Some(reason) => explain::page(reason, look.ink, look.width),
            None => explain::overview(look.ink, look.width),
        })?;
        Ok(Exit::Agreed)
    }
}
