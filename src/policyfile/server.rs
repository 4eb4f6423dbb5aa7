//! The table `[server]`.

use std::{path::Path, time::Duration};

use corsproof_fixture::ForwardedHost;
use fetch_model::Origin;

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
    location::{self, IdentityFiles, Location},
    policyfile::keys::{RATE, START_SECONDS},
};

/// How many requests a second a deployed server is sent unless the file says otherwise.
const DEPLOYED_RATE: f64 = 10.0;

/// Reads the table `[server]` of a file in `folder`.
pub(super) fn server(table: &Table, folder: &Path, found: &mut FileProblems) -> Option<Server> {
    let origin = table.get("origin").and_then(|node| kept(complaint::origin(node.as_text()?), node, found));
    let location = location(table, origin.as_ref(), folder, found);
    let is_deployed = location.as_ref().is_some_and(Location::is_deployed);
    let reach = match (table.string("start"), location) {
        (Some(command), at) => Some(ServerSource::Start { command, at }),
        (None, Some(location)) => Some(ServerSource::Running(location)),
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
        rate: table.number("rate", &RATE).or(is_deployed.then_some(DEPLOYED_RATE)),
        framework: table.text("framework").and_then(Framework::from_word).unwrap_or_default(),
    })
}

/// Where the server is; a place that is said wrongly is none.
fn location(
    table: &Table,
    origin: Option<&Origin>,
    folder: &Path,
    found: &mut FileProblems,
) -> Option<Location> {
    let files = || identity(table, folder);
    if let Some(node) = table.get("url") {
        let text = node.as_text()?;
        let complain = |why: &str| {
            let help = "name where the server listens on this machine; a deployed one is found by its origin, without url";
            Complaint::new(format!("no server is asked at {}", quoted(text)), why, help)
        };
        return kept(location::named(text, files()).map_err(complain), node, found);
    }
    if let Some(node) = table.get("resolve") {
        let text = node.as_text()?;
        let complain = || {
            let help = "where the deployed server is, past the system's resolver, such as 192.0.2.7:443";
            Complaint::new(format!("no server is asked at {}", quoted(text)), "expected IP:PORT", help)
        };
        return kept(location::resolved(text, origin?, files()).ok_or_else(complain), node, found);
    }
    match table.get("start") {
        Some(_) => None,
        None => Location::of_origin(origin?, files()),
    }
}

/// The files that say whom to trust and who we are, named as from the policy file's folder.
fn identity(table: &Table, folder: &Path) -> IdentityFiles {
    let file = |key| table.string(key).map(|path| folder.join(path));
    IdentityFiles { authorities: file("ca"), client: file("client_certificate").zip(file("client_key")) }
}
