//! A redirect that a page cannot follow, by where it leads.

use corsproof_fixture::{Exchange, Token};

use super::{Cause, CauseKind};
use crate::{evidence::redirect, redirect_target::RedirectTarget};

/// The cause where the answer is a redirect: with headers of CORS on it a page would go where it leads, and no further.
pub(super) fn cause(exchange: &Exchange, token: Option<&Token>) -> Option<Cause> {
    let (asked, target) = redirect(exchange, token)?;
    let method = if exchange.received.is_preflight() {
        "the preflight (OPTIONS)".to_owned()
    } else {
        exchange.received.method.clone()
    };
    let led = format!("The server redirects {method} to {target}");
    Some(match RedirectTarget::of(&asked, &target) {
        RedirectTarget::Itself => Cause::new(
            CauseKind::RedirectsToItself,
            format!("{led}, the very URL that was asked for."),
            "The application takes the request for one over http: have the proxy that ends TLS send X-Forwarded-Proto: https, \
             and the application believe it.",
        ),
        RedirectTarget::Slash => Cause::new(
            CauseKind::RedirectsBySlash,
            format!("{led}, the path with a slash more or less at its end."),
            format!("Ask for {target} in the first place, or have the server answer both."),
        ),
        RedirectTarget::OtherScheme => Cause::new(
            CauseKind::RedirectsToOtherScheme,
            format!("{led}, the same under the other scheme."),
            "From http to https: ask for the https URL in the first place. From https to http: have the proxy that ends TLS \
             send X-Forwarded-Proto: https, and the application believe it.",
        ),
        RedirectTarget::Login => Cause::new(
            CauseKind::RedirectsToLogin,
            format!("{led}, a login: no script can log anybody in there."),
            "Ask as the page does once it has logged in (--credentials, --header). Have the server answer scripts with 401 and \
             CORS headers, and preflights before any login.",
        ),
        RedirectTarget::OtherOrigin => Cause::new(
            CauseKind::RedirectsAway,
            format!(
                "{led}, another origin: from there on the browser sends Origin: null, whatever page asks."
            ),
            "Have the server answer here, or have pages ask the other server themselves. If it must be a redirect, the other \
             server has to grant null, which is anybody's: only what everybody may read.",
        ),
        // Somewhere else at home: headers of CORS are all that is missing.
        RedirectTarget::OtherPath => return None,
    })
}
