//! `corsproof diagnose`: why a page can or cannot read a URL.

use browsers::Engine;
use chrono::{SecondsFormat, Utc};
use clap::Args;
use fetch_model::{CredentialsMode, Origin};
use tokio::sync::mpsc;

use super::{
    Exit, Refusal,
    engines::Engines,
    output::{self, Output},
    signals,
};
use crate::{
    diagnose::{self, Conclusion, DEFAULT_CREDENTIALS, DiagnoseRequest, Diagnosis, RequestInit, Target},
    report::{PolicyTerminal, Report, diagnosis_json, render_diagnosis},
    run::{EngineInfo, Event},
    stream::{About, Recorder},
};

/// Ask a URL from a page of an origin, in real browsers: what is sent, who says no, and what would pass
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Diagnose {
    /// What the page asks for, in full, such as http://localhost:3000/data
    url: String,

    /// The origin of the page that asks, such as https://app.example.com
    #[arg(long, value_name = "ORIGIN")]
    from: String,

    /// Where the server listens on this machine, if the URL's host is another: http://127.0.0.1:PORT
    #[arg(long, value_name = "ADDRESS")]
    at: Option<String>,

    /// The method of the request [default: GET]. It is really sent, whatever it changes
    #[arg(long)]
    method: Option<String>,

    /// A header that the page sets, 'Name: value' or 'Name'; may be given several times
    #[arg(long, value_name = "HEADER")]
    header: Vec<String>,

    /// The page asks with credentials (credentials: 'include'); the browsers are new and have no cookies
    #[arg(long)]
    credentials: bool,

    /// The body of the request, as text
    #[arg(long, value_name = "TEXT")]
    body: Option<String>,

    #[command(flatten)]
    engines: Engines,

    /// Print JSON instead; 'corsproof schema diagnosis' describes it
    #[arg(long)]
    json: bool,
}

const AFTER_HELP: &str = "\
What is asked:
  With no option but these, three GETs: a simple one, one with a preflight (it
  sets Content-Type: application/json), one with credentials.
  With any of them, or --credentials, that one request, once in each engine.
  Nothing but GETs is sent unless --method says so.

Examples:
  corsproof diagnose http://localhost:3000/data --from http://localhost:5173
  corsproof diagnose https://api.example.com/data --at http://127.0.0.1:3000 \\
      --from https://app.example.com --method PUT --header Authorization

Only the server that is named is contacted: at the URL's own host, where that
is localhost or a loopback address, or else at --at. A redirect to another
origin is told, and not followed.

Exit codes:
  0  the page can read it in every engine: the simple GET, or the request that
     --method, --header, --body and --credentials make
  1  some engine blocks it, or engines disagree
  2  bad usage
  3  the server or a browser could not be had, or not all was observed";

impl Diagnose {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let target = Target::new(&self.url, self.at.as_deref()).map_err(refuse)?;
        let from = origin(&self.from)?;
        let credentials = if self.credentials { CredentialsMode::Include } else { DEFAULT_CREDENTIALS };
        let asked = RequestInit::new(self.method.as_deref(), &self.header, self.body.as_deref(), credentials)
            .map_err(refuse)?;
        let engines = self.engines.chosen()?;
        let runtime = tokio::runtime::Runtime::new()
            .map_err(|error| Refusal::failed(format!("cannot start threads: {error}")))?;
        let (diagnosis, infos) = runtime.block_on(async {
            let interrupt = signals::interruption()
                .map_err(|error| Refusal::failed(format!("cannot handle signals: {error}")))?;
            let request = DiagnoseRequest { target, from, asked, engines: engines.clone(), interrupt };
            let (sender, events) = mpsc::unbounded_channel();
            let (diagnosis, infos) = tokio::join!(diagnose::diagnose(request, sender), self.listen(events));
            let diagnosis = diagnosis.map_err(|error| Refusal::failed(error.to_string()))?;
            Ok::<_, Refusal>((diagnosis, infos?))
        })?;
        if self.json {
            let text = diagnosis_json(&diagnosis, &infos)
                .map_err(|error| Refusal::failed(format!("cannot be told as JSON: {error}")))?;
            output::tell_json(&text)?;
        } else {
            output::tell(&render_diagnosis(&diagnosis, &output::look()))?;
        }
        Ok(exit(&diagnosis, &engines))
    }

    /// Shows what goes on, unless it is a program that reads, and keeps which browsers there were.
    async fn listen(&self, mut events: mpsc::UnboundedReceiver<Event>) -> Result<Vec<EngineInfo>, Refusal> {
        let recorder = Recorder::new(about());
        let mut progress = PolicyTerminal::new(Output::for_people(), output::look());
        let mut infos: Vec<EngineInfo> = Vec::new();
        while let Some(event) = events.recv().await {
            if let Event::EngineStarted(info) = &event
                && infos.iter().all(|known| known.engine != info.engine)
            {
                infos.push(info.clone());
            }
            if self.json {
                continue;
            }
            for event in recorder.record(&event) {
                progress
                    .event(&event)
                    .map_err(|error| Refusal::failed(format!("cannot write to standard output: {error}")))?;
            }
        }
        Ok(infos)
    }
}

/// What the record of a diagnosis says about this command and this machine.
fn about() -> About {
    About {
        command: output::command_line(std::env::args_os()),
        again: "corsproof diagnose".to_owned(),
        started: Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
        repeat: 1,
        shard: None,
        requirements: &[],
    }
}

/// A refusal for wrong arguments.
fn refuse(error: impl std::error::Error) -> Refusal {
    Refusal::bad_input(error.to_string())
}

/// The origin of a page that there can be.
fn origin(text: &str) -> Result<Origin, Refusal> {
    let refuse = |problem: &str| Refusal::bad_input(format!("--from '{text}' is no origin: {problem}"));
    match text {
        "null" => {
            return Err(refuse(
                "it stands for a page without one (from a file, in a sandboxed frame), and anybody can have it; \
                 serve the page, say from http://localhost:5173",
            ));
        }
        "*" => {
            return Err(refuse(
                "a server may answer so, but a page has one origin, such as https://app.example.com",
            ));
        }
        _ => {}
    }
    let origin = Origin::parse(text).map_err(|error| refuse(&error.problem))?;
    match origin.scheme() {
        Some("http" | "https") => Ok(origin),
        _ => Err(refuse("pages that read by CORS come from http:// or https://")),
    }
}

fn exit(diagnosis: &Diagnosis, engines: &[Engine]) -> Exit {
    let seen = diagnosis.asked().into_iter().flat_map(|told| &told.outcomes);
    let is_whole = engines.iter().all(|engine| seen.clone().any(|seen| seen.engines.contains(engine)));
    match diagnosis.conclusion() {
        Conclusion::Blocked => Exit::Differed,
        Conclusion::Readable if is_whole => Exit::Agreed,
        Conclusion::Readable | Conclusion::Unknown => Exit::Failed,
    }
}
