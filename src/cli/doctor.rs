//! `corsproof doctor`: which browsers and drivers there are, and how to get the others.

use clap::Args;

use super::{Exit, Refusal, output};
use crate::{
    browser::{self, Engine, Installation, NotFound},
    report::{Sheet, Tone},
};

/// Which browsers and drivers there are, and how to get the others
#[derive(Debug, Args)]
pub(super) struct Doctor {}

impl Doctor {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let found = Engine::ALL.map(|engine| (engine, browser::find(engine)));
        let look = output::look();
        let mut sheet = Sheet::new(look.ink, look.width);
        for (engine, result) in &found {
            match result {
                Ok(installation) => there(&mut sheet, installation),
                Err(missing) => absent(&mut sheet, *engine, missing),
            }
        }
        output::tell(&sheet.into_text())?;
        if found.iter().any(|(_, result)| result.is_ok()) {
            Ok(Exit::Agreed)
        } else {
            Err(Refusal::failed("no browser can be used; install one of those above"))
        }
    }
}

fn there(sheet: &mut Sheet, installation: &Installation) {
    let versions = installation.versions();
    sheet.line(&[(Tone::Good, "✓ "), (Tone::Strong, installation.engine.name())]);
    let browser = with_version(&installation.browser.display().to_string(), versions.browser.as_deref());
    let driver = with_version(&installation.driver.display().to_string(), versions.driver.as_deref());
    sheet.labelled("browser", Tone::Normal, &browser);
    sheet.labelled("driver", Tone::Normal, &driver);
}

fn with_version(program: &str, version: Option<&str>) -> String {
    match version {
        Some(version) => format!("{version}  {program}"),
        None => program.to_owned(),
    }
}

fn absent(sheet: &mut Sheet, engine: Engine, missing: &NotFound) {
    sheet.line(&[(Tone::Bad, "✗ "), (Tone::Strong, engine.name())]);
    sheet.paragraph(2, Tone::Normal, &missing.to_string());
}
