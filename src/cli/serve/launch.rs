//! How each browser is started by hand with the network as its proxy.

use std::{
    fs::{self, Permissions},
    io,
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
};

use browsers::{Engine, Start};
use corsproof_fixture::Internet;
use tempfile::TempDir;

use crate::cli::output::quoted;

/// The profile folders that the launch lines name; dropping it removes them.
pub(super) struct Profile {
    folder: TempDir,
    proxy: SocketAddr,
    spki_pin: String,
}

impl Profile {
    /// Writes what a browser needs to know of the network.
    pub(super) fn new(internet: &Internet) -> io::Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("corsproof-serve-")
            .permissions(Permissions::from_mode(0o700))
            .tempdir()?;
        fs::write(folder.path().join("ca.pem"), internet.ca_pem())?;
        let profile = Self { folder, proxy: internet.address(), spki_pin: internet.spki_pin().to_owned() };
        for engine in Engine::ALL {
            for (name, text) in engine.profile_files(profile.proxy) {
                fs::create_dir_all(profile.of(engine))?;
                fs::write(profile.of(engine).join(name), text)?;
            }
        }
        Ok(profile)
    }

    /// A line for a shell for each engine, that opens `url`.
    pub(super) fn lines(&self, url: &str) -> Vec<(Engine, String)> {
        Engine::ALL.map(|engine| (engine, self.line(engine, url))).to_vec()
    }

    fn line(&self, engine: Engine, url: &str) -> String {
        engine.command_line(&Start {
            program: browsers::find(engine).ok().map(|found| quoted(&found.browser)).as_deref(),
            profile: &quoted(&self.of(engine)),
            ca: &quoted(&self.folder.path().join("ca.pem")),
            proxy: self.proxy,
            spki_pin: &self.spki_pin,
            url,
        })
    }

    fn of(&self, engine: Engine) -> PathBuf {
        self.folder.path().join(engine.name())
    }
}
