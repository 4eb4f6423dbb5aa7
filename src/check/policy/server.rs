//! How a server is reached.

use std::{net::SocketAddr, time::Duration};

use corsproof_fixture::{ForwardedHost, Service};
use fetch_model::Origin;

use crate::check::framework::Framework;

/// How long a server has to get ready.
pub(crate) const START_TIMEOUT: Duration = Duration::from_secs(30);

/// How a server is reached.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    /// The origin by which browsers know it.
    pub origin: Origin,
    /// How it is had.
    pub reach: Reach,
    /// What is asked until anything answers.
    pub ready: Option<String>,
    /// How long it has to get ready.
    pub start_timeout: Duration,
    /// The `Host` that it is told.
    pub host: ForwardedHost,
    /// What it is made with.
    pub framework: Framework,
}

/// How a server is had.
#[derive(Clone, Debug)]
pub(crate) enum Reach {
    /// It is started by this command, in the file's folder.
    Start(String),
    /// It runs already, at one of these addresses of this machine.
    Url(Vec<SocketAddr>),
    /// It is part of this process.
    Service(Service),
}
