//! A case's identity.

use std::fmt;

use serde::{Deserialize, Serialize};

/// `folder/file/name[matrix values]`: stable, unique, readable.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub(crate) struct CaseId(pub String);

impl CaseId {
    /// The first part: the folder, an area of the standard.
    pub(crate) fn area(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// `folder/file/name`, without the matrix values (which may hold a `/` themselves).
    pub(crate) fn base(&self) -> &str {
        self.0.split('[').next().unwrap_or_default()
    }

    /// The case file without its extension, as `folder/file`.
    pub(crate) fn file(&self) -> &str {
        let path = self.base();
        path.rsplit_once('/').map_or(path, |(file, _)| file)
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
