//! Closed sets of words that files and reports are written with.

/// Declares an enum of words: the spelling of its members, all of them, and the way back from text. In JSON a member is
/// its word.
macro_rules! words {
    ($(#[$about:meta])* $visibility:vis $name:ident { $($(#[$meaning:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        $visibility enum $name { $($(#[$meaning])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every member, in order.
            $visibility const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Their words, in the same order.
            $visibility const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word.
            $visibility fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The member spelled `word`.
            $visibility fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        // What there is of one set of words there is of all, needed or not.
        const _: (&[$name], &[&str], fn($name) -> &'static str, fn(&str) -> Option<$name>) =
            ($name::ALL, $name::WORDS, $name::word, $name::from_word);
    };
}

pub(crate) use words;
