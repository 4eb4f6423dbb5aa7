//! The engines: a line below names one, its word and its row, in which all the rest stands.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{Need, Pairing, chromium, firefox, row::Row, webkit};

/// Makes the list of engines, and with it the way from each to its row: an engine without a row does not compile.
macro_rules! engines {
    ($($(#[$doc:meta])* $engine:ident = $word:literal is $row:path,)*) => {
        /// A browser engine.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        pub enum Engine { $($(#[$doc])* #[serde(rename = $word)] $engine,)* }

        impl Engine {
            /// All of them, in the order in which they run and are reported.
            pub const ALL: [Self; Self::NAMES.len()] = [$(Self::$engine),*];

            /// Their names, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($word),*];

            /// The name on the command line and in case files.
            pub fn name(self) -> &'static str {
                match self { $(Self::$engine => $word,)* }
            }

            /// All that is known of it.
            pub(super) fn row(self) -> &'static Row {
                match self { $(Self::$engine => &$row,)* }
            }
        }
    };
}

engines! {
    /// Chromium, Google Chrome.
    Chromium = "chromium" is chromium::CHROMIUM,
    /// Firefox.
    Firefox = "firefox" is firefox::FIREFOX,
    /// WebKitGTK's MiniBrowser.
    WebKit = "webkit" is webkit::WEBKIT,
}

impl Engine {
    /// What its browser is called in a sentence.
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// The name of its driver's program.
    pub fn driver_name(self) -> &'static str {
        self.row().driver.name
    }

    /// Which versions of its browser and driver go together.
    pub fn pairing(self) -> Pairing {
        self.row().pairing
    }

    /// Whether it wants something of the machine that not every machine gives.
    pub fn needs(self, need: Need) -> bool {
        self.row().needs.contains(&need)
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// There is no engine of that name.
#[derive(Debug, thiserror::Error)]
#[error("there is no engine called '{0}': it is one of {names}", names = Engine::NAMES.join(", "))]
pub struct UnknownEngine(String);

impl FromStr for Engine {
    type Err = UnknownEngine;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|engine| engine.name() == text)
            .ok_or_else(|| UnknownEngine(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_told_those_that_are_known() {
        assert_eq!(
            "safari".parse::<Engine>().expect_err("no engine of ours").to_string(),
            "there is no engine called 'safari': it is one of chromium, firefox, webkit"
        );
    }
}
