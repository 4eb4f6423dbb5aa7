//! Wrong about redirects.

use std::cell::RefCell;

use fetch_model::{FetchStandard, HeaderList, InternalResponse, LocationUrl, Request, ResponseTainting};
use url::Url;

use super::mutant::but;

/// The answer with but one Location.
fn with_one_location(response: &InternalResponse) -> InternalResponse {
    let first = response.header_list.values("Location").next().map(str::to_owned);
    let header_list: HeaderList = first.into_iter().map(|value| ("Location".to_owned(), value)).collect();
    InternalResponse { header_list, ..response.clone() }
}

thread_local! {
    /// What the responses on the way of one request exposed: no rule of the standard looks back, so a model that does
    /// has to remember.
    static EXPOSED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

mutants! {
    "300 is a redirect" breaks ["R87"] {
        fn is_redirect_status(&self, status: u16) -> bool {
            status == 300 || FetchStandard.is_redirect_status(status)
        }

        fn location_url(&self, response: &InternalResponse, current: &Url) -> LocationUrl {
            let status = if response.status == 300 { 302 } else { response.status };
            FetchStandard.location_url(&InternalResponse { status, ..response.clone() }, current)
        }
    }

    "308 is no redirect" breaks ["R87"] {
        fn is_redirect_status(&self, status: u16) -> bool {
            status != 308 && FetchStandard.is_redirect_status(status)
        }
    }

    "303 is no redirect" breaks ["R87"] {
        fn is_redirect_status(&self, status: u16) -> bool {
            status != 303 && FetchStandard.is_redirect_status(status)
        }
    }

    "a redirect without Location fails" breaks ["R89"] {
        fn location_url(&self, response: &InternalResponse, current: &Url) -> LocationUrl {
            match FetchStandard.location_url(response, current) {
                LocationUrl::Null => LocationUrl::Failure,
                other => other,
            }
        }
    }

    "of two Locations the first counts" breaks ["R89"] {
        fn location_url(&self, response: &InternalResponse, current: &Url) -> LocationUrl {
            FetchStandard.location_url(&with_one_location(response), current)
        }
    }

    "a Location that is no URL is not followed, but read" breaks ["R89"] {
        fn location_url(&self, response: &InternalResponse, current: &Url) -> LocationUrl {
            match FetchStandard.location_url(response, current) {
                LocationUrl::Failure => LocationUrl::Null,
                other => other,
            }
        }
    }

    "a redirect may lead to data:" breaks ["R90"] {
        fn may_be_redirected_to(&self, location: &Url) -> bool {
            location.scheme() == "data" || FetchStandard.may_be_redirected_to(location)
        }
    }

    "21 redirects are followed" breaks ["R91"] {
        fn maximum_redirect_count(&self) -> u32 {
            21
        }
    }

    "19 redirects are followed" breaks ["R91"] {
        fn maximum_redirect_count(&self) -> u32 {
            19
        }
    }

    "a redirect to another origin may carry credentials" breaks ["R92"] {
        fn carries_credentials_across(&self, request: &Request, location: &Url) -> bool {
            request.response_tainting == ResponseTainting::Cors
                && FetchStandard.carries_credentials_across(request, location)
        }
    }

    "a CORS redirect back home may carry credentials" breaks ["R93"] {
        fn carries_credentials_across(&self, request: &Request, location: &Url) -> bool {
            let basic = but(request, |request| request.response_tainting = ResponseTainting::Basic);
            FetchStandard.carries_credentials_across(&basic, location)
        }
    }

    "an at sign alone is a credential" breaks ["R94"] {
        fn location_url(&self, response: &InternalResponse, current: &Url) -> LocationUrl {
            if response
                .header_list
                .get("Location")
                .is_some_and(|location| location.contains("/@") || location.contains("/:@"))
            {
                return LocationUrl::Failure;
            }
            FetchStandard.location_url(response, current)
        }
    }

    "a stream is sent again" breaks ["R95"] {
        fn cannot_be_sent_again(&self, _request: &Request, _response: &InternalResponse) -> bool {
            false
        }
    }

    "302 keeps POST" breaks ["R96"] {
        fn becomes_get(&self, status: u16, method: &str) -> bool {
            status != 302 && FetchStandard.becomes_get(status, method)
        }
    }

    "301 makes a GET of every method" breaks ["R96"] {
        fn becomes_get(&self, status: u16, method: &str) -> bool {
            (status == 301 && method != "HEAD") || FetchStandard.becomes_get(status, method)
        }
    }

    "303 keeps PUT" breaks ["R97"] {
        fn becomes_get(&self, status: u16, method: &str) -> bool {
            method != "PUT" && FetchStandard.becomes_get(status, method)
        }
    }

    "303 makes a GET of HEAD" breaks ["R97"] {
        fn becomes_get(&self, status: u16, method: &str) -> bool {
            (status == 303 && method == "HEAD") || FetchStandard.becomes_get(status, method)
        }
    }

    "307 makes a GET of POST" breaks ["R97"] {
        fn becomes_get(&self, status: u16, method: &str) -> bool {
            (status == 307 && method == "POST") || FetchStandard.becomes_get(status, method)
        }
    }

    "308 makes a GET of POST" breaks ["R97"] {
        fn becomes_get(&self, status: u16, method: &str) -> bool {
            (status == 308 && method == "POST") || FetchStandard.becomes_get(status, method)
        }
    }

    "Content-Type outlives the body" breaks ["R98"] {
        fn request_body_header_names(&self) -> &[&str] {
            &["Content-Encoding", "Content-Language", "Content-Location"]
        }
    }

    "Content-Language outlives the body" breaks ["R98"] {
        fn request_body_header_names(&self) -> &[&str] {
            &["Content-Encoding", "Content-Location", "Content-Type"]
        }
    }

    "Authorization goes on to another origin" breaks ["R99"] {
        fn keeps_authorization(&self, _from: &Url, _to: &Url) -> bool {
            true
        }
    }

    "Authorization goes on to the same host" breaks ["R99"] {
        fn keeps_authorization(&self, from: &Url, to: &Url) -> bool {
            from.host() == to.host()
        }
    }

    "Authorization is lost on every redirect" breaks ["R99"] {
        fn keeps_authorization(&self, _from: &Url, _to: &Url) -> bool {
            false
        }
    }

    "a redirect's Referrer-Policy is not looked at" breaks ["R101"] {
        fn set_request_referrer_policy_on_redirect(
            &self,
            _request: &mut Request,
            _response: &InternalResponse,
        ) {
        }
    }

    "a fragment is lost on the way" breaks ["R100"] {
        fn location_url(&self, response: &InternalResponse, current: &Url) -> LocationUrl {
            let mut current = current.clone();
            current.set_fragment(None);
            FetchStandard.location_url(response, &current)
        }
    }

    "what was asked about first is not redirected" breaks ["R104"] {
        fn cannot_be_sent_again(&self, request: &Request, response: &InternalResponse) -> bool {
            (request.response_tainting == ResponseTainting::Cors && FetchStandard.needs_a_cors_preflight(request))
                || FetchStandard.cannot_be_sent_again(request, response)
        }
    }

    "what a redirect exposes stays exposed" breaks ["R123"] {
        fn needs_a_cors_check(&self, request: &Request, response: &InternalResponse) -> bool {
            EXPOSED.with_borrow_mut(|exposed| {
                if request.redirect_count == 0 {
                    exposed.clear();
                }
                exposed.extend(FetchStandard.cors_exposed_header_names(request, &response.header_list));
            });
            FetchStandard.needs_a_cors_check(request, response)
        }

        fn cors_exposed_header_names(&self, _request: &Request, _response: &HeaderList) -> Vec<String> {
            EXPOSED.with_borrow(Clone::clone)
        }
    }
}
