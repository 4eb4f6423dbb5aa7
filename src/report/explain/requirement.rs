//! The page of a requirement: the rule, where it stands, and the cases that show it.

use std::collections::BTreeMap;

use super::super::{
    ink::{Ink, Tone},
    sheet::Sheet,
    words::counted,
};
use crate::coverage::RequirementCoverage;

/// How many files of cases are named.
const MOST_FILES: usize = 12;

/// The page of a requirement.
pub(crate) fn requirement(section: &str, covered: &RequirementCoverage, ink: Ink, width: usize) -> String {
    let mut sheet = Sheet::new(ink, width);
    sheet.line(&[(Tone::Strong, covered.id), (Tone::Normal, "  "), (Tone::Normal, covered.title)]);
    sheet.gap();
    sheet.labelled("belongs to", Tone::Normal, section);
    sheet.labelled("standard", Tone::Normal, covered.spec);
    if let Some(why) = covered.why {
        sheet.labelled("no case", Tone::Notice, why);
    }
    if covered.cases.is_empty() {
        return sheet.into_text();
    }
    let engines: Vec<String> =
        covered.engines.iter().map(|(engine, cases)| format!("{cases} in {engine}")).collect();
    let cases = counted(covered.cases.len(), "case");
    sheet.labelled("covered by", Tone::Good, &format!("{cases}: {}", engines.join(", ")));
    sheet.gap();
    files(&mut sheet, covered);
    sheet.into_text()
}

/// The files with the cases that cover it, those with the most first.
fn files(sheet: &mut Sheet, covered: &RequirementCoverage) {
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &covered.cases {
        *files.entry(file_of(&case.0)).or_default() += 1;
    }
    let mut files: Vec<(&str, usize)> = files.into_iter().collect();
    files.sort_by_key(|(_, cases)| std::cmp::Reverse(*cases));
    for (file, cases) in files.iter().take(MOST_FILES) {
        sheet.line(&[(Tone::Normal, &format!("  {cases:>5}  ")), (Tone::Normal, file)]);
    }
    if let Some(more) = files.len().checked_sub(MOST_FILES).filter(|more| *more > 0) {
        sheet.line(&[(Tone::Quiet, &format!("         and {}", counted(more, "file")))]);
    }
    if let Some((file, _)) = files.first() {
        sheet.gap();
        sheet.line(&[(Tone::Quiet, "  see them run")]);
        sheet.verbatim(4, Tone::Normal, &format!("corsproof run '{file}/*'"));
        sheet.line(&[(Tone::Quiet, "  see one")]);
        let first = covered.cases.iter().find(|case| file_of(&case.0) == *file);
        let name = first.map_or(*file, |case| case.0.as_str());
        sheet.verbatim(4, Tone::Normal, &format!("corsproof show '{name}'"));
    }
}

/// The part of an identity that names the file: `folder/file` of `folder/file/name[values]`.
fn file_of(id: &str) -> &str {
    let name = id.split('[').next().unwrap_or(id);
    name.rsplit_once('/').map_or(name, |(file, _)| file)
}
