//! The URL that is diagnosed, and the one address where its server is asked.

use std::net::SocketAddr;

use fetch_model::Origin;
use url::Url;

use crate::local_server;

/// A URL and where its server listens.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// The URL that the page requests.
    pub url: Url,
    /// The URL's origin: the only one whose requests reach a real server.
    pub origin: Origin,
    /// The addresses where the server may listen; the first that accepts a connection is used.
    pub addresses: Vec<SocketAddr>,
    /// Whether the address follows from the URL.
    pub named: Named,
}

/// How the user named the server's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// By the URL's own host, which is this machine.
    ByItself,
    /// By `--at`, beside the URL.
    Beside,
}

/// Why a URL cannot be diagnosed, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadTarget {
    /// The text is not an absolute URL.
    #[error("'{0}' is no URL: write it in full, such as http://localhost:3000/data")]
    NoUrl(String),
    /// The scheme is neither http nor https.
    #[error("'{url}' has the scheme {scheme}: pages read http:// and https:// URLs only")]
    Scheme { url: String, scheme: String },
    /// With a user name or a password.
    #[error("no page can ask for '{0}': fetch() refuses a URL with a user name or a password; take them out")]
    Credentials(String),
    /// A host that is not this machine, and nothing says where its server is.
    #[error(
        "{host} is not this machine, and corsproof contacts no other. Say where its server listens here:\n  \
         corsproof diagnose {url} --from ORIGIN --at http://127.0.0.1:PORT\n\
         Browsers still see {host}; a server elsewhere can be reached by a forwarded port (ssh -L PORT:...)."
    )]
    Elsewhere { host: String, url: String },
    /// https, and nothing says where the server speaks plain HTTP.
    #[error(
        "corsproof speaks TLS with the browser itself, and plain HTTP with the server. Say where {host} speaks plain HTTP:\n  \
         corsproof diagnose {url} --from ORIGIN --at http://127.0.0.1:PORT"
    )]
    Tls { host: String, url: String },
    /// The address does not belong to this machine.
    #[error(
        "--at {0}: expected http://127.0.0.1:PORT, with another loopback address or localhost as you like; no path"
    )]
    Address(String),
    /// An address where TLS is spoken.
    #[error(
        "--at {0}: corsproof speaks TLS with the browser itself; name the port where the server speaks plain HTTP"
    )]
    TlsAddress(String),
}

impl Target {
    /// The server of `url`: at its own host, or `at`.
    ///
    /// # Errors
    /// [`BadTarget`], with what to write instead.
    pub(crate) fn new(text: &str, at: Option<&str>) -> Result<Self, BadTarget> {
        let mut url = Url::parse(text).map_err(|_| BadTarget::NoUrl(text.to_owned()))?;
        // `localhost:3000` is a URL with the scheme localhost.
        if url.cannot_be_a_base() {
            return Err(BadTarget::NoUrl(text.to_owned()));
        }
        let origin = match Origin::of(&url) {
            Some(origin) if matches!(url.scheme(), "http" | "https") => origin,
            _ => {
                return Err(BadTarget::Scheme { url: text.to_owned(), scheme: url.scheme().to_owned() });
            }
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BadTarget::Credentials(text.to_owned()));
        }
        url.set_fragment(None);
        let (addresses, named) = match at {
            Some(at) => (addresses(at)?, Named::Beside),
            None => (own_addresses(&url)?, Named::ByItself),
        };
        Ok(Self { url, origin, addresses, named })
    }

    /// The addresses, listed for a message.
    pub(crate) fn listed_addresses(&self) -> String {
        let addresses: Vec<String> = self.addresses.iter().map(ToString::to_string).collect();
        addresses.join(" or ")
    }
}

fn own_addresses(url: &Url) -> Result<Vec<SocketAddr>, BadTarget> {
    let host = url.host_str().unwrap_or_default().to_owned();
    let addresses = local_server::on_this_machine(url);
    if addresses.is_empty() {
        return Err(BadTarget::Elsewhere { host, url: url.to_string() });
    }
    if url.scheme() == "https" {
        return Err(BadTarget::Tls { host, url: url.to_string() });
    }
    Ok(addresses)
}

/// The addresses in the value of `--at`: `http://127.0.0.1:3000`, or the same without a scheme.
fn addresses(at: &str) -> Result<Vec<SocketAddr>, BadTarget> {
    let wrong = || BadTarget::Address(at.to_owned());
    let text = if at.contains("://") { at.to_owned() } else { format!("http://{at}") };
    let url = Url::parse(&text).map_err(|_| wrong())?;
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let addresses = local_server::on_this_machine(&url);
    if addresses.is_empty() || !is_bare || !url.username().is_empty() {
        return Err(wrong());
    }
    match url.scheme() {
        "http" => Ok(addresses),
        "https" => Err(BadTarget::TlsAddress(at.to_owned())),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("http://localhost:3000/data?a=1#part", None, "127.0.0.1:3000 or [::1]:3000")]
    #[case("http://api.localhost/", None, "127.0.0.1:80 or [::1]:80")]
    #[case("http://127.0.0.9:81/", None, "127.0.0.9:81")]
    #[case("http://[::1]:81/", None, "[::1]:81")]
    #[case("https://api.example.com/data", Some("http://127.0.0.1:3000"), "127.0.0.1:3000")]
    #[case("https://localhost/data", Some("127.0.0.1:3000"), "127.0.0.1:3000")]
    #[case("http://api.example.com/", Some("localhost:3000/"), "127.0.0.1:3000 or [::1]:3000")]
    fn a_server_on_this_machine_is_found(
        #[case] url: &str,
        #[case] at: Option<&str>,
        #[case] addresses: &str,
    ) {
        let target = Target::new(url, at).expect("a target");
        assert_eq!(target.listed_addresses(), addresses);
        assert_eq!(target.url.fragment(), None);
    }

    #[rstest]
    #[case::no_scheme("localhost:3000/data", None, "is no URL: write it in full")]
    #[case::words("data", None, "is no URL")]
    #[case::other_scheme("ftp://localhost/", None, "the scheme ftp")]
    #[case::password("http://me:secret@localhost/", None, "take them out")]
    #[case::elsewhere(
        "https://api.example.com/data",
        None,
        "corsproof diagnose https://api.example.com/data --from ORIGIN --at http://127.0.0.1:PORT"
    )]
    #[case::private_network("http://192.168.1.2/", None, "192.168.1.2 is not this machine")]
    #[case::lookalike("http://localhost.example.com/", None, "localhost.example.com is not this machine")]
    #[case::tls("https://localhost:3000/", None, "--at http://127.0.0.1:PORT")]
    #[case::elsewhere_beside(
        "https://api.example.com/",
        Some("http://10.0.0.1:80"),
        "--at http://10.0.0.1:80"
    )]
    #[case::name_beside(
        "https://api.example.com/",
        Some("api.example.com:80"),
        "expected http://127.0.0.1:PORT"
    )]
    #[case::path_beside("https://api.example.com/", Some("http://127.0.0.1:80/x"), "no path")]
    #[case::tls_beside("https://api.example.com/", Some("https://127.0.0.1:443"), "speaks plain HTTP")]
    fn no_other_machine_is_contacted(#[case] url: &str, #[case] at: Option<&str>, #[case] says: &str) {
        let error = Target::new(url, at).expect_err("it is refused").to_string();
        assert!(error.contains(says), "{error}");
    }
}
