//! Wrong about methods.

use fetch_model::FetchStandard;

mutants! {
    "patch is upper-cased like the others" breaks ["R20"] {
        fn normalize(&self, method: &str) -> String {
            method.to_ascii_uppercase()
        }
    }

    "put is sent as it is written" breaks ["R20"] {
        fn normalize(&self, method: &str) -> String {
            if method.eq_ignore_ascii_case("put") {
                method.to_owned()
            } else {
                FetchStandard.normalize(method)
            }
        }
    }

    "TRACE may be sent" breaks ["R21"] {
        fn is_forbidden_method(&self, method: &str) -> bool {
            !method.eq_ignore_ascii_case("TRACE") && FetchStandard.is_forbidden_method(method)
        }
    }

    "forbidden methods are known in upper case alone" breaks ["R21"] {
        fn is_forbidden_method(&self, method: &str) -> bool {
            ["CONNECT", "TRACE", "TRACK"].contains(&method)
        }
    }

    "PUT is safelisted" breaks ["R22", "R50"] {
        fn is_cors_safelisted_method(&self, method: &str) -> bool {
            method == "PUT" || FetchStandard.is_cors_safelisted_method(method)
        }
    }

    "HEAD is not safelisted" breaks ["R22"] {
        fn is_cors_safelisted_method(&self, method: &str) -> bool {
            matches!(method, "GET" | "POST")
        }
    }

    "OPTIONS is safelisted" breaks ["R22"] {
        fn is_cors_safelisted_method(&self, method: &str) -> bool {
            method == "OPTIONS" || FetchStandard.is_cors_safelisted_method(method)
        }
    }
}
