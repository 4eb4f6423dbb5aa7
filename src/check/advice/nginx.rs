//! nginx, which is told by `add_header`.

use super::knob::Knob;

/// Directives.
pub(super) fn nginx(knob: Knob) -> Option<&'static str> {
    Some(match knob {
        Knob::Origins => {
            "map $http_origin $cors { default \"\"; \"https://app.example.com\" $http_origin; } and add_header Access-Control-Allow-Origin $cors always."
        }
        Knob::Methods => "add_header Access-Control-Allow-Methods \"GET, PUT\" always.",
        Knob::RequestHeaders => "add_header Access-Control-Allow-Headers \"Authorization\" always.",
        Knob::ExposedHeaders => "add_header Access-Control-Expose-Headers \"X-Total-Count\" always.",
        Knob::Credentials => "add_header Access-Control-Allow-Credentials true always.",
        Knob::MaxAge => "add_header Access-Control-Max-Age 600 always, in the OPTIONS block.",
        Knob::Preflight => "if ($request_method = OPTIONS) { add_header ...; return 204; }",
        Knob::PlainOptions => {
            "test $http_access_control_request_method, which preflights alone have, instead of $request_method."
        }
        Knob::Vary => "add_header Vary Origin always.",
        Knob::Errors => {
            "add_header ... always; without always it is left out of errors, and a block with an add_header of its own inherits none."
        }
    })
}
