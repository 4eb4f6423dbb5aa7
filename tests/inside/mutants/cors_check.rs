//! Wrong about what grants a read.

use fetch_model::{CredentialsMode, FetchStandard, HeaderList, InternalResponse, Reason, Request, Rules};

const ALLOW_ORIGIN: &str = "Access-Control-Allow-Origin";
const ALLOW_CREDENTIALS: &str = "Access-Control-Allow-Credentials";

/// The check, had the server said this instead.
fn as_if(request: &Request, response: &HeaderList, name: &str, value: &str) -> Result<(), Reason> {
    let mut response = response.clone();
    response.delete(name);
    response.append(name, value);
    FetchStandard.cors_check(request, &response)
}

/// The check after a change to the value of one header, where it is there.
fn changed(
    request: &Request,
    response: &HeaderList,
    name: &str,
    change: impl Fn(&str, &str) -> String,
) -> Result<(), Reason> {
    match response.get(name) {
        None => FetchStandard.cors_check(request, response),
        Some(value) => {
            let origin = FetchStandard.serialize_a_request_origin(request);
            as_if(request, response, name, &change(&value, &origin))
        }
    }
}

mutants! {
    "silence is consent" breaks ["R106"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            match FetchStandard.cors_check(request, response) {
                Err(Reason::AllowOriginMissing) => Ok(()),
                other => other,
            }
        }
    }

    "* is no origin" breaks ["R107"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, _| value.replace('*', ""))
        }
    }

    "* does not go with Access-Control-Allow-Credentials" breaks ["R107"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            if response.contains(ALLOW_CREDENTIALS) {
                return changed(request, response, ALLOW_ORIGIN, |value, _| value.replace('*', ""));
            }
            FetchStandard.cors_check(request, response)
        }
    }

    "origins are compared without case" breaks ["R108"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, _| value.to_ascii_lowercase())
        }
    }

    "a slash may follow the origin" breaks ["R108"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, _| value.trim_end_matches('/').to_owned())
        }
    }

    "the default port may be written" breaks ["R108"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, _| value.trim_end_matches(":443").to_owned())
        }
    }

    "http allows https" breaks ["R108"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, origin| {
                if origin == value.replacen("http://", "https://", 1) {
                    origin.to_owned()
                } else {
                    value.to_owned()
                }
            })
        }
    }

    "the origin need only be part of the value" breaks ["R108"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, origin| {
                if value.starts_with(origin) && !value.contains(',') {
                    origin.to_owned()
                } else {
                    value.to_owned()
                }
            })
        }
    }

    "the value need only be part of the origin" breaks ["R108"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, origin| {
                if !value.is_empty() && origin.contains(value) { origin.to_owned() } else { value.to_owned() }
            })
        }
    }

    "form feeds and vertical tabs are white space" breaks ["R109"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, _| {
                value.trim_matches(['\u{B}', '\u{C}', '\0', '\u{A0}']).to_owned()
            })
        }
    }

    "of a list of origins one must match" breaks ["R110"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, origin| {
                let lists = value.split(',').any(|item| item.trim() == origin);
                if lists { origin.to_owned() } else { value.to_owned() }
            })
        }
    }

    "of several header lines the first counts" breaks ["R110"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            let first = response.values(ALLOW_ORIGIN).next().map(str::to_owned);
            changed(request, response, ALLOW_ORIGIN, |value, _| {
                first.clone().unwrap_or_else(|| value.to_owned())
            })
        }
    }

    "of several header lines the last counts" breaks ["R110"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            let last = response.values(ALLOW_ORIGIN).last().map(str::to_owned);
            changed(request, response, ALLOW_ORIGIN, |value, _| {
                last.clone().unwrap_or_else(|| value.to_owned())
            })
        }
    }

    "null allows everyone" breaks ["R111"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, origin| {
                if value == "null" { origin.to_owned() } else { value.to_owned() }
            })
        }
    }

    "null allows no one" breaks ["R111"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, _| value.replace("null", ""))
        }
    }

    "a wildcard may stand for a subdomain" breaks ["R112"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, origin| {
                let fits = value
                    .split_once("*.")
                    .is_some_and(|(start, end)| origin.starts_with(start) && origin.ends_with(end));
                if fits { origin.to_owned() } else { value.to_owned() }
            })
        }
    }

    "quotes do no harm" breaks ["R112"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, _| value.trim_matches('"').to_owned())
        }
    }

    "* goes with credentials" breaks ["R113"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_ORIGIN, |value, origin| {
                if value == "*" { origin.to_owned() } else { value.to_owned() }
            })
        }
    }

    "credentials need no permission" breaks ["R114"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            match FetchStandard.cors_check(request, response) {
                Err(Reason::AllowCredentialsNotTrue) => Ok(()),
                other => other,
            }
        }
    }

    "True is true" breaks ["R114"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_CREDENTIALS, |value, _| value.to_ascii_lowercase())
        }
    }

    "twice true is true" breaks ["R114"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            changed(request, response, ALLOW_CREDENTIALS, |value, _| {
                value.split(',').next().unwrap_or_default().to_owned()
            })
        }
    }

    "a bad Access-Control-Allow-Credentials fails without credentials" breaks ["R115"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            if response.get(ALLOW_CREDENTIALS).is_some_and(|value| value != "true") {
                return Err(Reason::AllowCredentialsNotTrue);
            }
            FetchStandard.cors_check(request, response)
        }
    }

    "mode same-origin needs permission for credentials" breaks ["R115"] {
        fn cors_check(&self, request: &Request, response: &HeaderList) -> Result<(), Reason> {
            let mut request = request.clone();
            if request.credentials_mode == CredentialsMode::SameOrigin
                && response.get(ALLOW_ORIGIN).as_deref() != Some("*")
            {
                request.credentials_mode = CredentialsMode::Include;
            }
            FetchStandard.cors_check(&request, response)
        }
    }

    "a redirect is not checked" breaks ["R86"] {
        fn needs_a_cors_check(&self, request: &Request, response: &InternalResponse) -> bool {
            !FetchStandard.is_redirect_status(response.status)
                && FetchStandard.needs_a_cors_check(request, response)
        }
    }
}
