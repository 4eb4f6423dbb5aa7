//! A policy file, parsed.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use browsers::Engine;

use super::{promise::Policy, server::Server};
use crate::check::finding::{Kind, Severity};

/// A policy file, parsed and without contradictions.
#[derive(Clone, Debug)]
pub(crate) struct PolicyFile {
    /// The path, as the user named it.
    pub path: PathBuf,
    /// The name in tables and in the cases' identities: the folder, and the file's name where that is not the usual
    /// one.
    pub name: String,
    /// The whole text of the file; reports quote lines from it.
    pub text: Arc<str>,
    pub server: Server,
    /// The policies that the file declares, in order.
    pub policies: Vec<Policy>,
    /// The findings that there must be, and no others; `None`: nothing broken and nothing unsafe.
    pub expects: Option<Vec<Expect>>,
}

/// A finding that there must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expect {
    /// The kind of finding that must be there.
    pub kind: Kind,
    /// The severity that the finding must have; `None`: any.
    pub severity: Option<Severity>,
    /// Of which policy; `None`: of any.
    pub path: Option<String>,
    /// In which engines, and in no others; `None`: in any.
    pub engines: Option<BTreeSet<Engine>>,
    /// The line of the file, from 1.
    pub line: usize,
}

impl Expect {
    /// Whether at least one of `engines` can show the finding.
    pub(crate) fn is_for_any_of(&self, engines: &BTreeSet<Engine>) -> bool {
        self.engines.as_ref().is_none_or(|own| !own.is_disjoint(engines))
    }
}
