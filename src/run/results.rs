//! A run whose results are returned together at its end.

use tokio::sync::mpsc;

use super::{CaseResult, Event, RunError, RunRequest, Totals, run};

/// Runs the cases, passes every event on, and keeps the results; the last says whether it was ended early.
///
/// # Errors
/// As [`run`].
pub(crate) async fn run_for_results(
    request: RunRequest,
    events: mpsc::UnboundedSender<Event>,
) -> Result<(Totals, Vec<CaseResult>, bool), RunError> {
    let (sender, mut arriving) = mpsc::unbounded_channel();
    let mut results = Vec::new();
    let mut interrupted = false;
    let listening = async {
        while let Some(event) = arriving.recv().await {
            match &event {
                Event::CaseFinished(result) => results.push((**result).clone()),
                Event::Finished { stopped, .. } => interrupted = stopped.is_some(),
                _ => {}
            }
            // Nobody listening is no reason to stop.
            drop(events.send(event));
        }
    };
    let (totals, ()) = tokio::join!(run(request, sender), listening);
    Ok((totals?, results, interrupted))
}
