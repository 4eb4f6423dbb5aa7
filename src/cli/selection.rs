//! Which cases a command is about: the arguments that `run`, `list` and others share.

use std::{
    collections::{BTreeSet, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;

use super::{Exit, Refusal, Shard, output};
use crate::{
    case::{Case, Filter},
    casefile::{Problems, Subject, Suite},
    report::COMMAND,
};

/// Cases by their identities and by where they are written.
#[derive(Debug, Args)]
pub(super) struct Selection {
    /// Which cases: an identity, a folder or a file of the suite; '*' is any text [default: all]
    #[arg(value_name = "FILTER", value_parser = filter)]
    filters: Vec<Filter>,

    /// Which cases to leave out, as a filter; may be given several times
    #[arg(long, value_name = "FILTER", value_parser = filter)]
    skip: Vec<Filter>,

    #[command(flatten)]
    pub(super) source: Source,
}

/// Where cases are read from.
#[derive(Debug, Args)]
pub(super) struct Source {
    /// Read the cases of this folder instead of the suite that is built in
    #[arg(long, value_name = "DIR")]
    cases: Option<PathBuf>,
}

/// The longest filter, in bytes: no identity is longer.
const LONGEST_FILTER: usize = 1_000;

fn filter(text: &str) -> Result<Filter, String> {
    if text.len() > LONGEST_FILTER {
        return Err(format!("a filter has at most {LONGEST_FILTER} bytes, this has {}", text.len()));
    }
    Ok(Filter::new(text))
}

impl Source {
    /// The name that tells this source from others: its folder, or nothing for the suite that is built in.
    pub(super) fn name(&self) -> String {
        let folder = self.cases.as_deref();
        let real = |folder: &Path| folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        folder.map_or_else(String::new, |folder| real(folder).display().to_string())
    }

    /// The command that runs cases from this source.
    pub(super) fn command(&self) -> String {
        match &self.cases {
            Some(dir) => format!("{COMMAND} --cases {}", output::quoted(dir)),
            None => COMMAND.to_owned(),
        }
    }

    /// All cases.
    ///
    /// # Errors
    /// With everything that is wrong in any file.
    pub(super) fn suite(&self) -> Result<Suite, Refusal> {
        self.read().map_err(|problems| drawn(&problems))
    }

    /// All cases, for whom a requirement that does not exist is an answer and no bad input.
    ///
    /// # Errors
    /// With everything that is wrong in any file.
    pub(super) fn suite_for_coverage(&self) -> Result<Suite, Refusal> {
        self.read().map_err(|problems| {
            let only_ids = problems.iter().all(|problem| problem.subject() == Subject::Requirement);
            let refusal = drawn(&problems);
            if only_ids { Refusal { exit: Exit::Differed, ..refusal } } else { refusal }
        })
    }

    fn read(&self) -> Result<Suite, Problems> {
        self.cases.as_deref().map_or_else(Suite::embedded, |dir: &Path| Suite::read(dir))
    }
}

/// The problems, underlined in their files.
fn drawn(problems: &Problems) -> Refusal {
    let (style, width) = output::style_of_errors();
    Refusal::drawn(problems.render(style, width))
}

impl Selection {
    /// The cases that are asked for and their twins, in the order of the suite; of those in `only`, where it is said.
    ///
    /// # Errors
    /// Where case files are wrong; where nothing is selected, or a filter selects nothing: it is misspelt.
    pub(super) fn cases(
        &self,
        shard: Option<Shard>,
        only: Option<&BTreeSet<String>>,
    ) -> Result<Vec<Arc<Case>>, Refusal> {
        let suite = self.source.suite()?;
        for filter in &self.filters {
            if !suite.cases().iter().any(|case| filter.selects(&case.id.0)) {
                return Err(nothing(&suite, filter));
            }
        }
        let selected = suite.select(&self.filters, &self.skip);
        let is_wanted = |case: &Arc<Case>| only.is_none_or(|only| only.contains(&case.id.0));
        let wanted: Vec<Arc<Case>> = selected.into_iter().filter(is_wanted).collect();
        let cases = match shard {
            Some(shard) => with_twins(&suite, &shard.of(wanted)),
            None => with_twins(&suite, &wanted),
        };
        if cases.is_empty() {
            let why = "no case is selected; 'corsproof list' shows what there is";
            return Err(Refusal::nothing_selected(why));
        }
        Ok(cases)
    }
}

/// `cases` and those without which a blocked read proves nothing: a part of a selection may lack them.
/// A twin is readable, so it has no twins of its own.
fn with_twins(suite: &Suite, cases: &[Arc<Case>]) -> Vec<Arc<Case>> {
    let ids: HashSet<_> = cases.iter().flat_map(|case| case.twins.iter().chain([&case.id])).collect();
    suite.cases().iter().filter(|case| ids.contains(&case.id)).map(Arc::clone).collect()
}

fn nothing(suite: &Suite, filter: &Filter) -> Refusal {
    let hint = match suite.nearest(filter) {
        Some(nearest) => format!("did you mean '{nearest}'?"),
        None => "'corsproof list' shows what there is".to_owned(),
    };
    Refusal::nothing_selected(format!("no case matches '{}'; {hint}", filter.as_str()))
}
