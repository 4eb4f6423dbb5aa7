//! The table `[server]`.

use std::{net::SocketAddr, time::Duration};

use corsproof_fixture::ForwardedHost;
use url::Url;

use super::complaint::kept;
use crate::{
    check::{
        framework::Framework,
        policy::{
            START_TIMEOUT, Server, ServerSource,
            complaint::{self, Complaint},
        },
    },
    document::{problem::FileProblems, quotation::quoted, tree::Table},
    local_server,
    policyfile::keys::START_SECONDS,
};

/// Reads the table `[server]`.
pub(super) fn server(table: &Table, found: &mut FileProblems) -> Option<Server> {
    let origin = table.get("origin").and_then(|node| kept(complaint::origin(node.as_text()?), node, found));
    let url = table.get("url").and_then(|node| kept(addresses(node.as_text()?), node, found));
    let reach = match (table.string("start"), url) {
        (Some(command), at) => Some(ServerSource::Start { command, at }),
        (None, Some(addresses)) => Some(ServerSource::Url(addresses)),
        (None, None) => None,
    };
    Some(Server {
        origin: origin?,
        reach: reach?,
        ready: table.string("ready"),
        start_timeout: table
            .integer("start_timeout", &START_SECONDS)
            .map_or(START_TIMEOUT, Duration::from_secs),
        host: match table.text("host") {
            None | Some("original") => ForwardedHost::Original,
            Some("upstream") => ForwardedHost::Upstream,
            Some(name) => ForwardedHost::Named(name.to_owned()),
        },
        framework: table.text("framework").and_then(Framework::from_word).unwrap_or_default(),
    })
}

/// The addresses of a server that runs on this machine.
fn addresses(text: &str) -> Result<Vec<SocketAddr>, Complaint> {
    let complaint =
        |why: &str, help: &str| Complaint::new(format!("no server is asked at {}", quoted(text)), why, help);
    let url = match Url::parse(text) {
        Ok(url) if url.scheme() == "http" => url,
        Ok(url) if url.scheme() == "https" => {
            return Err(complaint(
                "expected http://",
                "corsproof speaks TLS with the browser itself: name the port where the server speaks plain HTTP",
            ));
        }
        _ => {
            return Err(complaint(
                "expected http://127.0.0.1:PORT",
                "name where the server listens on this machine",
            ));
        }
    };
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(complaint(
            "expected no path",
            "the paths are said by each [[policy]]; take this one away",
        ));
    }
    match local_server::on_this_machine(&url) {
        addresses if addresses.is_empty() => Err(complaint(
            "expected 127.0.0.1, [::1] or localhost",
            "corsproof contacts no other machine: run the server here, or forward a port to it",
        )),
        addresses => Ok(addresses),
    }
}
