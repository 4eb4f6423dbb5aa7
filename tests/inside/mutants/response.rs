//! Wrong about what a script may see of a response.

use fetch_model::{
    CredentialsMode, FetchStandard, HeaderList, InternalResponse, ReadableResponse, Reason, Request,
    Response, ResponseTainting, header::Unparsable,
};

use super::mutant::but;

mutants! {
    "an error status cannot be read" breaks ["R116"] {
        fn filtered_response(&self, request: &Request, response: InternalResponse) -> Response {
            if response.status >= 400 {
                return Response::NetworkError(Reason::NetworkFailure);
            }
            FetchStandard.filtered_response(request, response)
        }
    }

    "ETag is safelisted" breaks ["R119"] {
        fn is_cors_safelisted_response_header_name(&self, name: &str, exposed: &[String]) -> bool {
            name.eq_ignore_ascii_case("etag")
                || FetchStandard.is_cors_safelisted_response_header_name(name, exposed)
        }
    }

    "Content-Length is not safelisted" breaks ["R119"] {
        fn is_cors_safelisted_response_header_name(&self, name: &str, exposed: &[String]) -> bool {
            !name.eq_ignore_ascii_case("content-length")
                && FetchStandard.is_cors_safelisted_response_header_name(name, exposed)
        }
    }

    "Pragma is not safelisted" breaks ["R119"] {
        fn is_cors_safelisted_response_header_name(&self, name: &str, exposed: &[String]) -> bool {
            !name.eq_ignore_ascii_case("pragma")
                && FetchStandard.is_cors_safelisted_response_header_name(name, exposed)
        }
    }

    "nothing can be exposed" breaks ["R119"] {
        fn cors_exposed_header_names(&self, _request: &Request, _response: &HeaderList) -> Vec<String> {
            Vec::new()
        }
    }

    "* exposes all with credentials" breaks ["R120"] {
        fn cors_exposed_header_names(&self, request: &Request, response: &HeaderList) -> Vec<String> {
            let request = but(request, |request| request.credentials_mode = CredentialsMode::Omit);
            FetchStandard.cors_exposed_header_names(&request, response)
        }
    }

    "* exposes nothing" breaks ["R120"] {
        fn cors_exposed_header_names(&self, request: &Request, response: &HeaderList) -> Vec<String> {
            let request = but(request, |request| request.credentials_mode = CredentialsMode::Include);
            FetchStandard.cors_exposed_header_names(&request, response)
        }
    }

    "what can be parsed of a bad list is exposed" breaks ["R121"] {
        fn extract_header_list_values(
            &self,
            name: &str,
            list: &HeaderList,
        ) -> Result<Option<Vec<String>>, Unparsable> {
            if !name.eq_ignore_ascii_case("access-control-expose-headers") {
                return FetchStandard.extract_header_list_values(name, list);
            }
            let members = list.values(name).flat_map(|value| value.split(','));
            let good: HeaderList = members
                .map(str::trim)
                .filter(|member| !member.contains([' ', '"']))
                .map(|member| (name.to_owned(), member.to_owned()))
                .collect();
            FetchStandard.extract_header_list_values(name, &good)
        }
    }

    "of several lines of Expose-Headers the first counts" breaks ["R121"] {
        fn extract_header_list_values(
            &self,
            name: &str,
            list: &HeaderList,
        ) -> Result<Option<Vec<String>>, Unparsable> {
            let lines =
                if name.eq_ignore_ascii_case("access-control-expose-headers") { 1 } else { usize::MAX };
            let first: HeaderList =
                list.values(name).take(lines).map(|value| (name.to_owned(), value.to_owned())).collect();
            FetchStandard.extract_header_list_values(name, &first)
        }
    }

    "Set-Cookie can be exposed" breaks ["R122"] {
        fn is_cors_safelisted_response_header_name(&self, name: &str, exposed: &[String]) -> bool {
            exposed.iter().any(|item| item.eq_ignore_ascii_case(name))
                || FetchStandard.is_cors_safelisted_response_header_name(name, exposed)
        }
    }

    "a same-origin response shows Set-Cookie2" breaks ["R122"] {
        fn is_forbidden_response_header_name(&self, name: &str) -> bool {
            name.eq_ignore_ascii_case("set-cookie")
        }
    }

    "a CORS response is called basic" breaks ["R125"] {
        fn filtered_response(&self, request: &Request, response: InternalResponse) -> Response {
            match FetchStandard.filtered_response(request, response) {
                Response::Cors(response) => Response::Basic(response),
                other => other,
            }
        }
    }

    "the body of a CORS response cannot be read" breaks ["R125"] {
        fn filtered_response(&self, request: &Request, response: InternalResponse) -> Response {
            match FetchStandard.filtered_response(request, response) {
                Response::Cors(response) => Response::Cors(ReadableResponse { body: Vec::new(), ..response }),
                other => other,
            }
        }
    }

    "an opaque response can be read" breaks ["R153"] {
        fn filtered_response(&self, request: &Request, response: InternalResponse) -> Response {
            let mut request = request.clone();
            if request.response_tainting == ResponseTainting::Opaque {
                request.response_tainting = ResponseTainting::Basic;
            }
            FetchStandard.filtered_response(&request, response)
        }
    }

    "every URL on the way can be seen" breaks ["R102"] {
        fn filtered_response(&self, request: &Request, response: InternalResponse) -> Response {
            match FetchStandard.filtered_response(request, response) {
                Response::Cors(response) => Response::Cors(ReadableResponse {
                    url_list: request.url_list()[..1].to_vec(),
                    ..response
                }),
                Response::Basic(response) => Response::Basic(ReadableResponse {
                    url_list: request.url_list()[..1].to_vec(),
                    ..response
                }),
                other => other,
            }
        }
    }

    "204 and its like have a body" breaks ["R162"] {
        fn is_null_body_status(&self, _status: u16) -> bool {
            false
        }
    }

    "Cross-Origin-Resource-Policy is not looked at" breaks ["R156"] {
        fn cross_origin_resource_policy_check(
            &self,
            _request: &Request,
            _response: &HeaderList,
        ) -> Result<(), Reason> {
            Ok(())
        }
    }

    "Cross-Origin-Resource-Policy is compared without case" breaks ["R156"] {
        fn cross_origin_resource_policy_check(
            &self,
            request: &Request,
            response: &HeaderList,
        ) -> Result<(), Reason> {
            let lower =
                response.iter().map(|(name, value)| (name.to_owned(), value.to_ascii_lowercase())).collect();
            FetchStandard.cross_origin_resource_policy_check(request, &lower)
        }
    }

    "of two resource policies the first counts" breaks ["R156"] {
        fn cross_origin_resource_policy_check(
            &self,
            request: &Request,
            response: &HeaderList,
        ) -> Result<(), Reason> {
            let first = response
                .iter()
                .map(|(name, value)| {
                    (name.to_owned(), value.split(',').next().unwrap_or_default().to_owned())
                })
                .take(1)
                .collect();
            FetchStandard.cross_origin_resource_policy_check(request, &first)
        }
    }

    "same-site blocks what is same-site" breaks ["R156"] {
        fn cross_origin_resource_policy_check(
            &self,
            request: &Request,
            response: &HeaderList,
        ) -> Result<(), Reason> {
            let strict = response
                .iter()
                .map(|(name, value)| (name.to_owned(), value.replace("same-site", "same-origin")))
                .collect();
            FetchStandard.cross_origin_resource_policy_check(request, &strict)
        }
    }

    "an http page is same site with an https response" breaks ["R157"] {
        fn cross_origin_resource_policy_check(
            &self,
            request: &Request,
            response: &HeaderList,
        ) -> Result<(), Reason> {
            let url_origin = fetch_model::Origin::of(request.current_url());
            if url_origin.is_some_and(|origin| origin.is_schemelessly_same_site(&request.origin))
                && response.get("Cross-Origin-Resource-Policy").as_deref() == Some("same-site")
            {
                return Ok(());
            }
            FetchStandard.cross_origin_resource_policy_check(request, response)
        }
    }

    "what CORS blocks is opaque" breaks ["R126"] {
        fn cors_check(&self, _request: &Request, _response: &HeaderList) -> Result<(), Reason> {
            Ok(())
        }

        fn filtered_response(&self, request: &Request, response: InternalResponse) -> Response {
            let is_blocked = request.response_tainting == ResponseTainting::Cors
                && FetchStandard.cors_check(request, &response.header_list).is_err();
            if is_blocked { Response::Opaque } else { FetchStandard.filtered_response(request, response) }
        }
    }

    "what CORS blocks tells its status" breaks ["R126"] {
        fn cors_check(&self, _request: &Request, _response: &HeaderList) -> Result<(), Reason> {
            Ok(())
        }

        fn filtered_response(&self, request: &Request, mut response: InternalResponse) -> Response {
            if request.response_tainting == ResponseTainting::Cors
                && FetchStandard.cors_check(request, &response.header_list).is_err()
            {
                response.body.clear();
                response.header_list = HeaderList::new();
            }
            FetchStandard.filtered_response(request, response)
        }
    }

    "a 401 by CORS is an error" breaks ["R132"] {
        fn filtered_response(&self, request: &Request, response: InternalResponse) -> Response {
            if response.status == 401 && request.response_tainting == ResponseTainting::Cors {
                return Response::NetworkError(Reason::NetworkFailure);
            }
            FetchStandard.filtered_response(request, response)
        }
    }
}
