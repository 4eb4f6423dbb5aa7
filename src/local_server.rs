//! Real servers on this machine: where they listen, and what they speak.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use corsproof_fixture::{Address, Protocols};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use url::{Host, Url};

/// How long a server may take to accept a connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(2);
/// How long it may take to say what it speaks.
pub(crate) const ANSWER_LIMIT: Duration = Duration::from_secs(2);

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

/// The address that a server's output tells of, as servers greet: `listening on http://localhost:3000`, `running on port
/// 3000`, `listening on :3000`. None unless somebody accepts a connection there.
pub(crate) async fn told_in(output: &[String]) -> Option<SocketAddr> {
    for line in output.iter().rev() {
        let line = uncoloured(line);
        let ends = |char: char| char.is_whitespace() || "\"'<>()".contains(char);
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
        for port in ports_in(&line) {
            if let Some(address) = listening(&at_port(port)).await {
                return Some(address);
            }
        }
    }
    None
}

/// A line without the sequences that colour it on a terminal.
fn uncoloured(line: &str) -> String {
    let mut pieces = line.split('\u{1b}');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        // `[1m`, and what follows it.
        let rest = piece.strip_prefix('[').and_then(|codes| {
            let end = codes.find(|char: char| char.is_ascii_alphabetic())?;
            codes.get(end + 1..)
        });
        text.push_str(rest.unwrap_or(piece));
    }
    text
}

/// The numbers of a line that are called ports, or stand after a colon.
fn ports_in(line: &str) -> Vec<u16> {
    let words: Vec<&str> = line.split(|char: char| !(char.is_alphanumeric() || char == ':')).collect();
    let mut ports = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let is_called_port = index > 0 && words[index - 1].trim_end_matches(':').eq_ignore_ascii_case("port");
        let number = match word.rsplit_once(':') {
            Some((_, number)) => number,
            None if is_called_port => word,
            None => continue,
        };
        ports.extend(number.parse::<u16>().ok().filter(|port| *port >= 80));
    }
    ports
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

/// What a server without TLS speaks: if HTTP/2, it answers the preface with its settings.
pub(crate) async fn protocols(address: &Address) -> Protocols {
    let ask = async {
        let Some(mut socket) = address.reach().await? else { return Ok([0; 9]) };
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Server running on port 18999", &[18999])]
    #[case("listening on :3000", &[3000])]
    #[case("Port: 8080", &[8080])]
    #[case("INFO 127.0.0.1:5000 (Press CTRL+C to quit)", &[5000])]
    #[case("took 18999 ms", &[])]
    #[case("at 12:34:56 nothing happened", &[])]
    fn ports_are_told_in_many_words(#[case] line: &str, #[case] ports: &[u16]) {
        assert_eq!(ports_in(line), ports);
    }

    #[test]
    fn colours_are_no_part_of_an_address() {
        assert_eq!(
            uncoloured("\u{1b}[36mhttp://localhost:\u{1b}[1m5173\u{1b}[22m/\u{1b}[39m"),
            "http://localhost:5173/"
        );
    }
}
