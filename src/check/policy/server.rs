//! The server that a policy file is about, and how it is reached.

use std::time::Duration;

use corsproof_fixture::{ForwardedHost, Service};
use fetch_model::Origin;

use crate::{check::framework::Framework, location::Location};

/// How long a server has to get ready.
pub(crate) const START_TIMEOUT: Duration = Duration::from_secs(30);

/// The server that a policy file is about, and how it is reached.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    /// The origin under which browsers request from the server.
    pub origin: Origin,
    pub reach: ServerSource,
    /// The path that is requested until the server answers; `None`: a connection is enough.
    pub ready: Option<String>,
    /// The time that the server has from its start to its first answer.
    pub start_timeout: Duration,
    /// The value of `Host` in forwarded requests.
    pub host: ForwardedHost,
    /// How many requests a second it is sent at most; `None`: as many as browsers send.
    pub rate: Option<f64>,
    /// The framework whose settings the findings name.
    pub framework: Framework,
}

/// Where the server comes from.
#[derive(Clone, Debug)]
pub(crate) enum ServerSource {
    /// This command starts the server, in the file's folder. It listens at the port that it is told, or where this says.
    Start { command: String, at: Option<Location> },
    /// The server runs already: on this machine, or deployed somewhere.
    Running(Location),
    /// A tower service in this process.
    Service(Service),
}
