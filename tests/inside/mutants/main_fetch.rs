//! Wrong about which way a request takes.

use fetch_model::{
    FetchStandard, HeaderList, InternalResponse, Origin, Reason, Request, RequestMode, ResponseTainting,
};
use url::Url;

fn url_origin(request: &Request) -> Option<Origin> {
    Origin::of(request.current_url())
}

/// A response that says nothing.
fn nothing() -> InternalResponse {
    InternalResponse::new(200, HeaderList::new(), Vec::new())
}

mutants! {
    "the port is no part of an origin" breaks ["R2"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            let without_port = |origin: &Origin| {
                origin
                    .serialize()
                    .rsplit_once(':')
                    .filter(|(_, port)| port.parse::<u16>().is_ok())
                    .map_or_else(|| origin.serialize(), |(rest, _)| rest.to_owned())
            };
            match url_origin(request) {
                Some(origin) if without_port(&origin) == without_port(&request.origin) => {
                    Ok(ResponseTainting::Basic)
                }
                _ => FetchStandard.response_tainting(request),
            }
        }
    }

    "the scheme is no part of an origin" breaks ["R2"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            let host =
                |origin: &Origin| origin.serialize().split_once("://").map(|(_, host)| host.to_owned());
            match url_origin(request) {
                Some(origin) if host(&origin) == host(&request.origin) => Ok(ResponseTainting::Basic),
                _ => FetchStandard.response_tainting(request),
            }
        }
    }

    "same site is same origin" breaks ["R2", "R43"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            match url_origin(request) {
                Some(origin) if origin.is_same_site(&request.origin) => Ok(ResponseTainting::Basic),
                _ => FetchStandard.response_tainting(request),
            }
        }
    }

    "an opaque origin is same origin with its page" breaks ["R3", "R5", "R6"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            if request.origin.scheme().is_none()
                && url_origin(request).as_ref() == Some(&request.client.top_level_origin)
            {
                return Ok(ResponseTainting::Basic);
            }
            FetchStandard.response_tainting(request)
        }
    }

    "what is same-origin goes by CORS too" breaks ["R43"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            match (FetchStandard.response_tainting(request)?, request.mode, request.current_url().scheme()) {
                (ResponseTainting::Basic, RequestMode::Cors, "http" | "https") => Ok(ResponseTainting::Cors),
                (other, ..) => Ok(other),
            }
        }
    }

    "a data: URL is another origin" breaks ["R44"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            match request.current_url().scheme() {
                "data" => Err(Reason::UrlScheme),
                _ => FetchStandard.response_tainting(request),
            }
        }
    }

    "mode same-origin asks other origins by CORS" breaks ["R46"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            match FetchStandard.response_tainting(request) {
                Err(Reason::RequestMode) if request.mode == RequestMode::SameOrigin => {
                    Ok(ResponseTainting::Cors)
                }
                other => other,
            }
        }
    }

    "mode no-cors need not follow redirects" breaks ["R47"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            match FetchStandard.response_tainting(request) {
                Err(Reason::RequestMode) if request.mode == RequestMode::NoCors => {
                    Ok(ResponseTainting::Opaque)
                }
                other => other,
            }
        }
    }

    "mode no-cors goes by CORS" breaks ["R48", "R153"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            match FetchStandard.response_tainting(request)? {
                ResponseTainting::Opaque => Ok(ResponseTainting::Cors),
                other => Ok(other),
            }
        }
    }

    "tainting ends when the way leads home" breaks ["R53"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            if request.is_same_origin() {
                Ok(ResponseTainting::Basic)
            } else {
                FetchStandard.response_tainting(request)
            }
        }
    }

    "an opaque response that ends at home is readable" breaks ["R105"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            if request.mode == RequestMode::NoCors && request.is_same_origin() {
                return Ok(ResponseTainting::Basic);
            }
            FetchStandard.response_tainting(request)
        }
    }

    "every port may be asked" breaks ["R54"] {
        fn should_request_be_blocked_due_to_a_bad_port(&self, _url: &Url) -> bool {
            false
        }
    }

    "an https page may ask http" breaks ["R54"] {
        fn should_fetching_request_be_blocked_as_mixed_content(&self, _request: &Request) -> bool {
            false
        }
    }

    "any method goes without a preflight" breaks ["R50"] {
        fn needs_a_cors_preflight(&self, request: &Request) -> bool {
            let mut request = request.clone();
            "GET".clone_into(&mut request.method);
            FetchStandard.needs_a_cors_preflight(&request)
        }
    }

    "any header goes without a preflight" breaks ["R50"] {
        fn needs_a_cors_preflight(&self, request: &Request) -> bool {
            let mut request = request.clone();
            request.header_list = HeaderList::new();
            FetchStandard.needs_a_cors_preflight(&request)
        }
    }

    "a redirect needs no preflight of its own" breaks ["R82"] {
        fn needs_a_cors_preflight(&self, request: &Request) -> bool {
            request.redirect_count == 0 && FetchStandard.needs_a_cors_preflight(request)
        }
    }

    "file: can be loaded without CORS" breaks ["R9"] {
        fn scheme_fetch(&self, url: &Url) -> Result<InternalResponse, Reason> {
            if url.scheme() == "file" { Ok(nothing()) } else { FetchStandard.scheme_fetch(url) }
        }
    }

    "CORS takes whatever scheme there is" breaks ["R49"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            match FetchStandard.response_tainting(request) {
                Err(Reason::UrlScheme) => Ok(ResponseTainting::Basic),
                other => other,
            }
        }

        fn scheme_fetch(&self, url: &Url) -> Result<InternalResponse, Reason> {
            FetchStandard.scheme_fetch(url).or_else(|_| Ok(nothing()))
        }
    }

    "data: is opaque without CORS" breaks ["R44"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            if request.current_url().scheme() == "data" && request.mode == RequestMode::NoCors {
                return Ok(ResponseTainting::Opaque);
            }
            FetchStandard.response_tainting(request)
        }
    }

    "data: is another origin to mode same-origin" breaks ["R44"] {
        fn response_tainting(&self, request: &Request) -> Result<ResponseTainting, Reason> {
            if request.current_url().scheme() == "data" && request.mode == RequestMode::SameOrigin {
                return Err(Reason::RequestMode);
            }
            FetchStandard.response_tainting(request)
        }
    }
}
