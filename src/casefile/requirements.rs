//! The list of requirements, as `requirements.toml` has it.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

use crate::case::{Reach, Requirement, Section};

/// The structure of `requirements.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    section: Vec<SectionInFile>,
    unreachable: HashMap<String, String>,
    #[serde(default)]
    later: Vec<Later>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionInFile {
    title: String,
    requirements: Vec<RequirementInFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequirementInFile {
    id: String,
    title: String,
    spec: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Later {
    needs: String,
    requirements: Vec<String>,
}

/// Every requirement, in sections, in the order of the file.
pub(crate) static REQUIREMENTS: LazyLock<Vec<Section>> = LazyLock::new(|| {
    // Part of the program, not of its input.
    let file: File = toml::from_str(include_str!("requirements.toml")).expect("the list can be read");
    file.section
        .iter()
        .map(|section| Section {
            title: section.title.clone(),
            requirements: section.requirements.iter().map(|requirement| file.meant(requirement)).collect(),
        })
        .collect()
});

impl File {
    fn meant(&self, RequirementInFile { id, title, spec }: &RequirementInFile) -> Requirement {
        Requirement { id: id.clone(), title: title.clone(), spec: spec.clone(), reach: self.reach(id) }
    }

    fn reach(&self, id: &String) -> Reach {
        let later = self.later.iter().find(|later| later.requirements.contains(id));
        match (self.unreachable.get(id), later) {
            (Some(reason), _) => Reach::Never(reason.clone()),
            (None, Some(later)) => Reach::Later(later.needs.clone()),
            (None, None) => Reach::Now,
        }
    }
}

/// The requirement with an id such as `R73`.
pub(crate) fn requirement(id: &str) -> Option<&'static Requirement> {
    REQUIREMENTS.iter().flat_map(|section| &section.requirements).find(|requirement| requirement.id == id)
}

pub(super) fn is_known(id: &str) -> bool {
    requirement(id).is_some()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use rstest::rstest;

    use super::*;
    use crate::case::LONGEST_TITLE;

    fn all() -> impl Iterator<Item = &'static Requirement> {
        REQUIREMENTS.iter().flat_map(|section| &section.requirements)
    }

    #[test]
    fn the_list_has_no_gap() {
        let mut numbers: Vec<usize> = all().map(|requirement| requirement.id[1..].parse().unwrap()).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
    }

    #[test]
    fn titles_are_short_and_differ() {
        let mut titles = HashSet::new();
        for Requirement { id, title, spec, .. } in all() {
            assert!(title.chars().count() <= LONGEST_TITLE, "{id}: {title}");
            assert!(titles.insert(title), "{id}: {title}");
            assert!(spec.starts_with("https://"), "{id}: {spec}");
        }
    }

    #[test]
    fn what_is_explained_is_in_the_list_and_once() {
        let file: File = toml::from_str(include_str!("requirements.toml")).unwrap();
        let mut explained = HashSet::new();
        let later = file.later.iter().flat_map(|later| &later.requirements);
        for id in file.unreachable.keys().chain(later) {
            assert!(is_known(id), "there is no {id}");
            assert!(explained.insert(id), "{id} is explained twice");
        }
    }

    #[rstest]
    #[case("R1", true)]
    #[case("R0", false)]
    #[case("R999", false)]
    #[case("R073", false)]
    #[case("r73", false)]
    #[case("73", false)]
    fn ids(#[case] id: &str, #[case] known: bool) {
        assert_eq!(is_known(id), known);
    }
}
