//! Arrows point one way: what each module may import, read from its `use` lines and paths.

use std::{collections::BTreeSet, fs, path::Path};

use syn::visit::{self, Visit};

/// A module, and the modules it may name. What is not listed may name all. That the model, the browsers and the fixture
/// know nothing of these is enforced by their being crates.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("words", &[]),
    ("milliseconds", &[]),
    ("origin_slip", &["words"]),
    ("redirect_target", &[]),
    ("schema", &[]),
    ("shell", &[]),
    ("local_server", &[]),
    ("location", &["input_file", "local_server"]),
    ("printable", &[]),
    ("input_file", &[]),
    ("init", &["input_file", "shell"]),
    ("document", &["printable"]),
    ("case", &["schema", "words"]),
    ("casefile", &["case", "document", "input_file", "printable"]),
    ("observation", &["case"]),
    ("page", &["case", "observation"]),
    ("judge", &["case", "observation"]),
    // What reached a server is judged in one shape, whoever sent it.
    ("predict", &["case", "judge", "observation"]),
    ("doctor", &["page"]),
    ("run", &["case", "judge", "milliseconds", "observation", "page", "predict", "words"]),
    ("coverage", &["case", "casefile", "judge"]),
    ("evidence", &["case", "observation", "run", "schema"]),
    (
        "check",
        &[
            "case",
            "document",
            "evidence",
            "judge",
            "local_server",
            "location",
            "observation",
            "origin_slip",
            "redirect_target",
            "run",
            "words",
        ],
    ),
    ("policyfile", &["check", "document", "input_file", "location"]),
    (
        "diagnose",
        &[
            "case",
            "document",
            "evidence",
            "judge",
            "local_server",
            "observation",
            "origin_slip",
            "page",
            "redirect_target",
            "run",
            "shell",
            "words",
        ],
    ),
    ("console_words", &["diagnose", "judge"]),
    ("har", &["case", "diagnose", "input_file", "observation", "predict"]),
    ("stream", &["case", "check", "evidence", "judge", "milliseconds", "observation", "run", "words"]),
    ("library", &["check", "run", "stream"]),
    (
        "report",
        &[
            "case",
            "casefile",
            "check",
            "console_words",
            "coverage",
            "diagnose",
            "document",
            "evidence",
            "har",
            "judge",
            "observation",
            "printable",
            "schema",
            "stream",
            "words",
        ],
    ),
];

/// Collects the modules of this crate that a file names.
#[derive(Default)]
struct Named(BTreeSet<String>);

impl<'ast> Visit<'ast> for Named {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if let syn::UseTree::Path(path) = &item.tree
            && path.ident == "crate"
        {
            self.0.extend(first_names(&path.tree));
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut segments = path.segments.iter();
        if segments.next().is_some_and(|first| first.ident == "crate") {
            self.0.extend(segments.next().map(|second| second.ident.to_string()));
        }
        visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        // Tests may look at anything.
        if !module.attrs.iter().any(|attribute| attribute.path().is_ident("cfg")) {
            visit::visit_item_mod(self, module);
        }
    }
}

fn first_names(tree: &syn::UseTree) -> Vec<String> {
    match tree {
        syn::UseTree::Path(path) => vec![path.ident.to_string()],
        syn::UseTree::Name(name) => vec![name.ident.to_string()],
        syn::UseTree::Rename(rename) => vec![rename.ident.to_string()],
        syn::UseTree::Group(group) => group.items.iter().flat_map(first_names).collect(),
        syn::UseTree::Glob(_) => vec!["*".to_owned()],
    }
}

fn modules_named_in(file: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(file).expect("a source file can be read");
    let mut named = Named::default();
    named.visit_file(&syn::parse_file(&text).expect("a source file parses"));
    named.0
}

fn rust_files(below: &Path) -> Vec<std::path::PathBuf> {
    walkdir::WalkDir::new(below)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter(|path| {
            !path.components().any(|part| part.as_os_str() == "tests") && !path.ends_with("tests.rs")
        })
        .collect()
}

#[test]
fn arrows_point_one_way() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for (module, allowed) in MAY_IMPORT {
        let mut files = rust_files(&src.join(module));
        files.extend(Some(src.join(format!("{module}.rs"))).filter(|file| file.exists()));
        assert!(!files.is_empty(), "there is no module {module}: mend the table");
        for file in files {
            looked_at += 1;
            for name in modules_named_in(&file) {
                if name != *module && !allowed.contains(&name.as_str()) {
                    wrong.push(format!(
                        "{} names crate::{name}",
                        file.strip_prefix(&src).unwrap_or(&file).display()
                    ));
                }
            }
        }
    }
    assert!(looked_at > 50, "only {looked_at} files were found");
    assert!(wrong.is_empty(), "these imports point the wrong way:\n{}", wrong.join("\n"));
}

#[test]
fn the_crates_below_know_nothing_of_ours() {
    for (folder, foreign) in [
        ("servers/fixture", &["corsproof", "fetch-model", "browsers"][..]),
        ("crates/fetch-model", &["corsproof", "browsers", "corsproof-fixture"]),
        ("crates/browsers", &["corsproof", "fetch-model", "corsproof-fixture"]),
    ] {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join("Cargo.toml");
        let manifest = fs::read_to_string(manifest).expect("the crate has a manifest");
        let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
        for name in foreign {
            let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
            assert!(
                !dependencies.is_some_and(|dependencies| dependencies.contains_key(*name)),
                "{folder} depends on {name}"
            );
        }
    }
}
