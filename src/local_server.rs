//! Real servers on this machine: where they listen, and what they speak. No other machine is ever contacted.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use corsproof_fixture::{Protocols, Upstream};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use url::{Host, Url};

/// How long a server may take to accept a connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(2);
/// How long it may take to say what it speaks.
const ANSWER_LIMIT: Duration = Duration::from_secs(2);

/// The first bytes of a client that knows the server to speak HTTP/2: the preface and empty settings,
/// <https://www.rfc-editor.org/rfc/rfc9113#name-http-2-connection-preface>.
const HTTP2_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
/// The type of a SETTINGS frame, and where a frame says its type.
const SETTINGS: (usize, u8) = (3, 4);

/// The addresses where the server of `url` listens, if its host is this machine by name, whatever a resolver says;
/// otherwise empty.
pub(crate) fn on_this_machine(url: &Url) -> Vec<SocketAddr> {
    let port = url.port_or_known_default().unwrap_or(80);
    match url.host() {
        Some(Host::Domain(name)) if name == "localhost" || name.ends_with(".localhost") => {
            at_port(port).to_vec()
        }
        Some(Host::Ipv4(address)) if address.is_loopback() => vec![(address, port).into()],
        Some(Host::Ipv6(address)) if address.is_loopback() => vec![(address, port).into()],
        _ => Vec::new(),
    }
}

/// The addresses of this machine at a port.
pub(crate) fn at_port(port: u16) -> [SocketAddr; 2] {
    [(Ipv4Addr::LOCALHOST, port).into(), (Ipv6Addr::LOCALHOST, port).into()]
}

/// The address that a server's output tells of, as servers greet: `listening on http://localhost:3000`. None unless
/// somebody accepts a connection there.
pub(crate) async fn told_in(output: &[String]) -> Option<SocketAddr> {
    for line in output.iter().rev() {
        let ends = |char: char| char.is_whitespace() || "\"'<>()\u{1b}".contains(char);
        let urls = line.match_indices("http://").filter_map(|(at, _)| {
            let url = line[at..].split(ends).next()?;
            Url::parse(url.trim_end_matches(['.', ','])).ok()
        });
        for mut url in urls {
            // What listens on every address listens on this one.
            if matches!(url.host_str(), Some("0.0.0.0" | "[::]")) {
                url.set_host(Some("127.0.0.1")).ok()?;
            }
            if let Some(address) = listening(&on_this_machine(&url)).await {
                return Some(address);
            }
        }
    }
    None
}

/// Whether an origin's host is this machine by its very name.
pub(crate) fn is_on_this_machine(origin: &str) -> bool {
    Url::parse(origin).is_ok_and(|url| !on_this_machine(&url).is_empty())
}

/// The first of `addresses` where anybody accepts a connection.
pub(crate) async fn listening(addresses: &[SocketAddr]) -> Option<SocketAddr> {
    for address in addresses {
        if let Ok(Ok(_)) = timeout(CONNECT_LIMIT, TcpStream::connect(address)).await {
            return Some(*address);
        }
    }
    None
}

/// Whether the server speaks HTTP/2 without TLS: then it answers the preface with its settings.
pub(crate) async fn protocols(address: SocketAddr) -> Protocols {
    let ask = async {
        let mut socket = TcpStream::connect(address).await?;
        socket.write_all(HTTP2_PREFACE).await?;
        let mut frame = [0; 9];
        socket.read_exact(&mut frame).await?;
        io::Result::Ok(frame)
    };
    match timeout(ANSWER_LIMIT, ask).await {
        Ok(Ok(frame)) if frame[SETTINGS.0] == SETTINGS.1 => Protocols::Http1AndHttp2,
        _ => Protocols::Http1,
    }
}

/// The server at `address`, told the name that browsers ask for.
pub(crate) async fn upstream(address: SocketAddr) -> Upstream {
    Upstream { protocols: protocols(address).await, ..Upstream::at(address) }
}
