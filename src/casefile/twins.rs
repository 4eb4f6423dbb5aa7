//! Twins: the readable case that every blocked one names.

use std::collections::{HashMap, HashSet};

use crate::{
    case::{CaseId, ExpectedRead},
    casefile::draft::Draft,
    document::{problem::Problem, spelling, tree::Node},
};

/// Cases and files that could not be read, so that a twin in one of them is not reported again.
#[derive(Default)]
pub(super) struct Unread {
    /// The cases that could not be read, as `folder/file/name`.
    pub(super) cases: HashSet<String>,
    /// The files that could not be read, as `folder/file`.
    pub(super) files: HashSet<String>,
}

impl Unread {
    fn holds(&self, base: &str) -> bool {
        let file = base.rsplit_once('/').map_or("", |(file, _)| file);
        self.cases.contains(base) || self.files.contains(file)
    }
}

/// The twins of each draft, in order, and what is wrong with those that are named.
pub(super) fn resolve(drafts: &[Draft], unread: &Unread) -> (Vec<Vec<CaseId>>, Vec<Problem>) {
    let mut by_base: HashMap<&str, Vec<&Draft>> = HashMap::new();
    for draft in drafts {
        by_base.entry(&draft.base).or_default().push(draft);
    }
    let mut problems = Vec::new();
    let mut twins = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let mut ids = Vec::new();
        for name in &draft.twins {
            match twin(draft, name, &by_base, unread) {
                Ok(found) => ids.extend(found),
                Err(problem) => problems.push(problem.of_source(&draft.source)),
            }
        }
        twins.push(ids);
    }
    (twins, problems)
}

/// The variants of the twin that `name` names which say the same as `draft` wherever both say something.
fn twin(
    draft: &Draft,
    name: &Node,
    by_base: &HashMap<&str, Vec<&Draft>>,
    unread: &Unread,
) -> Result<Vec<CaseId>, Problem> {
    let text = name.as_text().unwrap_or_default();
    let base = if text.contains('/') { text.to_owned() } else { format!("{}/{text}", draft.source.id) };
    let Some(variants) = by_base.get(base.as_str()) else {
        return if unread.holds(&base) {
            Ok(Vec::new())
        } else {
            Err(no_such_case(draft, name, &base, by_base))
        };
    };
    let agreeing: Vec<&Draft> =
        variants.iter().copied().filter(|twin| draft.variant.agrees_with(&twin.variant)).collect();
    if agreeing.is_empty() {
        let problem = Problem::new(format!("no variant of `{text}` agrees with {}", draft.case.id))
            .at_node(name, "no twin for this variant")
            .help("a twin's variant has the same value of each matrix key that both cases have; add the value there, or name another twin");
        return Err(problem);
    }
    if agreeing.iter().any(|twin| is_blocked(twin)) {
        let problem = Problem::new(format!("the twin `{text}` is itself blocked"))
            .at_node(name, "expected a case that is readable")
            .help("a twin shows that with the one thing put right nothing else is in the way");
        return Err(problem);
    }
    Ok(agreeing.into_iter().map(|twin| twin.case.id.clone()).collect())
}

fn is_blocked(draft: &Draft) -> bool {
    draft.case.steps.iter().any(|step| step.expect.read == ExpectedRead::Blocked)
}

fn no_such_case(draft: &Draft, name: &Node, base: &str, by_base: &HashMap<&str, Vec<&Draft>>) -> Problem {
    let mut bases: Vec<&str> = by_base.keys().copied().collect();
    bases.sort_unstable();
    let help = match spelling::nearest(base, bases) {
        Some(near) if near != draft.base => {
            let prefix = format!("{}/", draft.source.id);
            format!("did you mean `{}`?", near.strip_prefix(&prefix).unwrap_or(near))
        }
        _ => "a twin is named by its name in this file, or as folder/file/name".to_owned(),
    };
    Problem::new(format!("there is no case `{base}`")).at_node(name, "no such twin").help(help)
}
