//! What the suite is worth: models that are each wrong in one rule, every one of which a case must catch.
//!
//! A mutant that survives is a missing case, or a case that does not say what it covers.

#[macro_use]
mod mutant;

mod closed_to_scripts;
mod cookies;
mod cors_check;
mod cors_preflight_cache;
mod cors_preflight_fetch;
mod cors_preflight_request;
mod credentials;
mod elements;
mod fetch_options;
mod headers_class;
mod http_cache;
mod http_redirect_fetch;
mod main_fetch;
mod methods;
mod mime_type;
mod origin;
mod policies;
mod request_class;
mod request_header;
mod request_metadata;
mod response;
mod service_worker;
mod windows;

use std::{collections::HashSet, fs, path::Path, sync::Arc};

use crate::{
    case::{Case, Reach},
    casefile::{REQUIREMENTS, Suite, requirement},
    judge::author_against_model,
    predict::predict_with,
};
use fetch_model::FetchStandard;
use mutant::Mutant;

fn all() -> Vec<Mutant> {
    [
        methods::mutants(),
        request_header::mutants(),
        headers_class::mutants(),
        request_class::mutants(),
        request_metadata::mutants(),
        fetch_options::mutants(),
        origin::mutants(),
        policies::mutants(),
        main_fetch::mutants(),
        cors_preflight_request::mutants(),
        cors_preflight_fetch::mutants(),
        cors_preflight_cache::mutants(),
        cors_check::mutants(),
        http_cache::mutants(),
        response::mutants(),
        service_worker::mutants(),
        http_redirect_fetch::mutants(),
        credentials::mutants(),
        cookies::mutants(),
        elements::mutants(),
        closed_to_scripts::mutants(),
        windows::mutants(),
        mime_type::mutants(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn suite() -> Suite {
    Suite::embedded().unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn every_mutant_is_caught() {
    let suite = suite();
    let cases: Vec<&Case> = suite.cases().iter().map(Arc::as_ref).collect();
    let mutants = all();
    let survivors: Vec<String> = mutants
        .iter()
        .filter(|mutant| mutant.caught_by(cases.iter().copied()).is_none())
        .map(|mutant| {
            let near = cases.iter().filter(|case| mutant.is_business_of(case)).count();
            format!("{:<16} {near:>5}  {}", mutant.breaks.join(" "), mutant.name)
        })
        .collect();
    assert!(
        survivors.is_empty(),
        "{} of {} mutants survive: each is a missing case, or one that does not say what it covers.\n\
         {:<16} cases  what it does instead\n{}",
        survivors.len(),
        mutants.len(),
        "breaks",
        survivors.join("\n"),
    );
}

#[test]
fn every_requirement_has_a_mutant() {
    let mutants = all();
    let lacks = |id: &str| mutants.iter().all(|mutant| !mutant.breaks.contains(&id));
    let without: Vec<&str> = REQUIREMENTS
        .iter()
        .flat_map(|section| &section.requirements)
        .filter(|requirement| requirement.reach == Reach::Now && lacks(&requirement.id))
        .map(|requirement| requirement.id.as_str())
        .collect();
    assert!(
        without.is_empty(),
        "nothing shows that cases would catch a model that gets these wrong: {without:?}"
    );
}

/// The names of the methods of `Rules` and `HtmlRules`.
fn rules() -> Vec<String> {
    let methods = ["crates/fetch-model/src/rules.rs", "crates/fetch-model/src/html/rules.rs"].map(|file| {
        let file = syn::parse_file(&read(&repository().join(file))).expect("a source file parses");
        let items = file.items.into_iter().filter_map(|item| match item {
            syn::Item::Trait(rules) => Some(rules.items),
            _ => None,
        });
        let names = items.flatten().filter_map(|item| match item {
            syn::TraitItem::Fn(rule) => Some(rule.sig.ident.to_string()),
            _ => None,
        });
        names.collect::<Vec<String>>()
    });
    methods.concat()
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[test]
fn every_rule_has_a_mutant() {
    let files = repository().join("tests/inside/mutants").read_dir().expect("the mutants");
    let mutants: String = files.map(|file| read(&file.expect("a file").path())).collect();
    let rules = rules();
    assert!(rules.len() > 100, "{rules:?}");
    let without: Vec<&String> =
        rules.iter().filter(|rule| !mutants.contains(&format!("fn {rule}("))).collect();
    assert!(without.is_empty(), "no mutant overrides these rules: {without:?}");
}

#[test]
fn the_standard_itself_is_caught_by_none() {
    for case in suite().cases() {
        let differences = author_against_model(case, &predict_with(case, &FetchStandard));
        assert!(differences.is_empty(), "{}: {differences:?}", case.id);
    }
}

#[test]
fn mutants_are_many_and_well_named() {
    let mutants = all();
    assert!(mutants.len() >= 45, "only {} mutants", mutants.len());
    let names: HashSet<&str> = mutants.iter().map(|mutant| mutant.name).collect();
    assert_eq!(names.len(), mutants.len(), "two mutants share a name");
    for mutant in &mutants {
        for id in mutant.breaks {
            assert!(requirement(id).is_some(), "{}: there is no requirement {id}", mutant.name);
        }
    }
}
