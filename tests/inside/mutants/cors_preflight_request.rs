//! Wrong about what a preflight asks.

use fetch_model::{FetchStandard, Request, Rules};

use super::mutant::but;

/// The preflight with one header said otherwise.
fn asking(request: &Request, name: &str, value: &str) -> Request {
    let mut preflight = FetchStandard.preflight_request(request);
    preflight.header_list.delete(name);
    preflight.header_list.append(name, value);
    preflight
}

mutants! {
    "a preflight asks for the URL without its query" breaks ["R57"] {
        fn preflight_request(&self, request: &Request) -> Request {
            let mut preflight = FetchStandard.preflight_request(request);
            let mut url = request.current_url().clone();
            url.set_path("/");
            preflight.append_url(url);
            preflight
        }
    }

    "a preflight does not tell its origin" breaks ["R58"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            if !request.header_list.contains("Access-Control-Request-Method") {
                FetchStandard.append_a_request_origin_header(request);
            }
        }
    }

    "a preflight upper-cases the method" breaks ["R59"] {
        fn preflight_request(&self, request: &Request) -> Request {
            asking(request, "Access-Control-Request-Method", &request.method.to_ascii_uppercase())
        }
    }

    "a preflight puts a space after the comma" breaks ["R60"] {
        fn preflight_request(&self, request: &Request) -> Request {
            let names = FetchStandard.cors_unsafe_request_header_names(&request.header_list);
            if names.is_empty() {
                return FetchStandard.preflight_request(request);
            }
            asking(request, "Access-Control-Request-Headers", &names.join(", "))
        }
    }

    "a preflight names no headers, in a header" breaks ["R60"] {
        fn preflight_request(&self, request: &Request) -> Request {
            let names = FetchStandard.cors_unsafe_request_header_names(&request.header_list);
            asking(request, "Access-Control-Request-Headers", &names.join(","))
        }
    }

    "a preflight accepts what the request does" breaks ["R61"] {
        fn preflight_request(&self, request: &Request) -> Request {
            asking(request, "Accept", &request.header_list.get("Accept").unwrap_or_default())
        }
    }

    "a preflight carries cookies" breaks ["R62"] {
        fn preflight_request(&self, request: &Request) -> Request {
            let preflight = FetchStandard.preflight_request(request);
            but(&preflight, |preflight| preflight.credentials_mode = request.credentials_mode)
        }
    }

    "a preflight carries the author's headers" breaks ["R63"] {
        fn preflight_request(&self, request: &Request) -> Request {
            let mut preflight = FetchStandard.preflight_request(request);
            for (name, value) in request.header_list.iter().filter(|(name, _)| *name != "Accept") {
                preflight.header_list.append(name, value);
            }
            preflight
        }
    }
}
