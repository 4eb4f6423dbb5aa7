//! Where a redirect leads, seen from the URL that was asked for.

use url::Url;

/// Names by which applications call the page that asks for a login.
const LOGINS: [&str; 12] = [
    "auth",
    "authenticate",
    "authorize",
    "login",
    "log-in",
    "logon",
    "oauth",
    "oauth2",
    "saml",
    "signin",
    "sign-in",
    "sso",
];

/// The relation of a redirect's target to the URL that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RedirectTarget {
    /// The URL itself: whoever answers takes the request for one of another scheme.
    Itself,
    /// The path with a slash more or less at its end.
    Slash,
    /// The same under the other scheme.
    OtherScheme,
    /// A page that asks who is there.
    Login,
    /// Another origin.
    OtherOrigin,
    /// Something else of the same origin.
    OtherPath,
}

impl RedirectTarget {
    pub(crate) fn of(asked: &Url, target: &Url) -> Self {
        let is_same_host = asked.host_str() == target.host_str();
        let is_same_port = asked.port_or_known_default() == target.port_or_known_default();
        let is_same_scheme = asked.scheme() == target.scheme();
        // The other scheme has another default port.
        let is_at_home = is_same_host && (is_same_port || (!is_same_scheme && target.port().is_none()));
        let is_same_path = asked.path() == target.path();
        let without_slash = |url: &Url| url.path().trim_end_matches('/').to_owned();
        match () {
            () if is_at_home && is_same_path && is_same_scheme && asked.query() == target.query() => {
                Self::Itself
            }
            () if is_at_home && !is_same_path && without_slash(asked) == without_slash(target) => Self::Slash,
            () if is_at_home && is_same_path && !is_same_scheme => Self::OtherScheme,
            () if asks_who_is_there(target) => Self::Login,
            () if !(is_at_home && is_same_scheme) => Self::OtherOrigin,
            () => Self::OtherPath,
        }
    }
}

/// Whether a URL is named like a login: by a part of its path or of its host.
fn asks_who_is_there(url: &Url) -> bool {
    let of_path = url.path().split(['/', '.']);
    let of_host = url.host_str().unwrap_or_default().split('.');
    of_path.chain(of_host).any(|part| LOGINS.contains(&part.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::itself("https://api.example.com/items?page=1", RedirectTarget::Itself)]
    #[case::default_port("https://api.example.com:443/items?page=1", RedirectTarget::Itself)]
    #[case::slash("https://api.example.com/items/?page=1", RedirectTarget::Slash)]
    #[case::slash_by_an_application_behind_a_proxy(
        "http://api.example.com/items/?page=1",
        RedirectTarget::Slash
    )]
    #[case::scheme("http://api.example.com/items?page=1", RedirectTarget::OtherScheme)]
    #[case::login("https://api.example.com/login?next=/items", RedirectTarget::Login)]
    #[case::login_of_another("https://sso.example.com/", RedirectTarget::Login)]
    #[case::login_by_a_file("https://api.example.com/Login.aspx", RedirectTarget::Login)]
    #[case::bucket("https://bucket.s3.example/obj?sig=1", RedirectTarget::OtherOrigin)]
    #[case::port("https://api.example.com:8443/items?page=1", RedirectTarget::OtherOrigin)]
    #[case::elsewhere("https://api.example.com/v2/items", RedirectTarget::OtherPath)]
    #[case::other_query("https://api.example.com/items?page=2", RedirectTarget::OtherPath)]
    #[case::no_login("https://api.example.com/authors", RedirectTarget::OtherPath)]
    fn a_target_is_told_by_what_it_has_in_common(#[case] target: &str, #[case] expected: RedirectTarget) {
        let url = |text| Url::parse(text).expect("a URL");
        assert_eq!(RedirectTarget::of(&url("https://api.example.com/items?page=1"), &url(target)), expected);
    }
}
