//! Wrong about how elements ask.

use fetch_model::{
    CredentialsMode, CrossOrigin, FetchStandard, Reason, RedirectMode, Request, RequestMode,
    html::{ContentType, Element, Fallback, HtmlRules, PreloadKey, StyleResource},
};

use super::mutant::but;

/// An element with another attribute.
fn with(element: &Element, crossorigin: CrossOrigin) -> Element {
    Element { crossorigin, ..element.clone() }
}

/// What the standard makes of the element, changed.
fn potential(
    element: &Element,
    fallback: Fallback,
    change: impl FnOnce(&mut Request),
) -> Result<Request, Reason> {
    FetchStandard.create_a_potential_cors_request(element, fallback).map(|request| but(&request, change))
}

html_mutants! {
    "an invalid crossorigin is none" breaks ["R131"] {
        fn create_a_potential_cors_request(&self, element: &Element, fallback: Fallback) -> Result<Request, Reason> {
            let state = match element.crossorigin {
                CrossOrigin::Invalid => CrossOrigin::Absent,
                state => state,
            };
            FetchStandard.create_a_potential_cors_request(&with(element, state), fallback)
        }
    }

    "an empty crossorigin is none" breaks ["R131"] {
        fn create_a_potential_cors_request(&self, element: &Element, fallback: Fallback) -> Result<Request, Reason> {
            let state = match element.crossorigin {
                CrossOrigin::Empty => CrossOrigin::Absent,
                state => state,
            };
            FetchStandard.create_a_potential_cors_request(&with(element, state), fallback)
        }
    }

    "an empty crossorigin is use-credentials" breaks ["R131"] {
        fn create_a_potential_cors_request(&self, element: &Element, fallback: Fallback) -> Result<Request, Reason> {
            let state = match element.crossorigin {
                CrossOrigin::Empty => CrossOrigin::UseCredentials,
                state => state,
            };
            FetchStandard.create_a_potential_cors_request(&with(element, state), fallback)
        }
    }

    "elements are anonymous without crossorigin" breaks ["R131"] {
        fn create_a_potential_cors_request(&self, element: &Element, fallback: Fallback) -> Result<Request, Reason> {
            let state = match element.crossorigin {
                CrossOrigin::Absent => CrossOrigin::Anonymous,
                state => state,
            };
            FetchStandard.create_a_potential_cors_request(&with(element, state), fallback)
        }
    }

    "crossorigin is not looked at" breaks ["R131"] {
        fn create_a_potential_cors_request(&self, element: &Element, fallback: Fallback) -> Result<Request, Reason> {
            FetchStandard.create_a_potential_cors_request(&with(element, CrossOrigin::Absent), fallback)
        }
    }

    "use-credentials sends no credentials" breaks ["R131"] {
        fn create_a_potential_cors_request(&self, element: &Element, fallback: Fallback) -> Result<Request, Reason> {
            potential(element, fallback, |request| {
                if request.mode == RequestMode::Cors {
                    request.credentials_mode = CredentialsMode::SameOrigin;
                }
            })
        }
    }

    "anonymous sends credentials" breaks ["R131"] {
        fn create_a_potential_cors_request(&self, element: &Element, fallback: Fallback) -> Result<Request, Reason> {
            potential(element, fallback, |request| request.credentials_mode = CredentialsMode::Include)
        }
    }

    "without crossorigin no credentials are sent" breaks ["R131"] {
        fn create_a_potential_cors_request(&self, element: &Element, fallback: Fallback) -> Result<Request, Reason> {
            potential(element, fallback, |request| {
                if request.mode == RequestMode::NoCors {
                    request.credentials_mode = CredentialsMode::SameOrigin;
                }
            })
        }
    }

    "tracks and shapes fall back to no-cors" breaks ["R175", "R189"] {
        fn create_a_potential_cors_request(&self, element: &Element, _: Fallback) -> Result<Request, Reason> {
            FetchStandard.create_a_potential_cors_request(element, Fallback::NoCors)
        }
    }

    "elements follow no redirect" breaks ["R171", "R172"] {
        fn create_a_potential_cors_request(&self, element: &Element, fallback: Fallback) -> Result<Request, Reason> {
            potential(element, fallback, |request| {
                if request.mode == RequestMode::Cors {
                    request.redirect_mode = RedirectMode::Error;
                }
            })
        }
    }

    "an element's request asks before" breaks ["R39", "R131"] {
        fn create_a_potential_cors_request(&self, element: &Element, fallback: Fallback) -> Result<Request, Reason> {
            potential(element, fallback, |request| {
                request.use_cors_preflight = fetch_model::UseCorsPreflight::Set;
            })
        }
    }

    "module scripts are no-cors without crossorigin" breaks ["R170"] {
        fn module_script_request(&self, element: &Element, credentials: CredentialsMode) -> Result<Request, Reason> {
            let request = FetchStandard.module_script_request(element, credentials)?;
            Ok(but(&request, |request| {
                if element.crossorigin == CrossOrigin::Absent {
                    request.mode = RequestMode::NoCors;
                }
            }))
        }
    }

    "module scripts always send credentials" breaks ["R170"] {
        fn cors_settings_attribute_credentials_mode(&self, _: CrossOrigin) -> CredentialsMode {
            CredentialsMode::Include
        }
    }

    "module scripts never send credentials" breaks ["R170"] {
        fn cors_settings_attribute_credentials_mode(&self, _: CrossOrigin) -> CredentialsMode {
            CredentialsMode::SameOrigin
        }
    }

    "a worker's script may be of another origin" breaks ["R180"] {
        fn worker_script_request(&self, element: &Element) -> Result<Request, Reason> {
            FetchStandard.imported_script_request(element)
        }
    }

    "a worker's script is by CORS" breaks ["R180"] {
        fn worker_script_request(&self, element: &Element) -> Result<Request, Reason> {
            FetchStandard.module_script_request(element, CredentialsMode::SameOrigin)
        }
    }

    "importScripts() is for the same origin" breaks ["R180"] {
        fn imported_script_request(&self, element: &Element) -> Result<Request, Reason> {
            FetchStandard.worker_script_request(element)
        }
    }

    "importScripts() is by CORS" breaks ["R180"] {
        fn imported_script_request(&self, element: &Element) -> Result<Request, Reason> {
            FetchStandard.module_script_request(element, CredentialsMode::SameOrigin)
        }
    }

    "fonts are no-cors" breaks ["R176"] {
        fn style_resource_request(&self, element: &Element, resource: StyleResource) -> Result<Request, Reason> {
            let resource = if resource == StyleResource::Font { StyleResource::Content } else { resource };
            FetchStandard.style_resource_request(element, resource)
        }
    }

    "masks and shapes are no-cors" breaks ["R176"] {
        fn style_resource_request(&self, element: &Element, resource: StyleResource) -> Result<Request, Reason> {
            let resource = match resource {
                StyleResource::MaskImage | StyleResource::ShapeOutside => StyleResource::Content,
                resource => resource,
            };
            FetchStandard.style_resource_request(element, resource)
        }
    }

    "every CSS image is by CORS" breaks ["R12", "R171"] {
        fn style_resource_request(&self, element: &Element, resource: StyleResource) -> Result<Request, Reason> {
            let resource = match resource {
                StyleResource::BackgroundImage | StyleResource::Content => StyleResource::MaskImage,
                resource => resource,
            };
            FetchStandard.style_resource_request(element, resource)
        }
    }

    "fonts are fetched with credentials" breaks ["R176"] {
        fn style_resource_request(&self, element: &Element, resource: StyleResource) -> Result<Request, Reason> {
            let request = FetchStandard.style_resource_request(element, resource)?;
            Ok(but(&request, |request| request.credentials_mode = CredentialsMode::Include))
        }
    }

    "EventSource is no-cors" breaks ["R178"] {
        fn event_source_request(&self, element: &Element, credentials: CredentialsMode) -> Result<Request, Reason> {
            let request = FetchStandard.event_source_request(element, credentials)?;
            Ok(but(&request, |request| request.mode = RequestMode::NoCors))
        }
    }

    "EventSource always sends credentials" breaks ["R178"] {
        fn event_source_request(&self, element: &Element, _: CredentialsMode) -> Result<Request, Reason> {
            FetchStandard.event_source_request(element, CredentialsMode::Include)
        }
    }

    "EventSource never sends credentials" breaks ["R178"] {
        fn event_source_request(&self, element: &Element, _: CredentialsMode) -> Result<Request, Reason> {
            FetchStandard.event_source_request(element, CredentialsMode::SameOrigin)
        }
    }

    "WebSockets are by CORS" breaks ["R187"] {
        fn web_socket_request(&self, element: &Element) -> Result<Request, Reason> {
            let request = FetchStandard.web_socket_request(element)?;
            Ok(but(&request, |request| request.mode = RequestMode::Cors))
        }
    }

    "WebSockets are for the same origin" breaks ["R187"] {
        fn web_socket_request(&self, element: &Element) -> Result<Request, Reason> {
            let request = FetchStandard.web_socket_request(element)?;
            Ok(but(&request, |request| request.mode = RequestMode::SameOrigin))
        }
    }

    "a WebSocket's handshake has no Origin" breaks ["R187"] {
        fn web_socket_request(&self, element: &Element) -> Result<Request, Reason> {
            let request = FetchStandard.web_socket_request(element)?;
            Ok(but(&request, |request| request.mode = RequestMode::NoCors))
        }
    }

    "a form is sent by CORS" breaks ["R188"] {
        fn navigation_request(&self, element: &Element) -> Result<Request, Reason> {
            let request = FetchStandard.navigation_request(element)?;
            Ok(but(&request, |request| request.mode = RequestMode::Cors))
        }
    }

    "a form is sent to its own origin alone" breaks ["R188"] {
        fn navigation_request(&self, element: &Element) -> Result<Request, Reason> {
            let request = FetchStandard.navigation_request(element)?;
            Ok(but(&request, |request| request.mode = RequestMode::SameOrigin))
        }
    }

    "every beacon is by CORS" breaks ["R179"] {
        fn beacon_request(&self, element: &Element, _: ContentType) -> Result<Request, Reason> {
            FetchStandard.beacon_request(element, ContentType::Other)
        }
    }

    "no beacon asks before" breaks ["R179"] {
        fn beacon_request(&self, element: &Element, _: ContentType) -> Result<Request, Reason> {
            FetchStandard.beacon_request(element, ContentType::Safelisted)
        }
    }

    "a beacon has no credentials" breaks ["R179"] {
        fn beacon_request(&self, element: &Element, content_type: ContentType) -> Result<Request, Reason> {
            let request = FetchStandard.beacon_request(element, content_type)?;
            Ok(but(&request, |request| request.credentials_mode = CredentialsMode::SameOrigin))
        }
    }

    "a preload is for any mode" breaks ["R56"] {
        fn is_preload_for(&self, preload: &PreloadKey, consumer: &PreloadKey) -> bool {
            FetchStandard.is_preload_for(&PreloadKey { mode: consumer.mode, ..preload.clone() }, consumer)
        }
    }

    "a preload is for any credentials mode" breaks ["R56", "R177"] {
        fn is_preload_for(&self, preload: &PreloadKey, consumer: &PreloadKey) -> bool {
            let preload = PreloadKey { credentials_mode: consumer.credentials_mode, ..preload.clone() };
            FetchStandard.is_preload_for(&preload, consumer)
        }
    }

    "a preload is for whatever it may be used for" breaks ["R56"] {
        fn is_preload_for(&self, preload: &PreloadKey, consumer: &PreloadKey) -> bool {
            FetchStandard.is_preload_for(&PreloadKey { destination: consumer.destination, ..preload.clone() }, consumer)
        }
    }

    "a preload is for nobody" breaks ["R56", "R177"] {
        fn is_preload_for(&self, _: &PreloadKey, _: &PreloadKey) -> bool {
            false
        }
    }

    "a module worker may be of another origin" breaks ["R180"] {
        fn module_worker_script_request(&self, element: &Element) -> Result<Request, Reason> {
            let mut request = FetchStandard.module_worker_script_request(element)?;
            request.mode = RequestMode::Cors;
            Ok(request)
        }
    }
}
