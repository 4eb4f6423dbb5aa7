//! Wrong about which request headers a script may set.

use fetch_model::{Client, FetchStandard, Origin, Reason, Request, RequestInit};

fn is(name: &str, other: &str) -> bool {
    name.eq_ignore_ascii_case(other)
}

mutants! {
    "a script may set Sec- headers" breaks ["R36"] {
        fn is_forbidden_request_header(&self, name: &str, value: &str) -> bool {
            !name.to_ascii_lowercase().starts_with("sec-")
                && FetchStandard.is_forbidden_request_header(name, value)
        }
    }

    "a script may set Access-Control-Request-Method" breaks ["R36"] {
        fn is_forbidden_request_header(&self, name: &str, value: &str) -> bool {
            !is(name, "access-control-request-method")
                && FetchStandard.is_forbidden_request_header(name, value)
        }
    }

    "a script may set Cookie" breaks ["R36"] {
        fn is_forbidden_request_header(&self, name: &str, value: &str) -> bool {
            !is(name, "cookie") && FetchStandard.is_forbidden_request_header(name, value)
        }
    }

    "X-HTTP-Method-Override may name any method" breaks ["R37"] {
        fn is_forbidden_request_header(&self, name: &str, value: &str) -> bool {
            !is(name, "x-http-method-override") && FetchStandard.is_forbidden_request_header(name, value)
        }
    }

    "X-Method-Override is forbidden whatever it names" breaks ["R37"] {
        fn is_forbidden_request_header(&self, name: &str, value: &str) -> bool {
            is(name, "x-method-override") || FetchStandard.is_forbidden_request_header(name, value)
        }
    }

    "no-cors keeps every header" breaks ["R151"] {
        fn is_no_cors_safelisted_request_header(&self, _name: &str, _value: &str) -> bool {
            true
        }
    }

    "no-cors keeps safe names with any value" breaks ["R151"] {
        fn is_no_cors_safelisted_request_header(&self, name: &str, _value: &str) -> bool {
            FetchStandard.is_no_cors_safelisted_request_header(name, "text/plain")
        }
    }

    "no-cors looks at each value alone" breaks ["R151"] {
        fn is_no_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            value.split(", ").all(|value| FetchStandard.is_no_cors_safelisted_request_header(name, value))
        }
    }

    "no-cors keeps Range" breaks ["R151"] {
        fn new_request(
            &self,
            input: &str,
            init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            let range = init.headers.iter().find(|(name, _)| is(name, "range")).cloned();
            let mut request = FetchStandard.new_request(input, init, origin, client)?;
            if let Some((name, value)) = range.filter(|(name, _)| !request.header_list.contains(name)) {
                request.header_list.append(&name, &value);
            }
            Ok(request)
        }
    }
}
