//! Where a real server is, and how it is reached there: on this machine, or deployed somewhere.
//!
//! A server elsewhere is contacted only because a policy file or a command line names its origin; no other is.

use std::{
    fmt, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use corsproof_fixture::{
    Address, BadIdentity, ClientIdentity, HttpVersion, Introduction, Protocols, Tls, TlsFailure, TlsIdentity,
    Upstream,
};
use fetch_model::Origin;
use tokio::{net::lookup_host, time::timeout};
use url::{Host, Url};

use crate::{
    input_file::{self, Accepted},
    local_server,
};

/// How long a server may take to accept a connection, and to agree on TLS.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// The largest file of certificates, in bytes: a platform's own list of authorities has a quarter of that.
const MOST_OF_PEM: u64 = 1 << 20;

/// How a server is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Location {
    pub place: Place,
    /// What it speaks there.
    pub security: Security,
}

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// At one of these addresses of this machine.
    Here(Vec<SocketAddr>),
    /// At a Unix socket.
    Unix(PathBuf),
    /// Where the system's resolver says that this host is.
    Deployed { host: String, port: u16 },
    /// Where somebody says that the deployed server is.
    Resolved(SocketAddr),
}

/// What a server speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Security {
    /// Plain HTTP.
    Plain,
    /// HTTP over TLS, with a certificate for the host of the origin.
    Tls(IdentityFiles),
}

/// The files in PEM that say whom to trust and who we are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct IdentityFiles {
    /// The certificates of authorities that the platform does not know.
    pub authorities: Option<PathBuf>,
    /// Our certificate, and its key.
    pub client: Option<(PathBuf, PathBuf)>,
}

/// Why a server cannot be asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreachable {
    /// Nobody knows the host.
    #[error(
        "no address is known of {host}: {error}. Is the name right, and the network there? resolve = \"IP:PORT\" says where it is; a server that is to be started needs start"
    )]
    UnknownHost { host: String, error: io::Error },
    /// Nobody accepts a connection.
    #[error("no server accepts a connection at {place}{}; start it first, or say how with `start`", why(error.as_ref()))]
    NotListening { place: String, error: Option<io::Error> },
    /// A file of the identity cannot be read.
    #[error("{} cannot be read: {error}", path.display())]
    Unreadable { path: PathBuf, error: io::Error },
    /// A file of the identity holds something else.
    #[error("{0}")]
    Identity(#[from] BadIdentity),
    /// There is no TLS with the server that is meant.
    #[error("{place} cannot be trusted to be {host}: {failure}.\n  {}", advice(failure))]
    Tls { place: String, host: String, failure: TlsFailure },
    /// It speaks TLS where plain HTTP was said.
    #[error(
        "{place} speaks TLS: write url = \"{url}\". Its certificate must be for {host}; ca = \"FILE.pem\" names an authority of your own"
    )]
    SpeaksTls { place: String, url: String, host: String },
}

fn why(error: Option<&io::Error>) -> String {
    error.map(|error| format!(" ({error})")).unwrap_or_default()
}

fn advice(failure: &TlsFailure) -> &'static str {
    match failure {
        TlsFailure::UnknownAuthority => {
            "Name the certificate of the authority that issued its certificate: ca = \"FILE.pem\" in [server]."
        }
        TlsFailure::OtherName(_) => {
            "Browsers would not trust it either. Is the origin right, and is that the right server?"
        }
        TlsFailure::Expired => "Browsers would not trust it either: renew its certificate.",
        TlsFailure::NoTls => "It seems to speak plain HTTP: write http:// there, if that is what you mean.",
        TlsFailure::Other(_) => {
            "If it asks for a certificate of ours: client_certificate and client_key in [server] name the files."
        }
    }
}

impl Location {
    /// A server at these addresses of this machine, which speaks plain HTTP.
    pub(crate) fn here(addresses: Vec<SocketAddr>) -> Self {
        Self { place: Place::Here(addresses), security: Security::Plain }
    }

    /// Where the origin itself says that its server is.
    pub(crate) fn of_origin(origin: &Origin, files: IdentityFiles) -> Option<Self> {
        let url = Url::parse(&origin.serialize()).ok()?;
        let place = match local_server::on_this_machine(&url) {
            addresses if addresses.is_empty() => {
                Place::Deployed { host: url.host_str()?.to_owned(), port: url.port_or_known_default()? }
            }
            addresses => Place::Here(addresses),
        };
        Some(Self { place, security: Security::of(&url, files) })
    }

    /// Whether the server is not on this machine, so that it may be anybody's.
    pub(crate) fn is_deployed(&self) -> bool {
        match &self.place {
            Place::Here(_) | Place::Unix(_) => false,
            Place::Deployed { .. } => true,
            Place::Resolved(address) => !address.ip().is_loopback(),
        }
    }

    /// The server of `origin`, connected to once.
    ///
    /// # Errors
    /// [`Unreachable`], with what to change.
    pub(crate) async fn upstream(&self, origin: &Origin) -> Result<Upstream, Unreachable> {
        self.upstream_at(self.address().await?, origin).await
    }

    /// The same at the one of its addresses that accepted a connection.
    ///
    /// # Errors
    /// [`Unreachable`], with what to change.
    pub(crate) async fn upstream_at(
        &self,
        address: Address,
        origin: &Origin,
    ) -> Result<Upstream, Unreachable> {
        let introduction = if self.is_deployed() {
            Introduction::Via("https://github.com/corsproof/corsproof".to_owned())
        } else {
            Introduction::ReverseProxy
        };
        let upstream = Upstream { introduction, ..Upstream::at(address.clone()) };
        let url = Url::parse(&origin.serialize()).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned();
        match &self.security {
            Security::Plain => {
                if let Some(speaks_tls) = speaks_tls(&address, &host).await {
                    return Err(speaks_tls);
                }
                Ok(Upstream { protocols: local_server::protocols(&address).await, ..upstream })
            }
            Security::Tls(files) => {
                let tls = Tls::new(&host, &files.read()?)?;
                let failed = |failure| Unreachable::Tls { place: address.to_string(), host, failure };
                let io = reach(&address).await?;
                let version = match timeout(CONNECT_LIMIT, tls.negotiate(io)).await {
                    Ok(version) => version.map_err(failed)?,
                    Err(_) => return Err(failed(TlsFailure::Other("it does not answer".to_owned()))),
                };
                let protocols = match version {
                    HttpVersion::H1 => Protocols::Http1,
                    HttpVersion::H2 => Protocols::Http1AndHttp2,
                };
                Ok(Upstream { protocols, tls: Some(tls), ..upstream })
            }
        }
    }

    /// The server's addresses.
    ///
    /// # Errors
    /// Where the system's resolver knows none.
    pub(crate) async fn addresses(&self) -> Result<Vec<Address>, Unreachable> {
        Ok(match &self.place {
            Place::Here(addresses) => addresses.iter().copied().map(Address::from).collect(),
            Place::Unix(path) => vec![Address::Unix(path.clone())],
            Place::Resolved(address) => vec![Address::from(*address)],
            Place::Deployed { host, port } => {
                let unknown = |error| Unreachable::UnknownHost { host: host.clone(), error };
                let bare = host.trim_start_matches('[').trim_end_matches(']');
                let found = lookup_host((bare, *port)).await.map_err(unknown)?;
                found.map(Address::from).collect()
            }
        })
    }

    /// The first of the server's addresses that accepts a connection.
    async fn address(&self) -> Result<Address, Unreachable> {
        let mut last = None;
        for address in self.addresses().await? {
            match reach(&address).await {
                Ok(_) => return Ok(address),
                Err(error) => last = Some(error),
            }
        }
        Err(match last {
            Some(Unreachable::NotListening { error, .. }) => {
                Unreachable::NotListening { place: self.to_string(), error }
            }
            Some(other) => other,
            None => Unreachable::NotListening { place: self.to_string(), error: None },
        })
    }
}

/// Where it is, for messages.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Here(addresses) => {
                let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
                f.write_str(&addresses.join(" or "))
            }
            Place::Unix(path) => write!(f, "unix:{}", path.display()),
            Place::Deployed { host, port } => write!(f, "{host}:{port}"),
            Place::Resolved(address) => address.fmt(f),
        }
    }
}

impl Security {
    /// As the scheme of `url` says.
    pub(crate) fn of(url: &Url, files: IdentityFiles) -> Self {
        match url.scheme() {
            "https" => Self::Tls(files),
            _ => Self::Plain,
        }
    }
}

impl IdentityFiles {
    fn read(&self) -> Result<TlsIdentity, Unreachable> {
        let read = |path: &Path| {
            input_file::read(path, Accepted::Regular, MOST_OF_PEM)
                .map_err(|error| Unreachable::Unreadable { path: path.to_owned(), error })
        };
        let authorities = self.authorities.as_deref().map(read).transpose()?;
        let client = match &self.client {
            Some((certificates, key)) => {
                Some(ClientIdentity { certificates: read(certificates)?, key: read(key)? })
            }
            None => None,
        };
        Ok(TlsIdentity { authorities, client })
    }
}

async fn reach(address: &Address) -> Result<Box<dyn corsproof_fixture::Connection>, Unreachable> {
    let failed = |error| Unreachable::NotListening { place: address.place(), error };
    match timeout(CONNECT_LIMIT, address.reach()).await {
        Ok(Ok(Some(connection))) => Ok(connection),
        Ok(Ok(None)) => Err(failed(None)),
        Ok(Err(error)) => Err(failed(Some(error))),
        Err(_) => Err(failed(Some(io::ErrorKind::TimedOut.into()))),
    }
}

/// Whether the server speaks TLS where plain HTTP is expected: then what it answers to that says nothing.
async fn speaks_tls(address: &Address, host: &str) -> Option<Unreachable> {
    let tls = Tls::new(host, &TlsIdentity::default()).ok()?;
    let io = reach(address).await.ok()?;
    let answered = timeout(local_server::ANSWER_LIMIT, tls.negotiate(io)).await.ok()?;
    let is_tls = match answered {
        Ok(_) | Err(TlsFailure::UnknownAuthority | TlsFailure::OtherName(_) | TlsFailure::Expired) => true,
        Err(TlsFailure::NoTls | TlsFailure::Other(_)) => false,
    };
    let url = match address {
        Address::Socket(address) => format!("https://{address}"),
        _ => "https://...".to_owned(),
    };
    is_tls.then(|| Unreachable::SpeaksTls { place: address.to_string(), url, host: host.to_owned() })
}

/// The place that a URL of a server names: `http://127.0.0.1:3000`, `https://localhost:8443`, `unix:/run/app.sock`.
///
/// # Errors
/// What is expected instead.
pub(crate) fn named(text: &str, files: IdentityFiles) -> Result<Location, &'static str> {
    if let Some(path) = text.strip_prefix("unix:") {
        let path = Path::new(path.strip_prefix("//").unwrap_or(path));
        return match path.is_absolute() {
            true => Ok(Location { place: Place::Unix(path.to_owned()), security: Security::Plain }),
            false => Err("expected the whole path of the socket, unix:/run/app.sock"),
        };
    }
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let Some(url) = url else {
        return Err("expected http://127.0.0.1:PORT, https://127.0.0.1:PORT or unix:/PATH");
    };
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return Err("expected no path: the paths are said elsewhere");
    }
    match local_server::on_this_machine(&url) {
        addresses if addresses.is_empty() => Err("expected 127.0.0.1, [::1] or localhost"),
        addresses => Ok(Location { place: Place::Here(addresses), security: Security::of(&url, files) }),
    }
}

/// The address in `resolve = "192.0.2.7:443"`.
pub(crate) fn resolved(text: &str, origin: &Origin, files: IdentityFiles) -> Option<Location> {
    let url = Url::parse(&origin.serialize()).ok()?;
    let port = url.port_or_known_default()?;
    let bare = || {
        let host = Host::parse(text).ok()?;
        Some(match host {
            Host::Ipv4(address) => SocketAddr::from((address, port)),
            Host::Ipv6(address) => SocketAddr::from((address, port)),
            Host::Domain(_) => return None,
        })
    };
    let address = text.parse().ok().or_else(bare)?;
    Some(Location { place: Place::Resolved(address), security: Security::of(&url, files) })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn origin(text: &str) -> Origin {
        Origin::parse(text).expect("an origin")
    }

    #[rstest]
    #[case("https://api.example.com", "api.example.com:443", true)]
    #[case("http://api.example.com:8080", "api.example.com:8080", true)]
    #[case("https://api.localhost:8443", "127.0.0.1:8443 or [::1]:8443", false)]
    fn an_origin_says_where_its_server_is(
        #[case] text: &str,
        #[case] place: &str,
        #[case] is_deployed: bool,
    ) {
        let location = Location::of_origin(&origin(text), IdentityFiles::default()).expect("a location");
        assert_eq!((location.to_string().as_str(), location.is_deployed()), (place, is_deployed));
        assert_eq!(location.security == Security::Plain, text.starts_with("http:"));
    }

    #[rstest]
    #[case("http://127.0.0.1:3000", "127.0.0.1:3000")]
    #[case("https://[::1]:8443/", "[::1]:8443")]
    #[case("unix:/run/app.sock", "unix:/run/app.sock")]
    #[case("unix:///run/app.sock", "unix:/run/app.sock")]
    fn a_server_of_this_machine_is_named(#[case] text: &str, #[case] place: &str) {
        assert_eq!(named(text, IdentityFiles::default()).expect("a location").to_string(), place);
    }

    #[rstest]
    #[case("http://10.0.0.7:3000", "expected 127.0.0.1")]
    #[case("unix:app.sock", "the whole path")]
    #[case("http://127.0.0.1:3000/data", "no path")]
    #[case("ftp://127.0.0.1", "expected http://127.0.0.1:PORT")]
    #[case("127.0.0.1:3000", "expected http://127.0.0.1:PORT")]
    fn what_names_no_server_of_this_machine_is_refused(#[case] text: &str, #[case] says: &str) {
        let refused = named(text, IdentityFiles::default()).expect_err("it is refused");
        assert!(refused.contains(says), "{refused}");
    }

    #[rstest]
    #[case("192.0.2.7:8443", Some("192.0.2.7:8443"))]
    #[case("192.0.2.7", Some("192.0.2.7:443"))]
    #[case("[2001:db8::7]:443", Some("[2001:db8::7]:443"))]
    #[case("api.example.com", None)]
    fn an_address_may_be_said(#[case] text: &str, #[case] place: Option<&str>) {
        let found = resolved(text, &origin("https://api.example.com"), IdentityFiles::default());
        assert_eq!(found.map(|found| found.to_string()).as_deref(), place);
    }
}
