//! Wrong about what a page's own policies say.

use fetch_model::{
    CredentialsMode, EmbedderPolicy, FetchStandard, HeaderList, Reason, Request, RequestMode,
    ResponseTainting, TimingAllowFailed,
};

use super::mutant::but;

mutants! {
    "the embedder policy require-corp is not looked at" breaks ["R158"] {
        fn cross_origin_resource_policy_check(
            &self,
            request: &Request,
            response: &HeaderList,
        ) -> Result<(), Reason> {
            let careless = but(request, |request| {
                request.client.policy_container.embedder_policy = EmbedderPolicy::UnsafeNone;
            });
            FetchStandard.cross_origin_resource_policy_check(&careless, response)
        }
    }

    "credentialless is as strict as require-corp" breaks ["R158"] {
        fn cross_origin_resource_policy_check(
            &self,
            request: &Request,
            response: &HeaderList,
        ) -> Result<(), Reason> {
            let strict = but(request, |request| {
                let policy = &mut request.client.policy_container.embedder_policy;
                if *policy == EmbedderPolicy::Credentialless {
                    *policy = EmbedderPolicy::RequireCorp;
                }
            });
            FetchStandard.cross_origin_resource_policy_check(&strict, response)
        }
    }

    "credentialless leaves credentials alone" breaks ["R135"] {
        fn cross_origin_embedder_policy_allows_credentials(&self, _request: &Request) -> bool {
            true
        }
    }

    "credentialless takes them from CORS requests too" breaks ["R135"] {
        fn cross_origin_embedder_policy_allows_credentials(&self, request: &Request) -> bool {
            FetchStandard
                .cross_origin_embedder_policy_allows_credentials(&but(request, |request| request.mode = RequestMode::NoCors))
        }
    }

    "credentialless takes them from the page's own server" breaks ["R135"] {
        fn cross_origin_embedder_policy_allows_credentials(&self, request: &Request) -> bool {
            request.mode != RequestMode::NoCors
                || request.client.policy_container.embedder_policy != EmbedderPolicy::Credentialless
        }
    }

    "require-corp takes credentials as well" breaks ["R135"] {
        fn cross_origin_embedder_policy_allows_credentials(&self, request: &Request) -> bool {
            request.mode != RequestMode::NoCors
                || request.credentials_mode != CredentialsMode::Include
                || request.is_same_origin()
                || request.client.policy_container.embedder_policy == EmbedderPolicy::UnsafeNone
        }
    }

    "upgrade-insecure-requests upgrades nothing" breaks ["R55"] {
        fn upgrade_request_to_a_potentially_trustworthy_url(&self, _request: &mut Request) {}
    }

    "upgrade-insecure-requests leaves redirects alone" breaks ["R55"] {
        fn upgrade_request_to_a_potentially_trustworthy_url(&self, request: &mut Request) {
            if request.redirect_count == 0 {
                FetchStandard.upgrade_request_to_a_potentially_trustworthy_url(request);
            }
        }
    }

    "an http page is not upgraded" breaks ["R55"] {
        fn upgrade_request_to_a_potentially_trustworthy_url(&self, request: &mut Request) {
            if request.origin.scheme() == Some("https") {
                FetchStandard.upgrade_request_to_a_potentially_trustworthy_url(request);
            }
        }
    }

    "images are not upgraded" breaks ["R54"] {
        fn upgrade_a_mixed_content_request(&self, _request: &mut Request) {}
    }

    "Content-Security-Policy is not looked at" breaks ["R54"] {
        fn should_request_be_blocked_by_content_security_policy(&self, _request: &Request) -> Result<(), Reason> {
            Ok(())
        }
    }

    "Content-Security-Policy is not looked at after a redirect" breaks ["R54"] {
        fn should_request_be_blocked_by_content_security_policy(&self, request: &Request) -> Result<(), Reason> {
            if request.redirect_count > 0 {
                return Ok(());
            }
            FetchStandard.should_request_be_blocked_by_content_security_policy(request)
        }
    }

    "of several policies the first one counts" breaks ["R54"] {
        fn should_request_be_blocked_by_content_security_policy(&self, request: &Request) -> Result<(), Reason> {
            FetchStandard.should_request_be_blocked_by_content_security_policy(&but(request, |request| {
                request.client.policy_container.csp_list.truncate(1);
            }))
        }
    }

    "a path counts after a redirect too" breaks ["R54"] {
        fn should_request_be_blocked_by_content_security_policy(&self, request: &Request) -> Result<(), Reason> {
            FetchStandard
                .should_request_be_blocked_by_content_security_policy(&but(request, |request| request.redirect_count = 0))
        }
    }

    "every response lets its times be seen" breaks ["R186"] {
        fn tao_check(&self, _request: &Request, _response: &HeaderList) -> TimingAllowFailed {
            TimingAllowFailed::Unset
        }
    }

    "what CORS grants lets its times be seen" breaks ["R186"] {
        fn tao_check(&self, request: &Request, response: &HeaderList) -> TimingAllowFailed {
            if request.response_tainting == ResponseTainting::Cors {
                TimingAllowFailed::Unset
            } else {
                FetchStandard.tao_check(request, response)
            }
        }
    }

    "of a redirected response the last one's word counts" breaks ["R186"] {
        fn tao_check(&self, request: &Request, response: &HeaderList) -> TimingAllowFailed {
            FetchStandard.tao_check(
                &but(request, |request| request.timing_allow_failed = TimingAllowFailed::Unset),
                response,
            )
        }
    }

    "Timing-Allow-Origin is one value" breaks ["R186"] {
        fn tao_check(&self, request: &Request, response: &HeaderList) -> TimingAllowFailed {
            let value = response.get("Timing-Allow-Origin").unwrap_or_default();
            if value.contains(',') { TimingAllowFailed::Set } else { FetchStandard.tao_check(request, response) }
        }
    }

    "times of other origins are never seen" breaks ["R186"] {
        fn tao_check(&self, request: &Request, _response: &HeaderList) -> TimingAllowFailed {
            if request.is_same_origin() { TimingAllowFailed::Unset } else { TimingAllowFailed::Set }
        }
    }
}
