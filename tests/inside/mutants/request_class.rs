//! Wrong about what a script hands over.

use fetch_model::{
    BodySource, CacheMode, Client, CredentialsMode, FetchStandard, Origin, Reason, RedirectMode, Request,
    RequestInit, RequestMode, Synchronous, UseCorsPreflight, XhrInit, request::UnsafeRequest,
};
use url::Url;

mutants! {
    "who is in a frame asks in the name of the page around it" breaks ["R1"] {
        fn new_request(
            &self,
            input: &str,
            init: RequestInit,
            _origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            FetchStandard.new_request(input, init, client.top_level_origin.clone(), client)
        }
    }

    "who asks is whose server is asked" breaks ["R1"] {
        fn new_request(
            &self,
            input: &str,
            init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            let other = Url::parse(input).ok().and_then(|url| Origin::of(&url)).unwrap_or(origin);
            FetchStandard.new_request(input, init, other, client)
        }
    }

    "the type of a body goes unsaid" breaks ["R38"] {
        fn new_request(
            &self,
            input: &str,
            mut init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            if let Some(body) = &mut init.body {
                body.r#type = None;
            }
            FetchStandard.new_request(input, init, origin, client)
        }
    }

    "a string is sent as application/octet-stream" breaks ["R38"] {
        fn new_request(
            &self,
            input: &str,
            mut init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            if let Some(body) =
                init.body.as_mut().filter(|body| body.r#type.as_deref() == Some("text/plain;charset=UTF-8"))
            {
                body.r#type = Some("application/octet-stream".to_owned());
            }
            FetchStandard.new_request(input, init, origin, client)
        }
    }

    "a stream is uploaded unasked" breaks ["R40"] {
        fn new_request(
            &self,
            input: &str,
            init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            let mut request = FetchStandard.new_request(input, init, origin, client)?;
            request.use_cors_preflight = UseCorsPreflight::Unset;
            Ok(request)
        }
    }

    "every request is asked about first" breaks ["R51"] {
        fn new_request(
            &self,
            input: &str,
            init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            let mut request = FetchStandard.new_request(input, init, origin, client)?;
            request.use_cors_preflight = UseCorsPreflight::Set;
            Ok(request)
        }
    }

    "an upload may be listened to unasked" breaks ["R41"] {
        fn send(
            &self,
            input: &str,
            mut init: XhrInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            init.upload_listener = UseCorsPreflight::Unset;
            FetchStandard.send(input, init, origin, client)
        }
    }

    "fetch() includes credentials unasked" breaks ["R130"] {
        fn new_request(
            &self,
            input: &str,
            mut init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            init.credentials = init.credentials.or(Some(CredentialsMode::Include));
            FetchStandard.new_request(input, init, origin, client)
        }
    }

    "fetch() omits credentials unasked" breaks ["R130"] {
        fn new_request(
            &self,
            input: &str,
            mut init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            init.credentials = init.credentials.or(Some(CredentialsMode::Omit));
            FetchStandard.new_request(input, init, origin, client)
        }
    }

    "withCredentials is ignored" breaks ["R130"] {
        fn send(
            &self,
            input: &str,
            init: XhrInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            let mut request = FetchStandard.send(input, init, origin, client)?;
            request.credentials_mode = CredentialsMode::SameOrigin;
            Ok(request)
        }
    }

    "an XHR always has credentials" breaks ["R130"] {
        fn send(
            &self,
            input: &str,
            init: XhrInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            let mut request = FetchStandard.send(input, init, origin, client)?;
            request.credentials_mode = CredentialsMode::Include;
            Ok(request)
        }
    }

    "credentials in a URL are taken off" breaks ["R133"] {
        fn new_request(
            &self,
            input: &str,
            init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            let mut url: Url = input.parse().map_err(|_| Reason::InvalidRequest)?;
            url.set_username("")
                .and_then(|()| url.set_password(None))
                .map_err(|()| Reason::InvalidRequest)?;
            FetchStandard.new_request(url.as_str(), init, origin, client)
        }
    }

    "no-cors takes any method" breaks ["R150"] {
        fn new_request(
            &self,
            input: &str,
            mut init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            let method = if init.mode == Some(RequestMode::NoCors) { init.method.take() } else { None };
            let mut request = FetchStandard.new_request(input, init, origin, client)?;
            if let Some(method) = method {
                request.method = FetchStandard.normalize(&method);
            }
            Ok(request)
        }
    }

    "only-if-cached goes with every mode" breaks ["R164"] {
        fn new_request(
            &self,
            input: &str,
            mut init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            if init.cache == Some(CacheMode::OnlyIfCached) {
                init.cache = None;
            }
            FetchStandard.new_request(input, init, origin, client)
        }
    }

    "a stream goes with no-cors" breaks ["R165"] {
        fn new_request(
            &self,
            input: &str,
            mut init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            if init.mode == Some(RequestMode::NoCors)
                && let Some(body) = &mut init.body
            {
                body.body.source = BodySource::Bytes;
            }
            FetchStandard.new_request(input, init, origin, client)
        }
    }

    "a GET with a body goes without it" breaks ["R166"] {
        fn new_request(
            &self,
            input: &str,
            mut init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            if init.method.as_deref().is_none_or(|method| method.eq_ignore_ascii_case("GET")) {
                init.body = None;
            }
            FetchStandard.new_request(input, init, origin, client)
        }
    }

    "redirect mode error follows" breaks ["R88"] {
        fn new_request(
            &self,
            input: &str,
            mut init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            init.redirect = init.redirect.filter(|mode| *mode != RedirectMode::Error);
            FetchStandard.new_request(input, init, origin, client)
        }
    }

    "redirect mode manual follows" breaks ["R88"] {
        fn new_request(
            &self,
            input: &str,
            mut init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            init.redirect = init.redirect.filter(|mode| *mode != RedirectMode::Manual);
            FetchStandard.new_request(input, init, origin, client)
        }
    }

    "Authorization is left out with credentials omit" breaks ["R134"] {
        fn new_request(
            &self,
            input: &str,
            mut init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            if init.credentials == Some(CredentialsMode::Omit) {
                init.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
            }
            FetchStandard.new_request(input, init, origin, client)
        }
    }

    "mode navigate is mode same-origin" breaks ["R163"] {
        fn new_request(
            &self,
            input: &str,
            mut init: RequestInit,
            origin: Origin,
            client: Client,
        ) -> Result<Request, Reason> {
            if init.mode == Some(RequestMode::Navigate) {
                init.mode = Some(RequestMode::SameOrigin);
            }
            FetchStandard.new_request(input, init, origin, client)
        }
    }

    "a synchronous request is asked about by nobody" breaks ["R190"] {
        fn send(&self, input: &str, init: XhrInit, origin: Origin, client: Client) -> Result<Request, Reason> {
            let synchronous = init.synchronous;
            let mut request = FetchStandard.send(input, init, origin, client)?;
            if synchronous == Synchronous::Set {
                request.unsafe_request = UnsafeRequest::Unset;
            }
            Ok(request)
        }
    }

    "a synchronous request stays at home" breaks ["R190"] {
        fn send(&self, input: &str, init: XhrInit, origin: Origin, client: Client) -> Result<Request, Reason> {
            let synchronous = init.synchronous;
            let mut request = FetchStandard.send(input, init, origin, client)?;
            if synchronous == Synchronous::Set {
                request.mode = RequestMode::SameOrigin;
            }
            Ok(request)
        }
    }

    "a synchronous request carries no credentials" breaks ["R190"] {
        fn send(&self, input: &str, init: XhrInit, origin: Origin, client: Client) -> Result<Request, Reason> {
            let synchronous = init.synchronous;
            let mut request = FetchStandard.send(input, init, origin, client)?;
            if synchronous == Synchronous::Set {
                request.credentials_mode = CredentialsMode::Omit;
            }
            Ok(request)
        }
    }
}
