//! `corsproof doctor`: whether this machine can run what is asked of it, and the commands that mend it.

use browsers::{Engine, Sandbox, Screen};
use clap::Args;

use super::{Exit, Refusal, engines::Engines, output};
use crate::{
    doctor::{self, EngineExamination, Examination, Facts, Problem, Program, Severity, Start},
    report::{Sheet, Tone},
};

/// Which browsers and drivers there are, and the commands that mend what is missing
#[derive(Debug, Args)]
pub(super) struct Doctor {
    // One that is named must be usable; where none is, any one will do.
    #[command(flatten)]
    engines: Engines,

    /// Start each engine as well, for a moment
    #[arg(long)]
    start: bool,

    /// Print JSON instead; 'corsproof schema doctor' describes it
    #[arg(long)]
    json: bool,
}

impl Doctor {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let engines = self.engines.named();
        let starts = if self.start { starts(&engines)? } else { Vec::new() };
        let examination = Examination::of(Facts::look(&engines), &starts);
        if self.json {
            let text = serde_json::to_string_pretty(&examination)
                .map_err(|error| Refusal::failed(format!("cannot be told as JSON: {error}")))?;
            output::tell_json(&format!("{text}\n"))?;
        } else {
            output::tell(&for_people(&examination))?;
        }
        self.verdict(&examination)
    }

    fn verdict(&self, examination: &Examination) -> Result<Exit, Refusal> {
        let mut engines = examination.engines.iter();
        let enough = match self.engines.are_named() {
            true => engines.all(|engine| engine.usable),
            false => engines.any(|engine| engine.usable),
        };
        if enough {
            return Ok(Exit::Agreed);
        }
        let unusable: Vec<&str> = examination
            .engines
            .iter()
            .filter(|engine| !engine.usable)
            .map(|engine| engine.name.name())
            .collect();
        Err(Refusal::failed(format!("cannot be used: {}", unusable.join(", "))))
    }
}

fn starts(engines: &[Engine]) -> Result<Vec<(Engine, Start)>, Refusal> {
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Refusal::failed(format!("cannot start threads: {error}")))?;
    Ok(runtime.block_on(async {
        let mut starts = Vec::new();
        for engine in engines {
            starts.extend(doctor::start(*engine).await.map(|start| (*engine, start)));
        }
        starts
    }))
}

fn for_people(examination: &Examination) -> String {
    let look = output::look();
    let mut sheet = Sheet::new(look.ink, look.width);
    for engine in &examination.engines {
        of_engine(&mut sheet, engine);
    }
    of_machine(&mut sheet, examination);
    for problem in &examination.problems {
        of_problem(&mut sheet, problem);
    }
    sheet.into_text()
}

fn of_engine(sheet: &mut Sheet, engine: &EngineExamination) {
    let mark = if engine.usable { (Tone::Good, "✓ ") } else { (Tone::Bad, "✗ ") };
    sheet.line(&[mark, (Tone::Strong, engine.name.name())]);
    for (label, program) in [("browser", &engine.browser), ("driver", &engine.driver)] {
        if let Some(program) = program {
            sheet.labelled(label, Tone::Normal, &with_version(program));
        }
    }
    if let Some(Start::Opened { version, took }) = &engine.start {
        sheet.labelled("start", Tone::Normal, &format!("{version} in {:.1} s", took.as_secs_f32()));
    }
}

fn with_version(program: &Program) -> String {
    match &program.version {
        Some(version) => format!("{version}  {}", program.path.display()),
        None => program.path.display().to_string(),
    }
}

fn of_machine(sheet: &mut Sheet, examination: &Examination) {
    let facts = &examination.machine;
    sheet.line(&[(Tone::Normal, "  "), (Tone::Strong, "machine")]);
    sheet.labelled("system", Tone::Normal, &facts.name);
    let sandbox = match facts.machine.sandbox {
        Sandbox::Works => "works",
        Sandbox::Root => "left out for root",
        Sandbox::NoNamespaces => "left out, without user namespaces",
    };
    sheet.labelled("sandbox", Tone::Normal, sandbox);
    let screen = match facts.machine.screen {
        Screen::Display => "there is one",
        Screen::Xvfb => "Xvfb is started",
        Screen::None => "none, and no Xvfb",
    };
    sheet.labelled("display", Tone::Normal, screen);
    if let Some(bytes) = facts.machine.shared_memory {
        sheet.labelled("/dev/shm", Tone::Normal, &size(bytes));
    }
    let ports = facts.loopback.as_deref().unwrap_or("can be opened on 127.0.0.1");
    sheet.labelled("ports", Tone::Normal, ports);
    let room = facts.temporary.free.map_or_else(String::new, |free| format!(", {} free", size(free)));
    sheet.labelled("profiles", Tone::Normal, &format!("in {}{room}", facts.temporary.path.display()));
}

/// A number of bytes in the largest unit that leaves it readable.
fn size(bytes: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    match bytes / MIB {
        mib @ 0..10_240 => format!("{mib} MiB"),
        mib => format!("{} GiB", mib / 1024),
    }
}

fn of_problem(sheet: &mut Sheet, problem: &Problem) {
    sheet.gap();
    let (mark, tone) = match problem.severity {
        Severity::Stops => ("✗ ", Tone::Bad),
        Severity::Hinders => ("! ", Tone::Notice),
    };
    let subject = problem.engine.map_or("machine", Engine::name);
    sheet.line(&[(tone, mark), (Tone::Strong, subject)]);
    sheet.paragraph(2, Tone::Normal, &problem.text);
    // A command is never broken: it is there to be copied.
    if let Some(command) = &problem.remedy.command {
        sheet.verbatim(4, Tone::Strong, command);
    }
    if let Some(note) = &problem.remedy.note {
        sheet.paragraph(2, Tone::Quiet, note);
    }
}
