//! Where the time of a run went, for people.

use std::{cmp::Reverse, collections::BTreeMap, time::Duration};

use browsers::Engine;

use super::{ink::Tone, sheet::Sheet, words::duration};
use crate::{
    case::CaseId,
    stream::{Activity, Span},
};

/// How many of the slowest cases are told.
const SLOWEST: usize = 20;

/// Sums up what the sessions of each engine spent their time on.
#[derive(Debug, Default)]
pub(super) struct Spent {
    engines: BTreeMap<Engine, BTreeMap<Activity, Duration>>,
    /// The slowest cases: how long each had its turn, and how much of that its contexts took to come up.
    slowest: Vec<(Duration, Duration, Engine, CaseId)>,
}

impl Spent {
    pub(super) fn take(&mut self, span: &Span) {
        *self.engines.entry(span.engine).or_default().entry(span.activity).or_default() += span.duration;
        if let Some(case) = &span.case {
            self.slowest.push((span.duration, case.contexts, span.engine, case.id.clone()));
            if self.slowest.len() > 10 * SLOWEST {
                self.keep_slowest();
            }
        }
    }

    fn keep_slowest(&mut self) {
        self.slowest.sort_by_key(|(took, ..)| Reverse(*took));
        self.slowest.truncate(SLOWEST);
    }

    pub(super) fn render(&mut self, sheet: &mut Sheet) {
        self.keep_slowest();
        for (engine, activities) in &self.engines {
            let of_sessions = activities.iter().filter(|(activity, _)| **activity != Activity::Case);
            let all: Duration = of_sessions.clone().map(|(_, took)| *took).sum();
            sheet.gap();
            let heading = format!("where the time of {engine} went: {}", duration(all));
            sheet.line(&[(Tone::Strong, &heading)]);
            for (activity, took) in of_sessions {
                let share = 100.0 * took.as_secs_f64() / all.as_secs_f64().max(f64::MIN_POSITIVE);
                let line = format!("  {:>8}  {share:>3.0} %  {}", duration(*took), meaning(*activity));
                sheet.line(&[(Tone::Normal, &line)]);
            }
            if let Some(took) = activities.get(&Activity::Case) {
                let line = format!("  {:>8}         cases, many side by side", duration(*took));
                sheet.line(&[(Tone::Quiet, &line)]);
            }
        }
        if !self.slowest.is_empty() {
            sheet.gap();
            sheet.line(&[
                (Tone::Strong, "slowest"),
                (Tone::Quiet, " (and until its frames and workers were up)"),
            ]);
        }
        for (took, contexts, engine, id) in &self.slowest {
            let line = format!("  {:>8}  {:>8}  {engine:<9} {id}", duration(*took), duration(*contexts));
            sheet.line(&[(Tone::Normal, &line)]);
        }
    }
}

fn meaning(activity: Activity) -> &'static str {
    match activity {
        Activity::Start => "start of the driver and the browser",
        Activity::Navigation => "navigation to pages",
        Activity::Jobs => "handing jobs to pages",
        Activity::Requests => "requests",
        Activity::Console => "the engine's console",
        Activity::Waiting => "waiting for what comes late",
        Activity::End => "end of the browser",
        Activity::Case => "cases",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{report::Ink, run::SpanCase};

    fn span(activity: Activity, milliseconds: u64) -> Span {
        Span {
            engine: Engine::Chromium,
            session: 1,
            activity,
            began: Duration::ZERO,
            duration: Duration::from_millis(milliseconds),
            page: None,
            case: None,
        }
    }

    #[test]
    fn shares_are_of_the_sessions_time_and_cases_are_told_slowest_first() {
        let mut spent = Spent::default();
        for activity in [Activity::Start, Activity::Requests, Activity::Requests, Activity::Console] {
            spent.take(&span(activity, 500));
        }
        for number in 0..1_000 {
            let case = SpanCase { id: CaseId(format!("a/b/{number}")), contexts: Duration::from_millis(7) };
            spent.take(&Span { case: Some(case), ..span(Activity::Case, number) });
        }
        let mut sheet = Sheet::new(Ink::Plain, 80);
        spent.render(&mut sheet);
        let text = sheet.into_text();
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines[0], "where the time of chromium went: 2.0 s");
        assert_eq!(lines[2], "     1.0 s   50 %  requests");
        assert!(lines[4].ends_with("cases, many side by side"), "{text}");
        assert_eq!(lines[6], "    999 ms    7.0 ms  chromium  a/b/999");
        assert_eq!(lines.len(), 6 + SLOWEST);
    }
}
