//! Wrong about origins, redirect-taint and the Origin header.

use fetch_model::{
    FetchStandard, Origin, RedirectTaint, ReferrerPolicy, Request, RequestMode, ResponseTainting, Rules,
};

/// The header as the standard has it, had the request this referrer policy.
fn as_if(request: &mut Request, policy: ReferrerPolicy) {
    let own = std::mem::replace(&mut request.referrer_policy, policy);
    FetchStandard.append_a_request_origin_header(request);
    request.referrer_policy = own;
}

mutants! {
    "an opaque origin tells the page it is in" breaks ["R3", "R5", "R6"] {
        fn serialize_a_request_origin(&self, request: &Request) -> String {
            match FetchStandard.serialize_a_request_origin(request).as_str() {
                "null" if request.origin.scheme().is_none() => request.client.top_level_origin.serialize(),
                other => other.to_owned(),
            }
        }
    }

    "the default port is told" breaks ["R4"] {
        fn serialize_a_request_origin(&self, request: &Request) -> String {
            let origin = FetchStandard.serialize_a_request_origin(request);
            let has_port = origin.rsplit(':').next().is_some_and(|port| port.parse::<u16>().is_ok());
            if origin.starts_with("https://") && !has_port { origin + ":443" } else { origin }
        }
    }

    "an origin ends with a slash" breaks ["R4"] {
        fn serialize_a_request_origin(&self, request: &Request) -> String {
            let origin = FetchStandard.serialize_a_request_origin(request);
            if origin == "null" { origin } else { origin + "/" }
        }
    }

    "a CORS GET does not tell its origin" breaks ["R11"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            if request.method != "GET" {
                FetchStandard.append_a_request_origin_header(request);
            }
        }
    }

    "no-referrer hides the origin of a CORS request" breaks ["R11"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            FetchStandard.append_a_request_origin_header(request);
            if request.referrer_policy == ReferrerPolicy::NoReferrer
                && request.response_tainting == ResponseTainting::Cors
            {
                request.header_list.delete("Origin");
                request.header_list.append("Origin", "null");
            }
        }
    }

    "a same-origin GET tells its origin" breaks ["R12"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            FetchStandard.append_a_request_origin_header(request);
            if !request.header_list.contains("Origin") && request.response_tainting == ResponseTainting::Basic
            {
                request.header_list.append("Origin", &FetchStandard.serialize_a_request_origin(request));
            }
        }
    }

    "a no-cors GET tells its origin" breaks ["R12"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            FetchStandard.append_a_request_origin_header(request);
            if !request.header_list.contains("Origin")
                && request.response_tainting == ResponseTainting::Opaque
            {
                request.header_list.append("Origin", &FetchStandard.serialize_a_request_origin(request));
            }
        }
    }

    "a same-origin POST does not tell its origin" breaks ["R13"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            if request.response_tainting != ResponseTainting::Basic {
                FetchStandard.append_a_request_origin_header(request);
            }
        }
    }

    "no-referrer hides the origin of a same-origin POST by CORS" breaks ["R13"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            let mode = request.mode;
            if mode == RequestMode::Cors && request.response_tainting == ResponseTainting::Basic {
                request.mode = RequestMode::SameOrigin;
            }
            FetchStandard.append_a_request_origin_header(request);
            request.mode = mode;
        }
    }

    "no-referrer does not hide the origin of a no-cors POST" breaks ["R14"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            let policy = match request.referrer_policy {
                ReferrerPolicy::NoReferrer => ReferrerPolicy::UnsafeUrl,
                other => other,
            };
            as_if(request, policy);
        }
    }

    "the origin of an https page is told to http" breaks ["R15"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            let policy = match request.referrer_policy {
                ReferrerPolicy::NoReferrerWhenDowngrade
                | ReferrerPolicy::StrictOrigin
                | ReferrerPolicy::StrictOriginWhenCrossOrigin => ReferrerPolicy::UnsafeUrl,
                other => other,
            };
            as_if(request, policy);
        }
    }

    "the policy same-origin does not hide the origin from others" breaks ["R16"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            let policy = match request.referrer_policy {
                ReferrerPolicy::SameOrigin => ReferrerPolicy::UnsafeUrl,
                other => other,
            };
            as_if(request, policy);
        }
    }

    "the policy origin-when-cross-origin hides the origin" breaks ["R17"] {
        fn append_a_request_origin_header(&self, request: &mut Request) {
            let policy = match request.referrer_policy {
                ReferrerPolicy::Origin
                | ReferrerPolicy::OriginWhenCrossOrigin
                | ReferrerPolicy::UnsafeUrl => ReferrerPolicy::NoReferrer,
                other => other,
            };
            as_if(request, policy);
        }
    }

    "the Origin is kept after a cross-origin redirect" breaks ["R19", "R84"] {
        fn serialize_a_request_origin(&self, request: &Request) -> String {
            request.origin.serialize()
        }
    }

    "only another site taints" breaks ["R19", "R83", "R84"] {
        fn redirect_taint(&self, request: &Request) -> RedirectTaint {
            match FetchStandard.redirect_taint(request) {
                RedirectTaint::SameSite => RedirectTaint::SameOrigin,
                other => other,
            }
        }
    }

    "any hop to another origin taints" breaks ["R85"] {
        fn redirect_taint(&self, request: &Request) -> RedirectTaint {
            let crosses = request.url_list().windows(2).any(|hop| Origin::of(&hop[0]) != Origin::of(&hop[1]));
            if crosses { RedirectTaint::CrossSite } else { RedirectTaint::SameOrigin }
        }
    }

    "the way back to the page's own origin does not taint" breaks ["R85"] {
        fn redirect_taint(&self, request: &Request) -> RedirectTaint {
            if request.is_same_origin() {
                RedirectTaint::SameOrigin
            } else {
                FetchStandard.redirect_taint(request)
            }
        }
    }
}
