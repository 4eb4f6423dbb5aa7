//! A report's file: whole or not there at all.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::{Builder, NamedTempFile};

use super::format::STANDARD_OUTPUT;

/// A file that is written when its content is complete. It is opened before the run, so that a folder
/// that cannot be written is known then and not after.
#[derive(Debug)]
pub(crate) struct ReportFile {
    path: PathBuf,
    target: Target,
}

#[derive(Debug)]
enum Target {
    /// A file beside the real one, which then takes its name.
    Beside(NamedTempFile),
    /// A file that cannot be replaced (a pipe, `/dev/stdout`) or that others append to (a step summary): written in
    /// place.
    Itself(File),
    Stdout,
}

impl ReportFile {
    /// Makes sure that `path` can be written.
    ///
    /// # Errors
    /// With the path and what to do: no such folder, a folder of that name, no permission.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        let explain = |error: io::Error| describe(path, &error);
        if path == Path::new(STANDARD_OUTPUT) {
            return Ok(Self { path: path.to_owned(), target: Target::Stdout });
        }
        check_no_folder(path)?;
        let target = match fs::metadata(path) {
            Ok(_) if is_step_summary(path) => {
                Target::Itself(File::options().append(true).open(path).map_err(explain)?)
            }
            Ok(metadata) if !metadata.is_file() => {
                Target::Itself(File::options().write(true).open(path).map_err(explain)?)
            }
            // The file that a symbolic link names is replaced, not the link.
            Ok(_) => Target::Beside(beside(&fs::canonicalize(path).map_err(explain)?).map_err(explain)?),
            Err(_) => Target::Beside(beside(path).map_err(explain)?),
        };
        Ok(Self { path: path.to_owned(), target })
    }

    /// Writes the content and gives the file its name.
    ///
    /// # Errors
    /// With the path: a full disk, a folder that has gone. A file of that name keeps its old content.
    pub(crate) fn write(self, content: &[u8]) -> io::Result<()> {
        let result = match self.target {
            Target::Itself(mut file) => file.write_all(content),
            Target::Stdout => to_stdout(content),
            Target::Beside(mut file) => file
                .write_all(content)
                .and_then(|()| file.as_file().sync_all())
                .and_then(|()| persist(file, &self.path)),
        };
        result.map_err(|error| describe(&self.path, &error))
    }
}

/// A file that is written as a run goes on: what is there when a run is killed stays.
#[derive(Debug)]
pub(crate) struct LineFile {
    path: PathBuf,
    target: LineTarget,
}

#[derive(Debug)]
enum LineTarget {
    File(File),
    Stdout,
}

impl LineFile {
    /// Opens `path`; what it held is gone.
    ///
    /// # Errors
    /// With the path and what to do: no such folder, a folder of that name, no permission.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        if path == Path::new(STANDARD_OUTPUT) {
            return Ok(Self { path: path.to_owned(), target: LineTarget::Stdout });
        }
        check_no_folder(path)?;
        let file = File::create(path).map_err(|error| describe(path, &error))?;
        Ok(Self { path: path.to_owned(), target: LineTarget::File(file) })
    }
}

impl Write for LineFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match &mut self.target {
            LineTarget::File(file) => file.write(bytes),
            LineTarget::Stdout => to_stdout(bytes).map(|()| bytes.len()),
        };
        written.map_err(|error| describe(&self.path, &error))
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.target {
            LineTarget::File(file) => file.flush().map_err(|error| describe(&self.path, &error)),
            LineTarget::Stdout => Ok(()),
        }
    }
}

/// Writes to standard output. A reader that has gone (`| head`) is no error: nobody wants the rest.
fn to_stdout(content: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(content).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Whether GitHub Actions shows this file as the step's summary: other commands of the step write to it as well.
fn is_step_summary(path: &Path) -> bool {
    std::env::var_os("GITHUB_STEP_SUMMARY").is_some_and(|summary| Path::new(&summary) == path)
}

/// A folder is no file, whatever else can be done with it.
fn check_no_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        let text = format!("cannot write {}: it is a folder; name a file", path.display());
        return Err(io::Error::new(io::ErrorKind::IsADirectory, text));
    }
    Ok(())
}

fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = Builder::new();
    builder.prefix(".corsproof-report-");
    // As any new file, so that others may read it where the umask allows.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

fn persist(file: NamedTempFile, path: &Path) -> io::Result<()> {
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    file.persist(real).map(drop).map_err(|error| error.error)
}

fn describe(path: &Path, error: &io::Error) -> io::Error {
    let remedy = match error.kind() {
        io::ErrorKind::NotFound => "; create its folder first",
        io::ErrorKind::PermissionDenied => "; choose a folder that you may write",
        _ => "",
    };
    io::Error::new(error.kind(), format!("cannot write {}: {error}{remedy}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_appears_whole_and_leaves_nothing_beside() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("run.json");
        fs::write(&path, "old")?;
        let file = ReportFile::create(&path)?;
        assert_eq!(fs::read_to_string(&path)?, "old");
        file.write(b"new")?;
        assert_eq!(fs::read_to_string(&path)?, "new");
        assert_eq!(fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn a_report_that_is_dropped_leaves_nothing() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        drop(ReportFile::create(&folder.path().join("run.json"))?);
        assert_eq!(fs::read_dir(folder.path())?.count(), 0);
        Ok(())
    }

    #[test]
    fn a_folder_that_is_not_there_is_known_at_once() {
        let error =
            ReportFile::create(Path::new("/no/such/folder/run.json")).expect_err("there is no folder");
        let text = error.to_string();
        assert!(
            text.contains("/no/such/folder/run.json") && text.contains("create its folder first"),
            "{text}"
        );
    }

    #[test]
    fn a_folder_is_no_file() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let error = ReportFile::create(folder.path()).expect_err("it is a folder");
        assert!(error.to_string().contains("it is a folder"), "{error}");
        Ok(())
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_an_error_that_names_the_path() -> io::Result<()> {
        let error = ReportFile::create(Path::new("/dev/full"))?.write(b"{}").expect_err("the disk is full");
        assert!(error.to_string().starts_with("cannot write /dev/full"), "{error}");
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_stays_one() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (real, link) = (folder.path().join("real.json"), folder.path().join("link.json"));
        fs::write(&real, "old")?;
        std::os::unix::fs::symlink(&real, &link)?;
        ReportFile::create(&link)?.write(b"new")?;
        assert!(fs::symlink_metadata(&link)?.is_symlink());
        assert_eq!(fs::read_to_string(&real)?, "new");
        Ok(())
    }
}
