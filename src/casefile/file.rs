//! One case file: from its text to drafts of cases, with everything that is wrong in it.

use std::{collections::HashMap, sync::Arc};

use toml::de::DeTable;

use crate::{
    casefile::{
        defaults::merge,
        draft::{self, Draft, FileFacts},
        filler::{Filler, Filling},
        keys::{CASE, FILE},
        matrix,
    },
    document::{
        checker::{self, Soundness, Stage},
        problem::{FileProblems, Problem},
        source::{Source, Span},
        syntax::syntax_problem,
        tree::{Node, Table},
    },
};

/// The drafts and the problems of one case file.
#[derive(Default)]
pub(super) struct Read {
    /// The cases that could be read, before twins are looked up.
    pub(super) drafts: Vec<Draft>,
    /// The cases that could not be read, as `folder/file/name`.
    pub(super) failed: Vec<String>,
    /// `folder/file`, where the text is no TOML and its cases are not even known by name.
    pub(super) unread: Option<String>,
    pub(super) problems: Vec<Problem>,
}

/// Reads a case file into drafts of its cases, and collects every problem.
pub(super) fn read(source: &Arc<Source>) -> Read {
    let mut found = FileProblems::new(source, &FILE);
    let (tree, errors) = DeTable::parse_recoverable(source.text());
    if !errors.is_empty() {
        for error in errors {
            found.report(syntax_problem(&error, source, "a case file"));
        }
        return Read { unread: Some(source.id.clone()), problems: found.into_problems(), ..Read::default() };
    }
    let root = Table::new(tree.get_ref());
    let first_line = 0..source.text().lines().next().map_or(0, str::len);
    // Each case is held against the table of keys again below, merged and filled.
    let _ = checker::check_table(&root, &first_line, &FILE, Stage::Written, &mut found);
    let mut read = Read::default();
    read_cases(&root, &mut read, &mut found);
    read.problems = found.into_problems();
    read
}

fn read_cases(root: &Table, read: &mut Read, found: &mut FileProblems) {
    let facts = FileFacts {
        title: root.string("title").unwrap_or_default(),
        spec: root.string("spec").unwrap_or_default(),
    };
    let nothing = Table::default();
    let defaults = root.table("defaults").unwrap_or(&nothing);
    let mut names: HashMap<String, Span> = HashMap::new();
    let nodes = root.array("case");
    for (index, node) in nodes.iter().enumerate() {
        let Some(case) = node.as_table() else { continue };
        let end = nodes.get(index + 1).map_or(found.source().text().len(), |next| next.span.start);
        let last_line = found.source().last_line(node.span.start..end);
        let drafts = read_case(node, &merge(defaults, case), &facts, found);
        let Some((text, span)) = case.get("name").and_then(|name| Some((name.as_text()?, &name.span))) else {
            continue;
        };
        if let Some(other) = names.insert(text.to_owned(), span.clone()) {
            found.report(same_name(text, span, &other));
            continue;
        }
        match drafts {
            Some(mut drafts) => {
                drafts.iter_mut().for_each(|draft| draft.case.place.last_line = last_line);
                read.drafts.extend(drafts);
            }
            None => read.failed.push(format!("{}/{text}", found.source().id)),
        }
    }
}

fn same_name(name: &str, second: &Span, first: &Span) -> Problem {
    Problem::new(format!("two cases are called `{name}`"))
        .at(second.clone(), "the second")
        .at(first.clone(), "the first")
        .help("a name is part of a case's identity: give one of them another")
}

/// The variants of one case; `None` if anything is wrong in any of them.
fn read_case(node: &Node, case: &Table, facts: &FileFacts, found: &mut FileProblems) -> Option<Vec<Draft>> {
    let variants = matrix::variants(case, found);
    let mut drafts: Vec<Draft> = Vec::with_capacity(variants.len());
    for variant in &variants {
        let mut filler = Filler::new(variant, found);
        let filled = filler.case(case);
        let (stage, outcome) = match filler.outcome {
            Filling::Complete => (Stage::Filled, Soundness::Sound),
            Filling::Incomplete => (Stage::Written, Soundness::Unsound),
        };
        let soundness = outcome.and(checker::check_table(&filled, &node.span, &CASE, stage, found));
        // What has the wrong shape is passed over, so that all else is looked at nevertheless.
        let draft = draft::draft(&filled, node, facts, variant, &variants, found);
        drafts.extend(draft.filter(|_| soundness == Soundness::Sound));
    }
    check_identities(&drafts, found);
    (!drafts.is_empty() && drafts.len() == variants.len()).then_some(drafts)
}

fn check_identities(drafts: &[Draft], found: &mut FileProblems) {
    let mut seen: HashMap<&str, &Draft> = HashMap::new();
    for draft in drafts {
        let Some(other) = seen.insert(&draft.case.id.0, draft) else { continue };
        let mut problem = Problem::new(format!("two variants are both {}", draft.case.id));
        for value in draft.variant.values.last().into_iter().chain(other.variant.values.last()) {
            problem = problem.at(value.span.clone(), "the same value");
        }
        found.report(problem.help("take one of them away: each combination of values stands once"));
    }
}
