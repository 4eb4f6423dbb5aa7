//! `corsproof sop`: the same-origin policy as a table, from what browsers show.

use std::collections::HashSet;

use clap::Args;

use super::{
    Exit, Refusal,
    engines::Engines,
    output::{self, Output},
    run::{about, execute},
    selection::Source,
    signals,
};
use crate::{
    report::{self, Reports, SopFormat},
    run::{Limits, RunRequest},
    stream::Recorder,
};

/// What the same-origin policy lets a page send, load and read, as your browsers show it
#[derive(Debug, Args)]
pub(super) struct Sop {
    #[command(flatten)]
    engines: Engines,

    #[command(flatten)]
    source: Source,

    /// Print JSON instead
    #[arg(long)]
    json: bool,
}

impl Sop {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let suite = self.source.suite()?;
        let rows: Vec<_> = suite.cases().iter().filter(|case| case.sop.is_some()).collect();
        // A blocked read proves nothing without its twin.
        let ids: HashSet<_> = rows.iter().flat_map(|case| case.twins.iter().chain([&case.id])).collect();
        let cases: Vec<_> = suite.cases().iter().filter(|case| ids.contains(&case.id)).cloned().collect();
        if cases.is_empty() {
            let why = "no case shows a row of the table; a case that does says `sop = \"...\"`";
            return Err(Refusal::nothing_selected(why));
        }
        let engines = self.engines.chosen()?;
        let look = output::look();
        let (format, output) = match self.json {
            true => (SopFormat::Json, Output::json()),
            false => (SopFormat::Text, Output::for_people()),
        };
        let mut reports = Reports::default();
        reports.push(Box::new(report::Sop::new(output, format, look.ink, look.width)));
        let runtime = tokio::runtime::Runtime::new()
            .map_err(|error| Refusal::failed(format!("cannot start threads: {error}")))?;
        runtime.block_on(async {
            let interrupt = signals::interruption()
                .map_err(|error| Refusal::failed(format!("cannot handle signals: {error}")))?;
            let request = RunRequest {
                cases,
                engines,
                engines_at_once: 1,
                jobs: 1,
                webdriver: None,
                repeat: 1,
                limits: Limits::default(),
                upstreams: Vec::new(),
                interrupt,
            };
            execute(request, &Recorder::new(about(&self.source, 1, None)), reports).await
        })
    }
}
