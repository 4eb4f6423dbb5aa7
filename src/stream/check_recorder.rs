//! The events of a check: those of its cases' run, and a `checked` event for each policy file before the last.

use std::{sync::Arc, time::Duration};

use browsers::Engine;
use tokio::sync::mpsc;

use super::{About, Event, Recorder, recorder::source_file};
use crate::{
    case::Place,
    check::{self, CheckOutcome, CheckRequest, PolicyFile},
    run::{self, RunError, Stopped},
};

/// Carries out a check, and hands each of its events to `listener` as it happens.
///
/// # Errors
/// [`RunError`] where nothing could be run; there is no last event then.
pub(crate) async fn record_check(
    request: CheckRequest,
    about: About,
    mut listener: impl FnMut(&Event),
) -> Result<CheckOutcome, RunError> {
    let mut recorder = CheckRecorder::new(about, &request);
    let (sender, mut events) = mpsc::unbounded_channel();
    let listening = async {
        while let Some(event) = events.recv().await {
            recorder.record(event).iter().for_each(&mut listener);
        }
    };
    let (outcome, ()) = tokio::join!(check::check(request, sender), listening);
    let outcome = outcome?;
    recorder.finish(&outcome).iter().for_each(listener);
    Ok(outcome)
}

/// Turns the course of one check into events, in order.
#[derive(Debug)]
struct CheckRecorder {
    recorder: Recorder,
    engines: Vec<Engine>,
    /// The policy files, in the order of the request.
    files: Vec<Place>,
    cases: Cases,
}

/// The progress of the cases' run.
#[derive(Debug)]
enum Cases {
    /// Nothing is known of it: where no server can be had there is none.
    NotBegun,
    Running,
    /// The last event of the cases' run, held back until all findings are written.
    Finished(run::Event),
}

impl CheckRecorder {
    fn new(about: About, request: &CheckRequest) -> Self {
        let place = |file: &PolicyFile| Place {
            file: file.path.clone(),
            line: 1,
            last_line: 1,
            text: Arc::clone(&file.text),
        };
        Self {
            recorder: Recorder::new(about),
            engines: request.engines.clone(),
            files: request.files.iter().map(place).collect(),
            cases: Cases::NotBegun,
        }
    }

    /// The events to write down for an event of the cases' run.
    fn record(&mut self, event: run::Event) -> Vec<Event> {
        if matches!(event, run::Event::Finished { .. }) {
            self.cases = Cases::Finished(event);
            return Vec::new();
        }
        self.cases = Cases::Running;
        self.recorder.record(&event)
    }

    /// The events of the findings and of the end; those of the beginning as well, where no case ran.
    fn finish(self, outcome: &CheckOutcome) -> Vec<Event> {
        let mut events = match self.cases {
            Cases::NotBegun => {
                self.recorder.record(&run::Event::Started { cases: Vec::new(), engines: self.engines })
            }
            Cases::Running | Cases::Finished(_) => Vec::new(),
        };
        for (file, checked) in self.files.iter().zip(&outcome.files) {
            // Otherwise a case has brought it.
            if checked.cases == 0 {
                events.push(Event::File(Arc::new(source_file(file))));
            }
            events.push(Event::Checked(Box::new(checked.clone())));
        }
        let end = match self.cases {
            Cases::Finished(end) => end,
            Cases::NotBegun | Cases::Running => run::Event::Finished {
                totals: outcome.totals,
                duration: Duration::ZERO,
                refused: 0,
                stopped: outcome.interrupted.then_some(Stopped::Interrupted),
            },
        };
        events.extend(self.recorder.record(&end));
        events
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use tokio::sync::watch;

    use super::*;
    use crate::run::Totals;

    fn recorder() -> CheckRecorder {
        let text = "\
[server]
origin = \"https://api.example.com\"
start  = \"true\"

[[policy]]
path    = \"/data\"
origins = []
";
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("corsproof.toml");
        std::fs::write(&path, text).expect("a policy file");
        let files = crate::policyfile::read(&[path]).expect("a good policy file");
        let (_, interrupt) = watch::channel(false);
        let request = CheckRequest { files, engines: vec![Engine::Chromium], interrupt };
        let about = About {
            command: String::new(),
            again: String::new(),
            started: String::new(),
            repeat: 1,
            shard: None,
            requirements: &[],
        };
        CheckRecorder::new(about, &request)
    }

    fn outcome(cases: usize) -> CheckOutcome {
        let checked = check::CheckedFile {
            file: "corsproof.toml".to_owned(),
            name: String::new(),
            origin: "https://api.example.com".to_owned(),
            no_server: None,
            cases,
            engines: [Engine::Chromium].into(),
            checklist: Vec::new(),
            findings: Vec::new(),
            expects: None,
            vanished: Vec::new(),
            unobserved: Vec::new(),
        };
        CheckOutcome { files: vec![checked], totals: Totals::default(), interrupted: false }
    }

    /// The name of an event in its JSON.
    fn name(event: &Event) -> String {
        let json = serde_json::to_value(event).expect("an event is JSON");
        json["event"].as_str().expect("events have names").to_owned()
    }

    #[rstest]
    #[case::without_a_run(&[], 0, &["started", "file", "checked", "finished"])]
    #[case::with_a_run(
        &[
            run::Event::Started { cases: Vec::new(), engines: vec![Engine::Chromium] },
            run::Event::Finished { totals: Totals::default(), duration: Duration::ZERO, refused: 0, stopped: None },
        ],
        1,
        &["started", "checked", "finished"]
    )]
    fn findings_stand_between_the_run_of_the_cases_and_the_end(
        #[case] of_run: &[run::Event],
        #[case] cases: usize,
        #[case] expected: &[&str],
    ) {
        let mut recorder = recorder();
        let mut events: Vec<Event> = of_run.iter().flat_map(|event| recorder.record(event.clone())).collect();
        events.extend(recorder.finish(&outcome(cases)));
        assert_eq!(events.iter().map(name).collect::<Vec<_>>(), expected);
    }
}
