//! How many cookies a case leaves in its browser.

use corsproof_fixture::{Source, Turn};
use fetch_model::html::{StorageArea, StorageOperation};

use crate::case::{Access, Case};

impl Case {
    /// The cookies that its servers and scripts set, at most.
    pub(crate) fn cookies_set(&self) -> usize {
        let turns = self
            .scenario
            .resources
            .iter()
            .flat_map(|resource| resource.preflight.iter().chain(&resource.response));
        let by_servers: usize = turns.map(set_by).sum();
        let by_scripts = self.steps.iter().filter(|step| {
            matches!(
                step.request.access,
                Some(Access::Storage { area: StorageArea::Cookie, operation: StorageOperation::Set, .. })
            )
        });
        by_servers + by_scripts.count()
    }
}

fn set_by(turn: &Turn) -> usize {
    match &turn.source {
        Source::Text(text) | Source::Sample { head: text, .. } | Source::Raw { bytes: text, .. } => {
            text.to_ascii_lowercase().matches("set-cookie:").count()
        }
        Source::Named(_) | Source::Close | Source::Hang | Source::WebSocket => 0,
    }
}

#[cfg(test)]
mod tests {
    use crate::casefile::Suite;

    #[test]
    fn cookies_of_servers_and_of_scripts_count() {
        let suite = Suite::embedded().unwrap_or_else(|problems| panic!("{problems}"));
        let of = |id: &str| {
            let case = suite.cases().iter().find(|case| case.id.0.starts_with(id));
            case.unwrap_or_else(|| panic!("there is no case {id}")).cookies_set()
        };
        assert_eq!(of("classic-errors/five/method-not-allowed"), 0);
        assert!(of("cookies/forms/own-page") > 0);
        assert!(of("storage/cookies/") > 0);
    }
}
