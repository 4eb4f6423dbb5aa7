//! Closed sets of words, spelled as the standards and their APIs spell them.

/// An enum whose members are words.
pub trait Word: Copy + Sized + 'static {
    /// The name of the set, as the Rust type is called.
    const NAME: &'static str;

    /// What the set is, one line a line.
    const ABOUT: &'static [&'static str];

    /// The members in the standard's order, each with its word and what it means, one line a line.
    const MEMBERS: &'static [(Self, &'static str, &'static [&'static str])];
}

/// Declares an enum of words: the spelling of its members, all of them, and the way back from text.
/// With the feature `serde` a member is serialized as its word.
macro_rules! words {
    (
        $(#[doc = $about:literal])*
        $name:ident $(default $default:ident)? { $($(#[doc = $meaning:literal])* $variant:ident = $word:literal,)* }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[doc = $meaning])* $variant,)* }

        impl $name {
            /// Every member, in the standard's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Their words, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The member spelled `word`.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl $crate::Word for $name {
            const NAME: &'static str = stringify!($name);
            const ABOUT: &'static [&'static str] = &[$($about),*];
            const MEMBERS: &'static [(Self, &'static str, &'static [&'static str])] =
                &[$((Self::$variant, $word, &[$($meaning),*])),*];
        }

        $(
            impl Default for $name {
                fn default() -> Self {
                    Self::$default
                }
            }
        )?

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_word(&word)
                    .ok_or_else(|| serde::de::Error::unknown_variant(&word, Self::WORDS))
            }
        }
    };
}

pub(crate) use words;
