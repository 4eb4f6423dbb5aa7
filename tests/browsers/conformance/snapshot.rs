//! What the cases of one file show, as it is stored: a line a case, as most engines show it, and beneath it those that
//! show it otherwise.
//!
//! ```text
//! header-not-allowed: sent OPTIONS; not loaded, blocked: header-not-allowed
//!   webkit: sent OPTIONS; not loaded, blocked: unreported
//! ```

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs,
    path::{Path, PathBuf},
};

use corsproof::Engine;

/// Where they are, from here.
pub(crate) const FOLDER: &str = "../../snapshots/suite";

/// What stands before the line of one engine.
const INDENT: &str = "  ";

/// By case and engine. Of each case there is a line of every engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Snapshot(BTreeMap<String, BTreeMap<Engine, String>>);

impl Snapshot {
    /// Has a case show this in an engine.
    pub(crate) fn set(&mut self, case: &str, engine: Engine, line: String) {
        let before = self.0.entry(case.to_owned()).or_default().insert(engine, line);
        assert_eq!(before, None, "{case} is there twice for {engine}");
    }

    /// Has each case show in these engines what it shows there by `stored`, which knows only cases that ran before.
    pub(crate) fn take(&mut self, engines: &[Engine], stored: &Self) {
        for (case, lines) in &mut self.0 {
            let of_case = stored.0.get(case);
            let of_case = of_case.unwrap_or_else(|| panic!("{case} is new: its snapshot needs every engine"));
            lines.extend(engines.iter().map(|engine| (*engine, of_case[engine].clone())));
        }
    }

    /// The one that is stored under this name; without any case if none is.
    pub(crate) fn stored(name: &str) -> Self {
        let text = fs::read_to_string(folder().join(format!("{name}.snap"))).unwrap_or_default();
        // What insta says of the file stands between two lines of dashes.
        Self::read(text.splitn(3, "---\n").last().unwrap_or_default())
    }

    fn read(text: &str) -> Self {
        let mut snapshot = Self::default();
        let mut last = None;
        for line in text.lines() {
            if let Some(otherwise) = line.strip_prefix(INDENT) {
                let (engine, line) = otherwise.split_once(": ").expect("an engine and its line");
                let lines = last.and_then(|case| snapshot.0.get_mut(case)).expect("a case above");
                lines.insert(engine.parse().unwrap_or_else(|error| panic!("{error}")), line.to_owned());
            } else {
                let (case, line) = case_and_line(line);
                snapshot
                    .0
                    .insert(case.to_owned(), Engine::ALL.map(|engine| (engine, line.to_owned())).into());
                last = Some(case);
            }
        }
        snapshot
    }
}

impl fmt::Display for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (case, lines) in &self.0 {
            let most = shown_by_most(lines);
            writeln!(f, "{case}: {most}")?;
            for (engine, line) in lines.iter().filter(|(_, line)| *line != most) {
                writeln!(f, "{INDENT}{engine}: {line}")?;
            }
        }
        Ok(())
    }
}

/// The line of most engines; of several such lines that of the first engine.
fn shown_by_most(lines: &BTreeMap<Engine, String>) -> &str {
    let engines_with = |line: &str| lines.values().filter(|other| *other == line).count();
    let most = lines.values().map(|line| engines_with(line)).max();
    lines.values().find(|line| Some(engines_with(line)) == most).map(String::as_str).unwrap_or_default()
}

/// The values of a matrix may hold a colon, but no bracket.
fn case_and_line(line: &str) -> (&str, &str) {
    let (name, _) = line.split_once(": ").expect("a case and what it shows");
    let end = match name.contains('[') {
        true => line.find("]: ").expect("the end of the values") + 1,
        false => name.len(),
    };
    (&line[..end], &line[end + ": ".len()..])
}

/// The names of all that are stored.
pub(crate) fn names() -> BTreeSet<String> {
    let files = fs::read_dir(folder()).expect("the snapshots").map(|file| file.expect("a file").path());
    let stored = files.filter(|file| file.extension().is_some_and(|extension| extension == "snap"));
    stored.map(|file| file.file_stem().expect("a name").to_string_lossy().into_owned()).collect()
}

fn folder() -> PathBuf {
    Path::new(file!()).parent().expect("a folder").join(FOLDER)
}

#[test]
fn what_is_stored_is_read_as_it_was() {
    let text = "\
a[values=x: y,z=]: sent GET; loaded, read 200
  firefox: sent GET; not loaded, blocked: unreported
b: sent nothing; not loaded, blocked: invalid-request
  firefox: not applicable, two
  webkit: not applicable, three
c: sent GET; loaded, opaque
";
    let snapshot = Snapshot::read(text);
    assert_eq!(snapshot.to_string(), text);
    let shown = |case: &str, engine| snapshot.0[case][&engine].as_str();
    assert_eq!(shown("a[values=x: y,z=]", Engine::WebKit), "sent GET; loaded, read 200");
    assert_eq!(shown("a[values=x: y,z=]", Engine::Firefox), "sent GET; not loaded, blocked: unreported");
    assert_eq!(shown("b", Engine::WebKit), "not applicable, three");
    assert_eq!(shown("c", Engine::Chromium), "sent GET; loaded, opaque");
}

#[test]
fn what_did_not_run_shows_what_is_stored() {
    let stored = Snapshot::read("a: one\n  webkit: two\nb: one\n");
    let mut ran = Snapshot::default();
    ran.set("a", Engine::Chromium, "two".to_owned());
    ran.take(&[Engine::Firefox, Engine::WebKit], &stored);
    assert_eq!(ran.to_string(), "a: two\n  firefox: one\n");
}
