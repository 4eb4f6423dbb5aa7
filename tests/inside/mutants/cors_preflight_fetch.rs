//! Wrong about which answer to a preflight grants enough.

use fetch_model::{
    CredentialsMode, FetchStandard, Grant, HeaderList, InternalResponse, Reason, Request, header::Unparsable,
};

use super::mutant::but;

/// The grant as if the request had no credentials, so that `*` is a wildcard.
fn without_credentials(request: &Request) -> Request {
    but(request, |request| request.credentials_mode = CredentialsMode::Omit)
}

fn lower(items: &[String]) -> Vec<String> {
    items.iter().map(|item| item.to_ascii_lowercase()).collect()
}

mutants! {
    "a preflight may be redirected" breaks ["R66"] {
        fn check_preflight_response(
            &self,
            request: &Request,
            response: &InternalResponse,
        ) -> Result<(), Reason> {
            match FetchStandard.check_preflight_response(request, response) {
                Err(Reason::PreflightRedirect) => Ok(()),
                other => other,
            }
        }
    }

    "a preflight may be answered with any status" breaks ["R67"] {
        fn is_ok_status(&self, _status: u16) -> bool {
            true
        }
    }

    "a preflight is answered with 200 or 204" breaks ["R67"] {
        fn is_ok_status(&self, status: u16) -> bool {
            matches!(status, 200 | 204)
        }
    }

    "a preflight may be answered with 304" breaks ["R67"] {
        fn is_ok_status(&self, status: u16) -> bool {
            status == 304 || FetchStandard.is_ok_status(status)
        }
    }

    "a preflight's answer need not allow credentials" breaks ["R68"] {
        fn check_preflight_response(
            &self,
            request: &Request,
            response: &InternalResponse,
        ) -> Result<(), Reason> {
            FetchStandard.check_preflight_response(&without_credentials(request), response)
        }
    }

    "a preflight's answer need not allow the origin" breaks ["R68"] {
        fn check_preflight_response(
            &self,
            request: &Request,
            response: &InternalResponse,
        ) -> Result<(), Reason> {
            match FetchStandard.check_preflight_response(request, response) {
                Err(Reason::AllowOriginMissing | Reason::AllowOriginMismatch) => Ok(()),
                other => other,
            }
        }
    }

    "what cannot be parsed counts as absent" breaks ["R70"] {
        fn extract_header_list_values(
            &self,
            name: &str,
            list: &HeaderList,
        ) -> Result<Option<Vec<String>>, Unparsable> {
            Ok(FetchStandard.extract_header_list_values(name, list).unwrap_or_default())
        }
    }

    "one bad Access-Control-Allow-Headers does no harm" breaks ["R70"] {
        fn extract_grant(&self, request: &Request, response: &HeaderList) -> Result<Grant, Reason> {
            let good: HeaderList = response
                .iter()
                .filter(|(name, value)| {
                    !name.eq_ignore_ascii_case("access-control-allow-headers") || !value.contains(['"', ' '])
                })
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            FetchStandard.extract_grant(request, &good)
        }
    }

    "an empty member spoils a list" breaks ["R71"] {
        fn extract_header_list_values(
            &self,
            name: &str,
            list: &HeaderList,
        ) -> Result<Option<Vec<String>>, Unparsable> {
            let has_empty =
                |value: &str| value.contains(',') && value.split(',').any(|member| member.trim().is_empty());
            if list.values(name).any(has_empty) {
                return Err(Unparsable);
            }
            FetchStandard.extract_header_list_values(name, list)
        }
    }

    "of several lines of a list the first counts" breaks ["R71"] {
        fn extract_header_list_values(
            &self,
            name: &str,
            list: &HeaderList,
        ) -> Result<Option<Vec<String>>, Unparsable> {
            let first: HeaderList =
                list.values(name).take(1).map(|value| (name.to_owned(), value.to_owned())).collect();
            FetchStandard.extract_header_list_values(name, &first)
        }
    }

    "members may be separated by spaces" breaks ["R71"] {
        fn extract_header_list_values(
            &self,
            name: &str,
            list: &HeaderList,
        ) -> Result<Option<Vec<String>>, Unparsable> {
            let commas: HeaderList =
                list.values(name).map(|value| (name.to_owned(), value.replace(' ', ","))).collect();
            FetchStandard.extract_header_list_values(name, &commas)
        }
    }

    "members may be quoted" breaks ["R71"] {
        fn extract_header_list_values(
            &self,
            name: &str,
            list: &HeaderList,
        ) -> Result<Option<Vec<String>>, Unparsable> {
            let bare: HeaderList =
                list.values(name).map(|value| (name.to_owned(), value.replace('"', ""))).collect();
            FetchStandard.extract_header_list_values(name, &bare)
        }
    }

    "a forced preflight, too, must be told its method" breaks ["R72"] {
        fn is_covered(&self, request: &Request, grant: &Grant) -> Result<(), Reason> {
            let safelisted = FetchStandard.is_cors_safelisted_method(&request.method);
            let lists = grant
                .methods
                .as_ref()
                .is_some_and(|methods| methods.len() == 1 && methods[0] == request.method);
            let forced = request.use_cors_preflight == fetch_model::UseCorsPreflight::Set;
            if forced && lists && !safelisted {
                return Err(Reason::MethodNotAllowed);
            }
            FetchStandard.is_covered(request, grant)
        }
    }

    "methods are compared without case" breaks ["R73"] {
        fn is_covered(&self, request: &Request, grant: &Grant) -> Result<(), Reason> {
            let methods = grant.methods.as_deref().map(lower);
            match FetchStandard.is_covered(request, grant) {
                Err(Reason::MethodNotAllowed) => {
                    let lower = but(request, |request| request.method.make_ascii_lowercase());
                    FetchStandard.is_covered(&lower, &Grant { methods, ..grant.clone() })
                }
                other => other,
            }
        }
    }

    "a method need not be listed" breaks ["R73"] {
        fn is_covered(&self, request: &Request, grant: &Grant) -> Result<(), Reason> {
            match FetchStandard.is_covered(request, grant) {
                Err(Reason::MethodNotAllowed) => Ok(()),
                other => other,
            }
        }
    }

    "safelisted methods must be listed" breaks ["R74"] {
        fn is_covered(&self, request: &Request, grant: &Grant) -> Result<(), Reason> {
            match &grant.methods {
                Some(methods) if !methods.contains(&request.method) && !methods.contains(&"*".to_owned()) => {
                    Err(Reason::MethodNotAllowed)
                }
                _ => FetchStandard.is_covered(request, grant),
            }
        }
    }

    "* is the method * alone" breaks ["R75"] {
        fn is_covered(&self, request: &Request, grant: &Grant) -> Result<(), Reason> {
            let methods = grant
                .methods
                .iter()
                .flatten()
                .filter(|method| *method != "*" || request.method == "*")
                .cloned()
                .collect();
            FetchStandard.is_covered(request, &Grant { methods: Some(methods), ..grant.clone() })
        }
    }

    "* covers methods with credentials" breaks ["R76"] {
        fn is_covered(&self, request: &Request, grant: &Grant) -> Result<(), Reason> {
            match FetchStandard.is_covered(request, grant) {
                Err(Reason::MethodNotAllowed) => {
                    FetchStandard.is_covered(&without_credentials(request), grant)
                }
                other => other,
            }
        }
    }

    "Authorization is covered by *" breaks ["R77"] {
        fn is_cors_non_wildcard_request_header_name(&self, _name: &str) -> bool {
            false
        }
    }

    "header names are compared as they are written" breaks ["R78"] {
        fn is_covered(&self, request: &Request, grant: &Grant) -> Result<(), Reason> {
            let header_names = grant
                .header_names
                .iter()
                .filter(|name| **name == name.to_ascii_lowercase())
                .cloned()
                .collect();
            FetchStandard.is_covered(request, &Grant { header_names, ..grant.clone() })
        }
    }

    "one listed header is enough" breaks ["R78"] {
        fn is_covered(&self, request: &Request, grant: &Grant) -> Result<(), Reason> {
            let names = FetchStandard.cors_unsafe_request_header_names(&request.header_list);
            match FetchStandard.is_covered(request, grant) {
                Err(Reason::HeaderNotAllowed)
                    if names.iter().any(|name| lower(&grant.header_names).contains(name)) =>
                {
                    Ok(())
                }
                other => other,
            }
        }
    }

    "* is the header * alone" breaks ["R78"] {
        fn is_covered(&self, request: &Request, grant: &Grant) -> Result<(), Reason> {
            let header_names = grant
                .header_names
                .iter()
                .filter(|name| *name != "*" || request.header_list.contains("*"))
                .cloned()
                .collect();
            FetchStandard.is_covered(request, &Grant { header_names, ..grant.clone() })
        }
    }

    "* covers headers with credentials" breaks ["R79"] {
        fn is_covered(&self, request: &Request, grant: &Grant) -> Result<(), Reason> {
            match FetchStandard.is_covered(request, grant) {
                Err(Reason::HeaderNotAllowed) => {
                    FetchStandard.is_covered(&without_credentials(request), grant)
                }
                other => other,
            }
        }
    }

    "what is allowed beyond need is refused" breaks ["R80"] {
        fn is_covered(&self, request: &Request, grant: &Grant) -> Result<(), Reason> {
            let names = FetchStandard.cors_unsafe_request_header_names(&request.header_list);
            if lower(&grant.header_names).iter().any(|name| name != "*" && !names.contains(name)) {
                return Err(Reason::HeaderNotAllowed);
            }
            FetchStandard.is_covered(request, grant)
        }
    }

    "safe names with long values need not be listed" breaks ["R81"] {
        fn is_covered(&self, request: &Request, grant: &Grant) -> Result<(), Reason> {
            let safe =
                ["accept", "accept-language", "content-language", "content-type", "range"].map(str::to_owned);
            let header_names = grant.header_names.iter().cloned().chain(safe).collect();
            FetchStandard.is_covered(request, &Grant { header_names, ..grant.clone() })
        }
    }

    "a preflight's answer has no body" breaks ["R69"] {
        fn check_preflight_response(&self, request: &Request, response: &InternalResponse) -> Result<(), Reason> {
            if !response.body.is_empty() {
                return Err(Reason::PreflightStatus);
            }
            FetchStandard.check_preflight_response(request, response)
        }
    }
}
