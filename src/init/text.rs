//! The texts of the files that `corsproof init` writes.

use std::path::Path;

use super::{Guess, GuessedSource, Runtime, policies::policies};
use crate::shell;

const POLICY: &str = include_str!("templates/corsproof.toml");
const GITHUB: &str = include_str!("templates/github.yml");
const GITLAB: &str = include_str!("templates/gitlab.yml");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ci {
    GitHub,
    GitLab,
}

/// The text of a first `corsproof.toml`.
pub(crate) fn policy(guess: &Guess) -> String {
    let from = match guess.from.as_slice() {
        [] => String::new(),
        files => format!(" (guessed from {})", files.join(" and ")),
    };
    let reach = match &guess.reach {
        GuessedSource::Start(start) => format!(
            "# Starts it in this folder, with PORT set to the port that it shall listen on{from}.\n\
             start = {}",
            toml_string(start)
        ),
        GuessedSource::Url(url) => format!(
            "# Where it runs{from}. Or, to have it started with PORT set: start = \"COMMAND\"\n\
             url = {}",
            toml_string(url)
        ),
    };
    let framework = match guess.framework {
        Some(framework) => {
            format!("# Whose words advice is in{from}.\nframework = {}\n", toml_string(framework))
        }
        None => String::new(),
    };
    POLICY
        .replace("@FILE@", "corsproof.toml")
        .replace("@REACH@", &reach)
        .replace("@FRAMEWORK@", &framework)
        .replace("@POLICIES@", &policies(guess))
}

pub(super) fn toml_string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

impl Ci {
    /// The workflow's text. `folder`: where the policy file is, from the top of the repository.
    pub(crate) fn workflow(self, guess: &Guess, folder: &Path) -> String {
        let file = folder.join("corsproof.toml").display().to_string();
        let in_shell = shell::word(&file);
        let setup = self.setup(guess.runtime, folder);
        match self {
            Self::GitHub => GITHUB.replace("@SETUP@\n", &setup).replace("@FILE@", &file),
            Self::GitLab => GITLAB
                .replace("@SETUP@\n", &setup)
                .replace(" @PACKAGES@", &packages(guess.runtime))
                .replace("@REPOSITORY@", env!("CARGO_PKG_REPOSITORY"))
                .replace("@FILE@", &in_shell),
        }
    }

    /// The workflow's lines that install what the server needs.
    fn setup(self, runtime: Runtime, folder: &Path) -> String {
        let commands: Vec<&str> = match runtime {
            Runtime::Node { install, build } => [Some(install), build].into_iter().flatten().collect(),
            Runtime::Python { install } => vec![install],
            Runtime::Rust => vec!["cargo build"],
            Runtime::Nginx if self == Self::GitHub => {
                vec!["sudo apt-get update && sudo apt-get install --yes nginx", NGINX]
            }
            Runtime::Nginx => vec![NGINX],
            Runtime::Unknown => Vec::new(),
        };
        match self {
            Self::GitHub => {
                let mut lines = github_runtime(runtime).to_owned();
                for command in commands {
                    lines.push_str(&format!("      - run: {}\n", yaml_string(command)));
                    if folder != Path::new("") {
                        lines.push_str(&format!(
                            "        working-directory: {}\n",
                            yaml_string(&folder.display().to_string())
                        ));
                    }
                }
                lines
            }
            Self::GitLab => commands
                .into_iter()
                .map(|command| match folder.display().to_string().as_str() {
                    "" => format!("    - {}\n", yaml_string(command)),
                    folder => format!(
                        "    - {}\n",
                        yaml_string(&format!("(cd {} && {command})", shell::word(folder)))
                    ),
                })
                .collect(),
        }
    }
}

/// Starts nginx as it stands in the folder; it goes to the background by itself.
const NGINX: &str = "nginx -p . -c nginx.conf";

fn github_runtime(runtime: Runtime) -> &'static str {
    match runtime {
        Runtime::Node { .. } => {
            "      - uses: actions/setup-node@v4\n        with:\n          node-version: lts/*\n"
        }
        Runtime::Python { .. } => {
            "      - uses: actions/setup-python@v5\n        with:\n          python-version: 3.x\n"
        }
        Runtime::Rust | Runtime::Nginx | Runtime::Unknown => "",
    }
}

/// The Debian packages that a CI job installs before the runtime can be used.
fn packages(runtime: Runtime) -> String {
    match runtime {
        Runtime::Node { .. } => " nodejs npm".to_owned(),
        Runtime::Python { .. } => " python3-pip python-is-python3".to_owned(),
        Runtime::Nginx => " nginx".to_owned(),
        Runtime::Rust | Runtime::Unknown => String::new(),
    }
}

/// Text as YAML, quoted only where it must be.
fn yaml_string(text: &str) -> String {
    let is_plain =
        !text.contains([':', '#', '\'', '"', '{', '[', '*']) && !text.starts_with(['-', '(', '&', '!']);
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}
