//! What a policy file says, as meant.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use browsers::Engine;

use super::{promise::Policy, server::Server};
use crate::check::finding::{Kind, Severity};

/// A policy file, as meant.
#[derive(Clone, Debug)]
pub(crate) struct PolicyFile {
    /// The path, as it was named.
    pub path: PathBuf,
    /// How tables and cases call it: its folder, and its name where that is not the usual one.
    pub name: String,
    /// Its text.
    pub text: Arc<str>,
    /// How the server is reached.
    pub server: Server,
    /// What it promises.
    pub policies: Vec<Policy>,
    /// The findings that there must be, and no others; `None`: nothing broken and nothing unsafe.
    pub expects: Option<Vec<Expect>>,
}

/// A finding that there must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expect {
    /// What.
    pub kind: Kind,
    /// How bad; `None`: as bad as it is.
    pub severity: Option<Severity>,
    /// Of which policy; `None`: of any.
    pub path: Option<String>,
    /// In which engines, and in no others; `None`: in any.
    pub engines: Option<BTreeSet<Engine>>,
    /// The line of the file, from 1.
    pub line: usize,
}

impl Expect {
    /// Whether any of these engines can show it.
    pub(crate) fn is_for_any_of(&self, engines: &BTreeSet<Engine>) -> bool {
        self.engines.as_ref().is_none_or(|own| !own.is_disjoint(engines))
    }
}
