//! Wrong about the options of `fetch()` that bound a body or name its bytes, and about who chose a header.

use fetch_model::{
    FetchStandard, Keepalive, Reason, Request, RequestInit, ResponseTainting, UseCorsPreflight,
};

use super::mutant::but;

mutants! {
    "integrity is not looked at" breaks ["R159"] {
        fn check_integrity(&self, _: &Request, _: Option<&[u8]>) -> Result<(), Reason> {
            Ok(())
        }
    }

    "integrity is looked at in opaque responses" breaks ["R159"] {
        fn check_integrity(&self, request: &Request, body: Option<&[u8]>) -> Result<(), Reason> {
            let request = but(request, |request| {
                if request.response_tainting == ResponseTainting::Opaque {
                    request.response_tainting = ResponseTainting::Cors;
                }
            });
            FetchStandard.check_integrity(&request, body)
        }
    }

    "opaque responses pass where no hash is known" breaks ["R159"] {
        fn check_integrity(&self, request: &Request, body: Option<&[u8]>) -> Result<(), Reason> {
            let knows = request.integrity_metadata.as_deref().is_some_and(|text| text.contains("sha"));
            if knows { FetchStandard.check_integrity(request, body) } else { Ok(()) }
        }
    }

    "a null body is no bytes" breaks ["R159"] {
        fn check_integrity(&self, request: &Request, body: Option<&[u8]>) -> Result<(), Reason> {
            FetchStandard.check_integrity(request, Some(body.unwrap_or_default()))
        }
    }

    "the first digest counts" breaks ["R159"] {
        fn check_integrity(&self, request: &Request, body: Option<&[u8]>) -> Result<(), Reason> {
            let first = |text: &String| text.split(' ').next().unwrap_or_default().to_owned();
            let request = but(request, |request| {
                request.integrity_metadata = request.integrity_metadata.as_ref().map(first);
            });
            FetchStandard.check_integrity(&request, body)
        }
    }

    "keepalive has no limit" breaks ["R168"] {
        fn is_too_much_to_keep_alive(&self, _: &Request) -> bool {
            false
        }
    }

    "keepalive ends below 64 KiB" breaks ["R168"] {
        fn is_too_much_to_keep_alive(&self, request: &Request) -> bool {
            request.body.as_ref().is_some_and(|body| body.bytes.len() >= 64 * 1024)
        }
    }

    "keepalive needs no preflight" breaks ["R168"] {
        fn needs_a_cors_preflight(&self, request: &Request) -> bool {
            request.keepalive == Keepalive::False && FetchStandard.needs_a_cors_preflight(request)
        }
    }

    "a stream may be kept alive" breaks ["R168"] {
        fn new_request(
            &self,
            input: &str,
            init: RequestInit,
            origin: fetch_model::Origin,
            client: fetch_model::Client,
        ) -> Result<Request, Reason> {
            FetchStandard.new_request(input, RequestInit { keepalive: None, ..init }, origin, client)
        }
    }

    "headers that an element adds need a preflight" breaks ["R39"] {
        fn needs_a_cors_preflight(&self, request: &Request) -> bool {
            request.use_cors_preflight == UseCorsPreflight::Set
                || !self.is_cors_safelisted_method(&request.method)
                || !self.cors_unsafe_request_header_names(&request.header_list).is_empty()
        }
    }

    "headers that a script adds need none" breaks ["R39"] {
        fn needs_a_cors_preflight(&self, request: &Request) -> bool {
            request.use_cors_preflight == UseCorsPreflight::Set
                || !self.is_cors_safelisted_method(&request.method)
        }
    }
}
