//! Several reports of one run.

use std::io;

use super::Report;
use crate::stream::Event;

/// Reports that all hear the same. One that fails is heard of once and told nothing more; the others
/// go on.
#[derive(Default)]
pub(crate) struct Reports {
    reports: Vec<Box<dyn Report>>,
    errors: Vec<io::Error>,
}

impl Reports {
    pub(crate) fn push(&mut self, report: Box<dyn Report>) {
        self.reports.push(report);
    }

    /// Passes an event to every report.
    pub(crate) fn event(&mut self, event: &Event) {
        let errors = &mut self.errors;
        self.reports.retain_mut(|report| match report.event(event) {
            Ok(()) => true,
            Err(error) => {
                errors.push(error);
                false
            }
        });
    }

    /// Ends all of them.
    ///
    /// # Errors
    /// Everything that could not be written.
    pub(crate) fn finish(mut self) -> Result<(), Vec<io::Error>> {
        self.errors.extend(self.reports.into_iter().filter_map(|report| report.finish().err()));
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }
}
