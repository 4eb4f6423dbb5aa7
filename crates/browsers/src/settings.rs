//! What every browser is started with.

use std::{net::SocketAddr, time::Duration};

/// What a browser is started with, whatever its engine.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The virtual internet: the only place that the browser can reach.
    pub proxy: SocketAddr,
    /// The base64 of the SHA-256 of the public key of every certificate there, for Chromium.
    pub spki_pin: String,
    /// How long one call to the driver may take on a machine that is idle.
    pub call_limit: Duration,
    /// How long the driver may take to come up, and then the browser.
    pub start_limit: Duration,
}

impl Settings {
    /// The limits that suit a run: 30 seconds a call, 60 seconds to start.
    pub fn new(proxy: SocketAddr, spki_pin: impl Into<String>) -> Self {
        Self {
            proxy,
            spki_pin: spki_pin.into(),
            call_limit: Duration::from_secs(30),
            start_limit: Duration::from_secs(120),
        }
    }

    /// How long the driver itself waits for a page or a script: a little less than [`Self::call_limit`], so
    /// that a script that never ends is told by the driver, and only a driver that hangs runs into our limit.
    pub(super) fn driver_limit(&self) -> Duration {
        self.call_limit - (self.call_limit / 4).min(Duration::from_secs(2))
    }
}
