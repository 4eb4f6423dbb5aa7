//! Wrong about which cookies are taken, sent and shown.

use fetch_model::{Cookie, FetchStandard, Request, SameSite, SameSiteMode};
use url::Url;

/// The cookie with a change.
fn but(cookie: &Cookie, change: impl FnOnce(&mut Cookie)) -> Cookie {
    let mut cookie = cookie.clone();
    change(&mut cookie);
    cookie
}

mutants! {
    "a cookie goes to subdomains without Domain" breaks ["R196"] {
        fn is_cookie_for(&self, cookie: &Cookie, url: &Url) -> bool {
            FetchStandard.is_cookie_for(&but(cookie, |cookie| cookie.host_only = false), url)
        }
    }

    "Domain is not looked at" breaks ["R196"] {
        fn is_cookie_for(&self, cookie: &Cookie, url: &Url) -> bool {
            url.host_str() == Some(&cookie.domain)
                && FetchStandard.is_cookie_for(&but(cookie, |cookie| cookie.host_only = true), url)
        }
    }

    "a domain that ends alike is the same" breaks ["R196"] {
        fn is_cookie_for(&self, cookie: &Cookie, url: &Url) -> bool {
            let registrable = |host: &str| host.rsplit('.').take(2).map(str::to_owned).collect::<Vec<_>>();
            let is_of_the_site =
                url.host_str().is_some_and(|host| registrable(host) == registrable(&cookie.domain));
            let anywhere = but(cookie, |cookie| {
                cookie.host_only = true;
                cookie.domain = url.host_str().unwrap_or_default().to_owned();
            });
            is_of_the_site && FetchStandard.is_cookie_for(&anywhere, url)
        }
    }

    "a port has its own cookies" breaks ["R196"] {
        fn is_cookie_for(&self, cookie: &Cookie, url: &Url) -> bool {
            url.port().is_none() && FetchStandard.is_cookie_for(cookie, url)
        }
    }

    "Domain may name any host" breaks ["R196"] {
        fn is_cookie_acceptable(&self, cookie: &Cookie, url: &Url) -> bool {
            FetchStandard.is_cookie_acceptable(&but(cookie, |cookie| cookie.host_only = true), url)
        }
    }

    "a public suffix may have cookies" breaks ["R196"] {
        fn is_cookie_acceptable(&self, cookie: &Cookie, url: &Url) -> bool {
            let suffix = !cookie.domain.contains('.');
            FetchStandard.is_cookie_acceptable(&but(cookie, |cookie| cookie.host_only |= suffix), url)
        }
    }

    "Path is not looked at" breaks ["R197"] {
        fn is_cookie_for(&self, cookie: &Cookie, url: &Url) -> bool {
            FetchStandard.is_cookie_for(&but(cookie, |cookie| "/".clone_into(&mut cookie.path)), url)
        }
    }

    "a path goes on within a segment" breaks ["R197"] {
        fn is_cookie_for(&self, cookie: &Cookie, url: &Url) -> bool {
            url.path().starts_with(&cookie.path)
                && FetchStandard.is_cookie_for(&but(cookie, |cookie| "/".clone_into(&mut cookie.path)), url)
        }
    }

    "a path is one folder" breaks ["R197"] {
        fn is_cookie_for(&self, cookie: &Cookie, url: &Url) -> bool {
            let rest = url.path().strip_prefix(cookie.path.as_str()).unwrap_or_default();
            cookie.path == "/" || (rest.is_empty() && FetchStandard.is_cookie_for(cookie, url))
        }
    }

    "a secure cookie goes over http" breaks ["R198"] {
        fn is_cookie_for(&self, cookie: &Cookie, url: &Url) -> bool {
            FetchStandard.is_cookie_for(&but(cookie, |cookie| cookie.secure = false), url)
        }
    }

    "http sets secure cookies" breaks ["R198"] {
        fn is_cookie_acceptable(&self, cookie: &Cookie, url: &Url) -> bool {
            let mut url = url.clone();
            url.set_scheme("https").expect("both are special");
            FetchStandard.is_cookie_acceptable(cookie, &url)
        }
    }

    "http writes over secure cookies" breaks ["R198"] {
        fn is_cookie_out_of_reach(&self, _there: &Cookie, _cookie: &Cookie, _url: &Url) -> bool {
            false
        }
    }

    "a cookie that is not secure stays on http" breaks ["R196", "R198"] {
        fn is_cookie_for(&self, cookie: &Cookie, url: &Url) -> bool {
            (cookie.secure || url.scheme() == "http") && FetchStandard.is_cookie_for(cookie, url)
        }
    }

    "HttpOnly is not looked at" breaks ["R199"] {
        fn is_cookie_for_scripts(&self, _cookie: &Cookie) -> bool {
            true
        }
    }

    "scripts have no cookies" breaks ["R199"] {
        fn is_cookie_for_scripts(&self, _cookie: &Cookie) -> bool {
            false
        }
    }

    "without SameSite a cookie goes anywhere" breaks ["R200"] {
        fn admits_cookie(&self, mode: SameSiteMode, cookie: &Cookie) -> bool {
            cookie.same_site == SameSite::Unset || FetchStandard.admits_cookie(mode, cookie)
        }
    }

    "SameSite=Lax goes anywhere" breaks ["R200"] {
        fn admits_cookie(&self, mode: SameSiteMode, cookie: &Cookie) -> bool {
            cookie.same_site == SameSite::Lax || FetchStandard.admits_cookie(mode, cookie)
        }
    }

    "SameSite=None goes nowhere else" breaks ["R136", "R200"] {
        fn admits_cookie(&self, mode: SameSiteMode, _cookie: &Cookie) -> bool {
            mode == SameSiteMode::StrictOrLess
        }
    }

    "SameSite=Strict goes with a navigation from elsewhere" breaks ["R200"] {
        fn admits_cookie(&self, mode: SameSiteMode, cookie: &Cookie) -> bool {
            mode == SameSiteMode::LaxOrLess || FetchStandard.admits_cookie(mode, cookie)
        }
    }

    "SameSite=Lax stays at home when another site opens a window" breaks ["R200"] {
        fn admits_cookie(&self, mode: SameSiteMode, cookie: &Cookie) -> bool {
            let mode = if mode == SameSiteMode::LaxOrLess { SameSiteMode::UnsetOrLess } else { mode };
            FetchStandard.admits_cookie(mode, cookie)
        }
    }

    "SameSite=Strict never leaves with a navigation" breaks ["R200"] {
        fn determine_the_same_site_mode(&self, request: &Request) -> SameSiteMode {
            match FetchStandard.determine_the_same_site_mode(request) {
                SameSiteMode::StrictOrLess if request.mode == fetch_model::RequestMode::Navigate => {
                    SameSiteMode::LaxOrLess
                }
                mode => mode,
            }
        }
    }

    "SameSite=None need not be Secure" breaks ["R200"] {
        fn is_cookie_acceptable(&self, cookie: &Cookie, url: &Url) -> bool {
            let none = cookie.same_site == SameSite::None;
            let cookie = but(cookie, |cookie| {
                if none {
                    cookie.same_site = SameSite::Unset;
                }
            });
            FetchStandard.is_cookie_acceptable(&cookie, url)
        }
    }

    "prefixes are part of a name and nothing else" breaks ["R201"] {
        fn keeps_its_prefix(&self, _cookie: &Cookie) -> bool {
            true
        }
    }

    "__Host- is as __Secure-" breaks ["R201"] {
        fn keeps_its_prefix(&self, cookie: &Cookie) -> bool {
            let is_host = cookie.name.starts_with("__Host-");
            if is_host { cookie.secure } else { FetchStandard.keeps_its_prefix(cookie) }
        }
    }

    "__Host- may have any path" breaks ["R201"] {
        fn keeps_its_prefix(&self, cookie: &Cookie) -> bool {
            FetchStandard.keeps_its_prefix(&but(cookie, |cookie| "/".clone_into(&mut cookie.path)))
        }
    }

    "__Host- may have a Domain" breaks ["R201"] {
        fn keeps_its_prefix(&self, cookie: &Cookie) -> bool {
            FetchStandard.keeps_its_prefix(&but(cookie, |cookie| cookie.host_only = true))
        }
    }

    "__Secure- may not have a Domain" breaks ["R201"] {
        fn keeps_its_prefix(&self, cookie: &Cookie) -> bool {
            FetchStandard.keeps_its_prefix(cookie)
                && (cookie.host_only || !cookie.name.starts_with("__Secure-"))
        }
    }
}
