//! How the tests' browsers are set.

use browsers::Settings;

use crate::proxy::Proxy;

/// Settings for a test.
pub(crate) fn settings(proxy: &Proxy) -> Settings {
    Settings::new(proxy.address, "")
}
