//! A timeline of the sessions, their pages and their cases, in the Trace Event Format that browsers show
//! (`chrome://tracing`, <https://ui.perfetto.dev>).
//! <https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU>

use std::{io, time::Duration};

use serde_json::{Value, json};

use crate::stream::{EngineRun, Run, Span};

/// Each engine is a process of the timeline, each session a thread, and each case a bar of its own above them.
///
/// # Errors
/// None.
pub(crate) fn trace(run: &Run) -> io::Result<String> {
    let mut events = Vec::new();
    for (process, (engine, of_engine)) in (1..).zip(&run.engines) {
        let version = of_engine.version.as_deref().unwrap_or_default();
        events.push(named("process_name", process, 0, format!("{engine} {version}").trim_end()));
        for session in sessions(of_engine) {
            events.push(named("thread_name", process, session, &format!("session {session}")));
        }
        events.extend(
            of_engine.spans.iter().enumerate().flat_map(|(number, span)| bars(process, number, span)),
        );
    }
    serde_json::to_string(&json!({ "displayTimeUnit": "ms", "traceEvents": events }))
        .map(|text| text + "\n")
        .map_err(io::Error::other)
}

/// The numbers of an engine's sessions.
fn sessions(of_engine: &EngineRun) -> std::collections::BTreeSet<usize> {
    of_engine.spans.iter().map(|span| span.session).collect()
}

fn named(what: &str, process: usize, thread: usize, name: &str) -> Value {
    json!({ "name": what, "ph": "M", "pid": process, "tid": thread, "args": { "name": name } })
}

/// The events of a span: bars of one thread must not overlap, so that a case has a beginning and an end of its own.
fn bars(process: usize, number: usize, span: &Span) -> Vec<Value> {
    let Span { session, activity, began, duration, page, case, .. } = span;
    let arguments = json!({
        "page": page.as_ref().map(|page| &page.origin),
        "cases": page.as_ref().map(|page| page.cases),
        "contexts_ms": case.as_ref().map(|case| case.contexts.as_secs_f64() * 1_000.0),
    });
    let event = |phase: &str, name: &str, at: Duration| {
        json!({
            "name": name, "cat": activity.word(), "ph": phase, "ts": microseconds(at),
            "pid": process, "tid": session, "args": arguments,
        })
    };
    match case {
        None => {
            let mut bar = event("X", activity.word(), *began);
            bar["dur"] = microseconds(*duration).into();
            vec![bar]
        }
        Some(case) => {
            let ends = [("b", *began), ("e", *began + *duration)];
            let with_id = |(phase, at): (&str, Duration)| {
                let mut end = event(phase, &case.id.0, at);
                end["id"] = number.into();
                end
            };
            ends.map(with_id).to_vec()
        }
    }
}

fn microseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use browsers::Engine;

    use super::*;
    use crate::{
        case::CaseId,
        run::{SpanCase, SpanPage},
        stream::{Activity, Event},
    };

    #[test]
    fn sessions_are_threads_and_cases_have_bars_of_their_own() {
        let page = Some(SpanPage { origin: "https://app.example.com".to_owned(), cases: 2 });
        let start = Span {
            engine: Engine::Firefox,
            session: 2,
            activity: Activity::Start,
            began: Duration::from_millis(5),
            duration: Duration::from_millis(1_500),
            page: None,
            case: None,
        };
        let case = SpanCase { id: CaseId("a/b/c".to_owned()), contexts: Duration::from_millis(3) };
        let in_case = Span { activity: Activity::Case, page, case: Some(case), ..start.clone() };
        let run = Run::of(&[start, in_case].map(Event::Spent));
        let timeline: Value = serde_json::from_str(&trace(&run).expect("a text")).expect("JSON");
        let events = timeline["traceEvents"].as_array().expect("events");
        let told: Vec<String> = events
            .iter()
            .map(|event| {
                let part = |name: &str| event[name].to_string();
                [part("ph"), part("name"), part("tid"), part("ts"), part("dur"), part("id")].join(" ")
            })
            .collect();
        let expected = [
            r#""M" "process_name" 0 null null null"#,
            r#""M" "thread_name" 2 null null null"#,
            r#""X" "start" 2 5000 1500000 null"#,
            r#""b" "a/b/c" 2 5000 null 1"#,
            r#""e" "a/b/c" 2 1505000 null 1"#,
        ];
        assert_eq!(told, expected);
        assert_eq!(events[3]["args"]["page"], "https://app.example.com");
    }
}
