//! `corsproof init`: the first files of a project that is to be checked.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{Exit, Refusal, output};
use crate::{
    init::{self, Ci, Guess, GuessedSource, Origins, Written},
    report::{Sheet, Tone},
};

/// How many routes are told; the file has them all.
const ROUTES: usize = 8;

/// Write a first corsproof.toml and a CI workflow, guessing what the folder shows; overwrites nothing
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The server's folder
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,

    /// The CI service that the workflow is for
    #[arg(long, value_enum, default_value_t = Service::Github)]
    ci: Service,
}

/// A CI service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Service {
    Github,
    Gitlab,
}

impl Init {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let guess = Guess::of(&self.folder);
        let ci = match self.ci {
            Service::Github => Ci::GitHub,
            Service::Gitlab => Ci::GitLab,
        };
        let written = init::init(&self.folder, ci, &guess)
            .map_err(|error| Refusal::failed(format!("cannot write: {error}")))?;
        let look = output::look();
        let mut sheet = Sheet::new(look.ink, look.width);
        for file in &written {
            let (mark, path, what) = match file {
                Written::New(path) => ((Tone::Good, "✓ "), path, " is new"),
                Written::Kept(path) => ((Tone::Notice, "! "), path, " is there already, and stays as it is"),
            };
            sheet.line(&[mark, (Tone::Normal, &shown(path)), (Tone::Quiet, what)]);
        }
        if written.iter().all(|file| matches!(file, Written::Kept(_))) {
            output::tell(&sheet.into_text())?;
            return Err(Refusal::bad_input(
                "nothing was written; remove or rename what shall be written anew",
            ));
        }
        if matches!(written.first(), Some(Written::New(_))) {
            guessed(&mut sheet, &guess);
        }
        next(&mut sheet, &self.folder, ci, &written);
        output::tell(&sheet.into_text())?;
        Ok(Exit::Agreed)
    }
}

fn guessed(sheet: &mut Sheet, guess: &Guess) {
    sheet.gap();
    if guess.from.is_empty() {
        sheet.paragraph(
            0,
            Tone::Normal,
            "Nothing shows how the server is started: put 'start' or 'url' right.",
        );
    } else {
        sheet.paragraph(0, Tone::Normal, &format!("Guessed from {}:", guess.from.join(" and ")));
        if let Some(framework) = guess.framework {
            sheet.labelled("framework", Tone::Normal, framework);
        }
        match &guess.reach {
            GuessedSource::Start(start) => sheet.labelled("start", Tone::Normal, start),
            GuessedSource::Url(url) => sheet.labelled("url", Tone::Normal, url),
        }
    }
    match guess.routes.as_slice() {
        [] => sheet.labelled("routes", Tone::Notice, "none was found: put 'path' right"),
        routes => {
            let mut paths: Vec<&str> = routes.iter().take(ROUTES).map(|route| route.path.as_str()).collect();
            let more = format!("and {} more", routes.len().saturating_sub(ROUTES));
            paths.extend((routes.len() > ROUTES).then_some(more.as_str()));
            sheet.labelled("routes", Tone::Normal, &paths.join(", "));
        }
    }
    let who = match guess.cors.as_ref().map(|cors| (&cors.origins, &cors.file)) {
        None => "no settings were found: say in 'origins' who may read".to_owned(),
        Some((None, file)) => {
            format!("chosen at run time in {}: say in 'origins' who may read", file.display())
        }
        Some((Some(Origins::Everybody), file)) => format!("everybody may read, by {}", file.display()),
        Some((Some(Origins::These(origins)), file)) => {
            format!("{} may read, by {}", origins.join(", "), file.display())
        }
    };
    sheet.labelled("CORS", Tone::Normal, &who);
}

fn next(sheet: &mut Sheet, folder: &Path, ci: Ci, written: &[Written]) {
    let file = folder.join("corsproof.toml");
    sheet.gap();
    sheet.paragraph(
        0,
        Tone::Normal,
        &format!("Next: see in {} whether that is what you mean, and then", shown(&file)),
    );
    sheet.verbatim(
        2,
        Tone::Strong,
        &format!("corsproof check {}", output::quoted(file.strip_prefix(".").unwrap_or(&file))),
    );
    let included =
        written.iter().any(|file| matches!(file, Written::New(path) if path.ends_with(".gitlab/cors.yml")));
    if ci == Ci::GitLab && included {
        sheet.paragraph(0, Tone::Normal, "Take the job into .gitlab-ci.yml by:");
        sheet.verbatim(2, Tone::Strong, "include:\n  - local: .gitlab/cors.yml");
    }
}

/// A path without the `./` that says nothing.
fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}
