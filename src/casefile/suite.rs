//! A suite: all cases of a folder, or those embedded in the binary.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use include_dir::{Dir, include_dir};

use crate::{
    case::{Case, CaseId, Filter},
    casefile::{
        draft::Draft,
        file::{self, Read},
        protocols,
        twins::{self, Unread},
    },
    document::{
        problem::{Problem, Problems},
        source::Source,
        spelling,
    },
    input_file, printable,
};

/// The suite as it was when the binary was built.
static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/cases");

/// Cases that were read together, in the order of their files.
#[derive(Clone, Debug)]
pub(crate) struct Suite {
    cases: Vec<Arc<Case>>,
}

impl Suite {
    /// The suite that is embedded in the binary.
    ///
    /// # Errors
    /// Everything that is wrong in any of its files.
    pub(crate) fn embedded() -> Result<Self, Problems> {
        let mut texts = Vec::new();
        collect_embedded(&EMBEDDED, &mut texts);
        let (sources, problems) = sources(texts, None);
        Self::of(&sources, problems)
    }

    /// The cases of a folder and of the folders in it, or of a single file. A file that stands in the
    /// folder itself has the folder's name in its identity, so that it is `folder/file/name` as well.
    ///
    /// # Errors
    /// Everything that is wrong in any of its files; a folder without case files; what cannot be read.
    pub(crate) fn read(dir: &Path) -> Result<Self, Problems> {
        let mut texts = Vec::new();
        let mut problems = Vec::new();
        // What is no folder is a file, or read as one to learn why it is none.
        if dir.is_dir() || !dir.exists() {
            Folder { root: dir }.collect(Path::new(""), &mut texts, &mut problems);
        } else {
            texts.push(read_file(dir, dir.file_name().map(PathBuf::from).unwrap_or_default()));
        }
        if texts.is_empty() && problems.is_empty() {
            let problem = Problem::new(format!("there is no case file in {}", dir.display()))
                .of_path(dir)
                .help("a case file is a file of TOML called <file>.toml; `corsproof schema` describes what is in it");
            return Err(Problems::new(vec![problem]));
        }
        let (sources, more) = sources(texts, folder_name(dir).as_deref());
        problems.extend(more);
        Self::of(&sources, problems)
    }

    /// The cases of these sources, unless anything is wrong.
    fn of(sources: &[Arc<Source>], mut problems: Vec<Problem>) -> Result<Self, Problems> {
        let mut drafts: Vec<Draft> = Vec::new();
        let mut unread = Unread::default();
        for source in sources {
            let Read { drafts: more, failed, unread: file, problems: found } = file::read(source);
            drafts.extend(more);
            unread.cases.extend(failed);
            unread.files.extend(file);
            problems.extend(found);
        }
        problems.extend(protocols::check(&drafts));
        let (twins, found) = twins::resolve(&drafts, &unread);
        problems.extend(found);
        if !problems.is_empty() {
            return Err(Problems::new(problems));
        }
        let case = |(draft, twins): (Draft, Vec<CaseId>)| Arc::new(Case { twins, ..draft.case });
        Ok(Self { cases: drafts.into_iter().zip(twins).map(case).collect() })
    }

    /// All cases, in the order of their files.
    pub(crate) fn cases(&self) -> &[Arc<Case>] {
        &self.cases
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Arc<Case>> {
        self.cases.iter().find(|case| case.id.0 == id)
    }

    /// The cases that a filter selects (all, where there is no filter) and no skip does, and their
    /// twins, without which a block proves nothing; in the order of the suite.
    pub(crate) fn select(&self, filters: &[Filter], skips: &[Filter]) -> Vec<Arc<Case>> {
        let is_wanted = |case: &Case| {
            let selects = |filter: &Filter| filter.selects(&case.id.0);
            (filters.is_empty() || filters.iter().any(selects)) && !skips.iter().any(selects)
        };
        let by_id: HashMap<&CaseId, &Case> =
            self.cases.iter().map(|case| (&case.id, case.as_ref())).collect();
        let mut open: Vec<&Case> =
            self.cases.iter().map(AsRef::as_ref).filter(|case| is_wanted(case)).collect();
        let mut selected: HashSet<&CaseId> = open.iter().map(|case| &case.id).collect();
        while let Some(case) = open.pop() {
            open.extend(
                case.twins.iter().filter(|id| selected.insert(id)).filter_map(|id| by_id.get(id).copied()),
            );
        }
        self.cases.iter().filter(|case| selected.contains(&case.id)).map(Arc::clone).collect()
    }

    /// The identity, file or folder that a filter which selects nothing may have meant.
    pub(crate) fn nearest(&self, filter: &Filter) -> Option<&str> {
        let names =
            self.cases.iter().flat_map(|case| [case.id.area(), case.id.file(), case.id.base(), &case.id.0]);
        spelling::nearest(filter.as_str(), names)
    }
}

/// A file's text: how people call it, where it is below the suite's root, and what it holds.
struct Found {
    shown: PathBuf,
    below: PathBuf,
    text: io::Result<String>,
}

fn collect_embedded(dir: &Dir<'_>, texts: &mut Vec<Found>) {
    for file in dir.files().filter(|file| is_case_file(file.path())) {
        let below = file.path().to_owned();
        texts.push(Found {
            shown: Path::new("cases").join(&below),
            below,
            text: input_file::text_of(file.contents().to_vec()),
        });
    }
    for dir in dir.dirs() {
        collect_embedded(dir, texts);
    }
}

/// A folder whose case files are looked for.
struct Folder<'a> {
    root: &'a Path,
}

impl Folder<'_> {
    /// Finds the case files in a folder `below` this one, in the order of their names.
    fn collect(&self, below: &Path, texts: &mut Vec<Found>, problems: &mut Vec<Problem>) {
        let dir = if below == Path::new("") { self.root.to_owned() } else { self.root.join(below) };
        let entries = fs::read_dir(&dir).and_then(|entries| {
            entries.map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?)))).collect()
        });
        let mut entries: Vec<_> = match entries {
            Ok(entries) => entries,
            Err(error) => {
                problems.push(unreadable(&dir, &error));
                return;
            }
        };
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        for (name, kind) in entries {
            let (path, below) = (dir.join(&name), below.join(&name));
            if name.to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                self.collect(&below, texts, problems);
            } else if let Some(problem) = kind.is_symlink().then(|| self.check_link(&path)).flatten() {
                problems.push(problem);
            } else if is_case_file(&path) {
                texts.push(read_file(&path, below));
            }
        }
    }

    /// A link may lead to a file of the folder. Elsewhere there may be anything, and a folder may be above itself.
    fn check_link(&self, path: &Path) -> Option<Problem> {
        let target = path.canonicalize().ok();
        let is_within = |target: &Path| self.root.canonicalize().is_ok_and(|root| target.starts_with(root));
        let what = match &target {
            Some(target) if target.is_dir() => "a link to a folder",
            Some(target) if is_case_file(path) && !is_within(target) => "a link out of the folder",
            None if is_case_file(path) => "a link to nothing",
            _ => return None,
        };
        let leads = target.map_or(String::new(), |target| format!(" ({})", target.display()));
        let problem = Problem::new(format!("{} is {what}{leads}, which is not followed", path.display()));
        Some(
            problem
                .of_path(path)
                .help("put what it leads to in its place, or name that path instead of this folder"),
        )
    }
}

fn read_file(path: &Path, below: PathBuf) -> Found {
    Found { shown: path.to_owned(), below, text: input_file::read_document(path) }
}

fn is_case_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

fn folder_name(path: &Path) -> Option<String> {
    let path = path.canonicalize().ok()?;
    let folder = if path.is_file() { path.parent()? } else { &path };
    Some(folder.file_name()?.to_string_lossy().into_owned())
}

/// The texts of files, with `folder` before the name of one that stands in no folder of the suite.
fn sources(texts: Vec<Found>, folder: Option<&str>) -> (Vec<Arc<Source>>, Vec<Problem>) {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    for Found { shown, below, text } in texts {
        match text {
            Ok(text) => {
                let mut parts: Vec<String> =
                    below.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
                if let (1, Some(folder)) = (parts.len(), folder) {
                    parts.insert(0, folder.to_owned());
                }
                if parts.iter().any(|part| part.contains(printable::steers)) {
                    problems.push(unspeakable(&shown));
                    continue;
                }
                sources.push(Arc::new(Source::new(&shown, parts.join("/"), text)));
            }
            Err(error) => problems.push(unreadable(&shown, &error)),
        }
    }
    (sources, problems)
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let help = match error.kind() {
        io::ErrorKind::NotFound => "name a folder that holds case files",
        io::ErrorKind::InvalidData => "save it as UTF-8",
        io::ErrorKind::InvalidInput => "a case file is a regular file: move this one out of the folder",
        io::ErrorKind::FileTooLarge => "write several files: each is read whole",
        _ => "it must be readable for the user who runs corsproof",
    };
    Problem::new(format!("{} cannot be read: {error}", path.display())).of_path(path).help(help)
}

/// The names of files and folders are parts of identities, which are typed and printed.
fn unspeakable(path: &Path) -> Problem {
    Problem::new(format!("{} has a character in its name that cannot be seen", path.display()))
        .of_path(path)
        .help("the name is part of each case's identity: rename it")
}
