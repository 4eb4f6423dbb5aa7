//! The limit of open files.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// As many descriptors as any run needs: some for each browser, and two for each of its connections.
const ENOUGH: u64 = 8_192;

/// Raises the limit of open files of this process, and of what it starts, to what is permitted and enough: the usual
/// 1,024 can be used up by a few browsers.
pub fn raise_descriptor_limit() {
    let raised = getrlimit(Resource::RLIMIT_NOFILE).and_then(|(soft, hard)| {
        let wanted = hard.min(ENOUGH);
        if soft >= wanted { Ok(()) } else { setrlimit(Resource::RLIMIT_NOFILE, wanted, hard) }
    });
    if let Err(error) = raised {
        tracing::debug!(%error, "the limit of open files stays");
    }
}
