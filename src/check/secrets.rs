//! The secrets that a file's policies name, from the environment.

use std::{collections::BTreeMap, env};

use corsproof_fixture::{Secrets, TooManySecrets};

use super::policy::PolicyFile;

/// The shortest value that can be told from other text, in bytes.
const SHORTEST: usize = 4;

/// Why a secret cannot be sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoSecret {
    #[error(
        "line {line}: the variable {name} is not set, and `request` of {path} sends it as ${{{name}}}; set it for this run: \
         {name}=... corsproof check"
    )]
    NotSet { line: usize, path: String, name: String },
    #[error("line {line}: the variable {name}, which `request` of {path} sends, {why}")]
    Unfit { line: usize, path: String, name: String, why: &'static str },
    #[error(transparent)]
    TooMany(#[from] TooManySecrets),
}

/// The secrets of all policies.
///
/// # Errors
/// Where a variable is not set, or its value cannot be sent or not be covered.
pub(super) fn of(file: &PolicyFile) -> Result<Secrets, NoSecret> {
    let mut values = BTreeMap::new();
    for policy in &file.policies {
        for name in policy.secrets() {
            let (line, path) = (policy.line, policy.path.clone());
            let value = match env::var(&name) {
                Ok(value) => value,
                Err(env::VarError::NotPresent) => return Err(NoSecret::NotSet { line, path, name }),
                Err(env::VarError::NotUnicode(_)) => {
                    return Err(NoSecret::Unfit { line, path, name, why: "is not UTF-8; set it anew" });
                }
            };
            if let Some(why) = unfit(&value) {
                return Err(NoSecret::Unfit { line, path, name, why });
            }
            values.insert(name, value);
        }
    }
    Ok(Secrets::new(&values)?)
}

fn unfit(value: &str) -> Option<&'static str> {
    if value.chars().any(char::is_control) {
        return Some(
            "holds a line break or another control character, which no header can; set it to one line",
        );
    }
    if value.trim() != value {
        return Some("begins or ends with a space, which no header can; take it away");
    }
    (value.len() < SHORTEST).then_some(
        "is shorter than 4 characters: it could not be kept out of what is shown; take a longer one",
    )
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::usual("eyJhbGciOi.J9_-=", true)]
    #[case::not_ascii("pässword", true)]
    #[case::empty("", false)]
    #[case::short("abc", false)]
    #[case::two_lines("abcd\nabcd", false)]
    #[case::a_line_with_its_end("abcdefgh\n", false)]
    #[case::spaces(" abcdefgh", false)]
    fn what_can_be_sent_and_covered(#[case] value: &str, #[case] fits: bool) {
        assert_eq!(unfit(value).is_none(), fits);
    }
}
