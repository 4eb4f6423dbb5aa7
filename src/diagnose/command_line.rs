//! The command that asks for real what was only told: `corsproof diagnose` with the arguments that are known.

use std::fmt;

use fetch_model::{CredentialsMode, Origin};
use url::Url;

use super::{
    request_init::{DEFAULT_CREDENTIALS, RequestInit},
    target::Target,
};
use crate::shell;

/// What stands for a method that the reader knows.
const UNNAMED_METHOD: &str = "METHOD";

/// A command line of `corsproof diagnose`. What is not known stands in it in upper case, for the reader to replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DiagnoseCommand {
    /// The URL; `None` where nobody says which.
    url: Option<Url>,
    from: Option<Origin>,
    method: Option<String>,
    headers: Vec<String>,
    credentials: CredentialsMode,
}

impl DiagnoseCommand {
    /// The command for a URL and a page's origin, as far as they are known; `None` where the URL is none that pages
    /// read.
    pub(crate) fn new(url: Option<&str>, from: Option<&str>) -> Option<Self> {
        let url = match url {
            Some(text) => Some(readable(text)?),
            None => None,
        };
        let from = from.and_then(|text| Origin::parse(text).ok());
        Some(Self { url, from, method: None, headers: Vec::new(), credentials: DEFAULT_CREDENTIALS })
    }

    /// The same with a method, where a page can use it.
    pub(crate) fn with_method(self, method: &str) -> Self {
        let can_be_asked = RequestInit::new(Some(method), &[], None, DEFAULT_CREDENTIALS).is_ok();
        Self { method: can_be_asked.then(|| method.to_owned()).or(self.method.clone()), ..self }
    }

    /// The same with a method that nobody has named: one that the reader knows.
    pub(crate) fn with_unnamed_method(self) -> Self {
        Self { method: Some(UNNAMED_METHOD.to_owned()), ..self }
    }

    /// The same with a header field, by its name alone, where a page can set it.
    pub(crate) fn with_header(mut self, name: &str) -> Self {
        let field = [name.to_owned()];
        if RequestInit::new(None, &field, None, DEFAULT_CREDENTIALS).is_ok() {
            self.headers.extend(field);
        }
        self
    }

    /// The same with credentials.
    pub(crate) fn with_credentials(self) -> Self {
        Self { credentials: CredentialsMode::Include, ..self }
    }

    /// Whether the address of the server has to be said, because the URL's own is not one that is contacted.
    pub(crate) fn needs_address(&self) -> bool {
        self.url.as_ref().is_none_or(|url| Target::new(url.as_str(), None).is_err())
    }

    /// Whether the reader has to fill something in.
    pub(crate) fn has_gaps(&self) -> bool {
        let is_unnamed = self.method.as_deref() == Some(UNNAMED_METHOD);
        self.url.is_none() || self.from.is_none() || self.needs_address() || is_unnamed
    }
}

/// A URL that `diagnose` takes.
fn readable(text: &str) -> Option<Url> {
    let mut url = Url::parse(text).ok()?;
    let is_readable = matches!(url.scheme(), "http" | "https") && url.has_host();
    let has_user = !url.username().is_empty() || url.password().is_some();
    url.set_fragment(None);
    (is_readable && !has_user).then_some(url)
}

impl fmt::Display for DiagnoseCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.url.as_ref().map_or_else(|| "URL".to_owned(), |url| shell::word(url.as_str()));
        let from = self.from.as_ref().map_or_else(|| "ORIGIN".to_owned(), Origin::serialize);
        write!(f, "corsproof diagnose {url} --from {from}")?;
        if self.needs_address() {
            f.write_str(" --at http://127.0.0.1:PORT")?;
        }
        if let Some(method) = &self.method {
            write!(f, " --method {}", shell::word(method))?;
        }
        for header in &self.headers {
            write!(f, " --header {}", shell::word(header))?;
        }
        if self.credentials == CredentialsMode::Include {
            f.write_str(" --credentials")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::at_home(
        Some("http://localhost:3000/data"),
        Some("http://localhost:5173"),
        Some("corsproof diagnose http://localhost:3000/data --from http://localhost:5173")
    )]
    #[case::elsewhere(
        Some("https://api.example.com/data?a=1&b=2#part"),
        Some("https://app.example.com"),
        Some(
            "corsproof diagnose 'https://api.example.com/data?a=1&b=2' --from https://app.example.com \
             --at http://127.0.0.1:PORT"
        )
    )]
    #[case::opaque(
        Some("http://localhost:3000/"),
        Some("null"),
        Some("corsproof diagnose http://localhost:3000/ --from ORIGIN")
    )]
    #[case::nothing_known(
        None,
        None,
        Some("corsproof diagnose URL --from ORIGIN --at http://127.0.0.1:PORT")
    )]
    #[case::no_url_of_a_server(Some("file:///etc/passwd"), None, None)]
    #[case::cut_off(Some("https://"), None, None)]
    fn what_is_known_stands_in_it(
        #[case] url: Option<&str>,
        #[case] from: Option<&str>,
        #[case] line: Option<&str>,
    ) {
        let command = DiagnoseCommand::new(url, from).map(|command| command.to_string());
        assert_eq!(command.as_deref(), line);
    }

    #[test]
    fn what_no_page_can_ask_is_left_out() {
        let command = DiagnoseCommand::new(Some("http://localhost:1/"), Some("http://localhost:2"));
        let command = command.expect("a command").with_method("PUT").with_method("TRACE").with_header("x-a");
        let line = command.with_header("Cookie").with_header("x b").with_credentials().to_string();
        let arguments = "--method PUT --header x-a --credentials";
        assert_eq!(
            line,
            format!("corsproof diagnose http://localhost:1/ --from http://localhost:2 {arguments}")
        );
    }
}
