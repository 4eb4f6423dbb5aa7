//! The facts about a machine on which a run depends.

use std::{
    env, io,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
};

use browsers::{Engine, Machine, Need, NotFound};
use nix::{sys::statvfs::statvfs, unistd::geteuid};
use serde::Serialize;

use super::System;

/// The ports that a run opens side by side: the network's, a driver's and those of the browser.
const PORTS: usize = 8;

/// The facts about a machine on which a run depends.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Facts {
    pub system: System,
    /// The system's name for people.
    pub name: String,
    /// The user who runs corsproof.
    pub user: User,
    /// What the machine offers to browsers: a sandbox, shared memory, a display.
    #[serde(flatten)]
    pub machine: Machine,
    /// Whether a container is around us, as Docker and Podman say.
    pub container: bool,
    /// Why no ports of 127.0.0.1 can be had; none where they can.
    #[serde(rename = "loopback_error")]
    pub loopback: Option<String>,
    /// The folder for temporary files, where browsers keep their profiles.
    pub temporary: Temporary,
    /// The engines that were examined.
    #[serde(skip)]
    pub engines: Vec<EngineFacts>,
}

/// The user who runs corsproof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum User {
    Root,
    Other,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Temporary {
    pub path: PathBuf,
    /// The free bytes on its file system; `None` where the system does not tell.
    pub free: Option<u64>,
    /// Why nothing can be written there; none where it can.
    pub error: Option<String>,
}

/// The programs of an engine that are installed.
#[derive(Clone, Debug)]
pub(crate) struct EngineFacts {
    pub engine: Engine,
    /// Its programs, or what is missing.
    pub found: Result<Programs, NotFound>,
    /// A snap that was passed over.
    pub snap: Option<PathBuf>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Programs {
    pub browser: Program,
    pub driver: Program,
}

/// An executable file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Program {
    pub path: PathBuf,
    /// The version that the program prints; `None` where it prints none.
    pub version: Option<String>,
}

impl Facts {
    /// Looks up the facts of this machine.
    pub(crate) fn look(engines: &[Engine]) -> Self {
        let (system, name) = System::of_this_machine();
        let engines: Vec<EngineFacts> = engines.iter().map(|engine| EngineFacts::look(*engine)).collect();
        let sandboxed = engines
            .iter()
            .find(|facts| facts.engine.needs(Need::Sandbox))
            .and_then(|facts| facts.found.as_ref().ok())
            .map(|found| found.browser.path.clone());
        Self {
            system,
            name,
            user: if geteuid().is_root() { User::Root } else { User::Other },
            machine: Machine::look(sandboxed.as_deref()),
            container: ["/.dockerenv", "/run/.containerenv"].iter().any(|file| Path::new(file).exists()),
            loopback: ports().err().map(|error| error.to_string()),
            temporary: Temporary::look(env::temp_dir()),
            engines,
        }
    }
}

impl EngineFacts {
    fn look(engine: Engine) -> Self {
        let found = browsers::find(engine).map(|installation| {
            let versions = installation.versions();
            Programs {
                browser: Program { path: installation.browser, version: versions.browser },
                driver: Program { path: installation.driver, version: versions.driver },
            }
        });
        Self { engine, found, snap: browsers::snap(engine) }
    }
}

impl Temporary {
    fn look(path: PathBuf) -> Self {
        let free = statvfs(&path).ok().and_then(|found| {
            u64::try_from(u128::from(found.blocks_available()) * u128::from(found.fragment_size())).ok()
        });
        let error = tempfile::tempdir_in(&path).err().map(|error| error.to_string());
        Self { path, free, error }
    }
}

/// Opens as many ports as a run may need at a time.
fn ports() -> io::Result<Vec<TcpListener>> {
    (0..PORTS).map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).collect()
}
