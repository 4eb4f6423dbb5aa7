//! The settings of frameworks that concern CORS.

/// An aspect of CORS that frameworks let a server configure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Setting {
    /// The origins that may read answers.
    Origins,
    /// The methods that a preflight allows.
    Methods,
    /// The request headers that are granted.
    RequestHeaders,
    /// The response headers that scripts may read.
    ExposedHeaders,
    /// Whether requests with credentials are granted.
    Credentials,
    /// How long the answer to a preflight holds.
    MaxAge,
    /// The server answers preflights at all, before anything refuses them.
    Preflight,
    /// An OPTIONS request that is no preflight reaches the application.
    PlainOptions,
    /// That the answer says `Vary: Origin`.
    Vary,
    /// That errors carry the headers as well.
    Errors,
    /// That the proxy's word is believed on which scheme a client used.
    ForwardedProto,
    /// That requests without an Origin pass.
    NoOrigin,
    /// That a path is answered with and without a slash at its end.
    Slash,
}

/// How each [`Setting`] is made in one framework: code or a line of configuration, and where it belongs.
#[derive(Debug)]
pub(super) struct Settings {
    /// The framework's name in its authors' spelling.
    pub(super) name: &'static str,
    pub(super) origins: &'static str,
    pub(super) methods: &'static str,
    pub(super) request_headers: &'static str,
    pub(super) exposed_headers: &'static str,
    pub(super) credentials: &'static str,
    pub(super) max_age: &'static str,
    pub(super) preflight: &'static str,
    /// How plain OPTIONS requests reach the application; `None` where the framework has no setting for that.
    pub(super) plain_options: Option<&'static str>,
    pub(super) vary: &'static str,
    pub(super) errors: &'static str,
    /// How the proxy's X-Forwarded-Proto is believed; `None` where the framework never looks at the scheme.
    pub(super) forwarded_proto: Option<&'static str>,
    /// How requests without an Origin pass; `None` where they always do.
    pub(super) no_origin: Option<&'static str>,
    /// How redirects by a slash are switched off; `None` where the framework makes none.
    pub(super) slash: Option<&'static str>,
}

impl Settings {
    /// The framework's own words for a setting; `None` where it has none.
    pub(super) fn of(&self, setting: Setting) -> Option<&'static str> {
        match setting {
            Setting::Origins => Some(self.origins),
            Setting::Methods => Some(self.methods),
            Setting::RequestHeaders => Some(self.request_headers),
            Setting::ExposedHeaders => Some(self.exposed_headers),
            Setting::Credentials => Some(self.credentials),
            Setting::MaxAge => Some(self.max_age),
            Setting::Preflight => Some(self.preflight),
            Setting::PlainOptions => self.plain_options,
            Setting::Vary => Some(self.vary),
            Setting::Errors => Some(self.errors),
            Setting::ForwardedProto => self.forwarded_proto,
            Setting::NoOrigin => self.no_origin,
            Setting::Slash => self.slash,
        }
    }
}
