//! The progress of a run that goes on: a line for each engine, on standard error.

use std::collections::{BTreeMap, BTreeSet};

use browsers::Engine;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{
    case::CaseId,
    stream::{ResultRecord, Totals},
};

/// Whether the progress of the run is drawn while it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Live {
    /// Drawn, on a terminal.
    Yes,
    /// Not drawn, where the output is no terminal.
    No,
}

/// Below so many unfinished cases they are named: these are the ones that run.
const NAMED: usize = 32;

/// The lines at the end of the terminal that are redrawn as results come in.
#[derive(Debug)]
pub(super) struct Progress {
    lines: MultiProgress,
    engines: BTreeMap<Engine, Line>,
}

#[derive(Debug)]
struct Line {
    bar: ProgressBar,
    unfinished: BTreeSet<CaseId>,
    totals: Totals,
}

impl Progress {
    pub(super) fn new(live: Live) -> Self {
        let target = match live {
            Live::Yes => ProgressDrawTarget::stderr(),
            Live::No => ProgressDrawTarget::hidden(),
        };
        Self { lines: MultiProgress::with_draw_target(target), engines: BTreeMap::new() }
    }

    /// An engine is up and has these cases before it. An engine may come up several times: a browser that
    /// died has a successor.
    pub(super) fn start<'a>(
        &mut self,
        engine: Engine,
        name: &str,
        cases: impl Iterator<Item = &'a CaseId>,
        results: usize,
    ) {
        if self.engines.contains_key(&engine) {
            return;
        }
        let bar = self.lines.add(ProgressBar::new(results as u64));
        bar.set_style(style());
        bar.set_prefix(name.to_owned());
        bar.enable_steady_tick(std::time::Duration::from_millis(250));
        let line = Line { bar, unfinished: cases.cloned().collect(), totals: Totals::default() };
        self.engines.insert(engine, line);
    }

    pub(super) fn count(&mut self, result: &ResultRecord) {
        let Some(line) = self.engines.get_mut(&result.engine) else { return };
        line.totals.count(&result.verdict);
        line.unfinished.remove(&result.case);
        line.bar.inc(1);
        if line.bar.position() > line.bar.length().unwrap_or_default() {
            line.bar.set_length(line.bar.position());
        }
        line.bar.set_message(line.message(&result.case));
    }

    /// An engine is done: its line goes, its table comes.
    pub(super) fn finish(&mut self, engine: Engine) {
        if let Some(line) = self.engines.remove(&engine) {
            line.bar.finish_and_clear();
        }
    }

    /// Does something with the lines out of the way.
    pub(super) fn beside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.lines.suspend(write)
    }
}

impl Line {
    fn message(&self, last: &CaseId) -> String {
        let mut message = String::new();
        for (count, what) in [(self.totals.differs, "differ"), (self.totals.failed, "failed")] {
            if count > 0 {
                message.push_str(&format!("{count} {what}  "));
            }
        }
        let waits_for = self.unfinished.first().filter(|_| self.unfinished.len() <= NAMED);
        match (waits_for, self.unfinished.len()) {
            (Some(case), 1) => message.push_str(&format!("waits for {case}")),
            (Some(case), more) => message.push_str(&format!("waits for {more}: {case}")),
            (None, _) => message.push_str(&last.0),
        }
        message
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{spinner} {prefix} {bar:16} {pos}/{len} {wide_msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
