//! The files that `corsproof init` writes; existing ones are never overwritten.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{Ci, Guess, policy};

/// Whether a file was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    New(PathBuf),
    /// The file was there before, and was not changed.
    Kept(PathBuf),
}

/// Writes a policy into `folder` and a workflow to the top of its repository.
///
/// # Errors
/// Names the file that cannot be written.
pub(crate) fn init(folder: &Path, ci: Ci, guess: &Guess) -> io::Result<Vec<Written>> {
    if !folder.is_dir() {
        return Err(io::Error::other(format!("{} is no folder", folder.display())));
    }
    let (top, below) = top_of_repository(folder);
    let workflow = match ci {
        Ci::GitHub => top.join(".github/workflows/cors.yml"),
        // A pipeline that is there takes this in by a line: include.
        Ci::GitLab if top.join(".gitlab-ci.yml").exists() => top.join(".gitlab/cors.yml"),
        Ci::GitLab => top.join(".gitlab-ci.yml"),
    };
    Ok(vec![
        write_new(folder.join("corsproof.toml"), &policy(guess))?,
        write_new(workflow, &ci.workflow(guess, &below))?,
    ])
}

/// The folder that git keeps, and the way from there; where there is none, the folder itself.
fn top_of_repository(folder: &Path) -> (PathBuf, PathBuf) {
    let whole = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    for (steps, top) in whole.ancestors().enumerate() {
        if top.join(".git").exists() {
            let below = whole.strip_prefix(top).unwrap_or(Path::new("")).to_owned();
            // As it was given where it is the folder itself: messages name it so.
            return (if steps == 0 { folder.to_owned() } else { top.to_owned() }, below);
        }
    }
    (folder.to_owned(), PathBuf::new())
}

fn write_new(path: PathBuf, text: &str) -> io::Result<Written> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(named)?;
    }
    match File::create_new(&path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| Written::New(path.clone())).map_err(named),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Written::Kept(path)),
        Err(error) => Err(named(error)),
    }
}
