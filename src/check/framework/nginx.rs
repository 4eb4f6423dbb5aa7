//! nginx, which is configured by `add_header`.

use super::settings::Settings;

/// Directives of the configuration file.
pub(super) const NGINX: Settings = Settings {
    name: "nginx",
    origins: "map $http_origin $cors { default \"\"; \"https://app.example.com\" $http_origin; } and add_header Access-Control-Allow-Origin $cors always.",
    methods: "add_header Access-Control-Allow-Methods \"GET, PUT\" always.",
    request_headers: "add_header Access-Control-Allow-Headers \"Authorization\" always.",
    exposed_headers: "add_header Access-Control-Expose-Headers \"X-Total-Count\" always.",
    credentials: "add_header Access-Control-Allow-Credentials true always.",
    max_age: "add_header Access-Control-Max-Age 600 always, in the OPTIONS block.",
    preflight: "if ($request_method = OPTIONS) { add_header ...; return 204; }",
    plain_options: Some(
        "test $http_access_control_request_method, which preflights alone have, instead of $request_method.",
    ),
    vary: "add_header Vary Origin always.",
    errors: "add_header ... always; without always it is left out of errors, and a block with an add_header of its own inherits none.",
    forwarded_proto: Some("proxy_set_header X-Forwarded-Proto $scheme; in front of the application."),
    no_origin: None,
    slash: Some("a location without a slash at its end: location /items { ... }."),
};
