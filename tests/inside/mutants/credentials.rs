//! Wrong about cookies, going and coming.

use fetch_model::{
    Credentials, CredentialsMode, FetchStandard, InternalResponse, Request, ResponseTainting, SameSiteMode,
};

mutants! {
    "credentials are never sent to another origin" breaks ["R127"] {
        fn include_credentials(&self, request: &Request) -> Credentials {
            match request.response_tainting {
                ResponseTainting::Basic => FetchStandard.include_credentials(request),
                ResponseTainting::Cors | ResponseTainting::Opaque => Credentials::Excluded,
            }
        }
    }

    "Set-Cookie of another origin is not honoured" breaks ["R127"] {
        fn honours_set_cookie(&self, request: &Request, response: &InternalResponse) -> bool {
            request.response_tainting == ResponseTainting::Basic
                && FetchStandard.honours_set_cookie(request, response)
        }
    }

    "no-cors sends no cookies" breaks ["R48", "R127"] {
        fn include_credentials(&self, request: &Request) -> Credentials {
            match request.response_tainting {
                ResponseTainting::Opaque => Credentials::Excluded,
                ResponseTainting::Basic | ResponseTainting::Cors => {
                    FetchStandard.include_credentials(request)
                }
            }
        }
    }

    "mode same-origin sends cookies to other origins" breaks ["R128"] {
        fn include_credentials(&self, request: &Request) -> Credentials {
            match request.credentials_mode {
                CredentialsMode::SameOrigin => Credentials::Included,
                CredentialsMode::Include | CredentialsMode::Omit => {
                    FetchStandard.include_credentials(request)
                }
            }
        }
    }

    "mode same-origin sends no cookies at all" breaks ["R128"] {
        fn include_credentials(&self, request: &Request) -> Credentials {
            match request.credentials_mode {
                CredentialsMode::Include => Credentials::Included,
                CredentialsMode::SameOrigin | CredentialsMode::Omit => Credentials::Excluded,
            }
        }
    }

    "mode same-origin sends cookies again when the way leads home" breaks ["R128"] {
        fn include_credentials(&self, request: &Request) -> Credentials {
            match request.credentials_mode {
                CredentialsMode::SameOrigin if request.is_same_origin() => Credentials::Included,
                _ => FetchStandard.include_credentials(request),
            }
        }
    }

    "mode omit sends cookies" breaks ["R129"] {
        fn include_credentials(&self, request: &Request) -> Credentials {
            match request.credentials_mode {
                CredentialsMode::Omit => Credentials::Included,
                CredentialsMode::Include | CredentialsMode::SameOrigin => {
                    FetchStandard.include_credentials(request)
                }
            }
        }
    }

    "mode omit honours Set-Cookie" breaks ["R129"] {
        fn honours_set_cookie(&self, request: &Request, response: &InternalResponse) -> bool {
            request.credentials_mode == CredentialsMode::Omit
                || FetchStandard.honours_set_cookie(request, response)
        }
    }

    "a cookie is lost where the CORS check fails" breaks ["R124"] {
        fn honours_set_cookie(&self, request: &Request, response: &InternalResponse) -> bool {
            FetchStandard.honours_set_cookie(request, response)
                && (request.response_tainting != ResponseTainting::Cors
                    || FetchStandard.cors_check(request, &response.header_list).is_ok())
        }
    }

    "SameSite is not looked at" breaks ["R103", "R127"] {
        fn determine_the_same_site_mode(&self, _request: &Request) -> SameSiteMode {
            SameSiteMode::StrictOrLess
        }
    }
}
