//! The rules of HTML, CSS and their kin that elements, windows and storage consult, as a seam: which mode and which
//! credentials a request has, what of a response is closed to scripts, and who may reach whom.
//!
//! It exists for the same purpose as [`Rules`](crate::Rules): models that are each wrong in one rule
//! (`tests/inside/mutants`). Every body below is the standards' own function, in the file that is named after it.

use super::{
    beacon::{ContentType, beacon_request},
    cross_origin_objects::{
        Needs, PlatformObject, cross_origin_properties, is_cross_origin_property_fallback,
        is_platform_object_same_origin,
    },
    document_origin::{DocumentOrigin, is_content_document_shown, origin_of_document},
    effect::Element,
    event_source::event_source_request,
    link::{PreloadKey, is_preload_for},
    navigation::navigation_request,
    opener_policy::{OpenerPolicy, requires_a_browsing_context_group_switch},
    potential_cors_request::{
        Fallback, cors_settings_attribute_credentials_mode, create_a_potential_cors_request,
    },
    script::{
        imported_script_request, module_script_request, module_worker_script_request, mutes_errors,
        worker_script_request,
    },
    storage::obtain_a_storage_key,
    style_resource::{StyleResource, style_resource_request},
    web_socket::web_socket_request,
    window_post_message::{NotSent, window_post_message},
};
use crate::{CredentialsMode, CrossOrigin, Origin, Reason, Request, UnsafeResponse};

/// One method a rule; each is documented where its body is.
#[expect(missing_docs, reason = "a method is the function of its name, and documented there")]
#[expect(clippy::missing_errors_doc, reason = "as above")]
pub trait HtmlRules {
    // Which mode and which credentials.

    fn create_a_potential_cors_request(
        &self,
        element: &Element,
        fallback: Fallback,
    ) -> Result<Request, Reason> {
        create_a_potential_cors_request(element, fallback)
    }

    fn cors_settings_attribute_credentials_mode(&self, state: CrossOrigin) -> CredentialsMode {
        cors_settings_attribute_credentials_mode(state)
    }

    fn module_script_request(
        &self,
        element: &Element,
        credentials_mode: CredentialsMode,
    ) -> Result<Request, Reason> {
        module_script_request(element, credentials_mode)
    }

    fn worker_script_request(&self, element: &Element) -> Result<Request, Reason> {
        worker_script_request(element)
    }

    fn module_worker_script_request(&self, element: &Element) -> Result<Request, Reason> {
        module_worker_script_request(element)
    }

    fn imported_script_request(&self, element: &Element) -> Result<Request, Reason> {
        imported_script_request(element)
    }

    fn style_resource_request(&self, element: &Element, resource: StyleResource) -> Result<Request, Reason> {
        style_resource_request(element, resource)
    }

    fn event_source_request(
        &self,
        element: &Element,
        credentials_mode: CredentialsMode,
    ) -> Result<Request, Reason> {
        event_source_request(element, credentials_mode)
    }

    fn web_socket_request(&self, element: &Element) -> Result<Request, Reason> {
        web_socket_request(element)
    }

    fn navigation_request(&self, element: &Element) -> Result<Request, Reason> {
        navigation_request(element)
    }

    fn beacon_request(&self, element: &Element, content_type: ContentType) -> Result<Request, Reason> {
        beacon_request(element, content_type)
    }

    fn is_preload_for(&self, preload: &PreloadKey, consumer: &PreloadKey) -> bool {
        is_preload_for(preload, consumer)
    }

    // What of a response is closed to scripts.

    /// <https://html.spec.whatwg.org/multipage/canvas.html#the-image-argument-is-not-origin-clean>
    fn is_image_origin_clean(&self, response: &UnsafeResponse) -> bool {
        response.is_cors_same_origin()
    }

    /// The same of a video's frame, and of the sound of media.
    fn is_media_origin_clean(&self, response: &UnsafeResponse) -> bool {
        response.is_cors_same_origin()
    }

    fn mutes_errors(&self, response: &UnsafeResponse) -> bool {
        mutes_errors(response)
    }

    /// <https://drafts.csswg.org/cssom-1/#concept-css-style-sheet-origin-clean-flag>
    fn is_style_sheet_origin_clean(&self, response: &UnsafeResponse) -> bool {
        response.is_cors_same_origin()
    }

    fn is_content_document_shown(&self, origin: &Origin, response: &UnsafeResponse) -> bool {
        is_content_document_shown(origin, response)
    }

    // Who may reach whom.

    fn origin_of_document(
        &self,
        url: &str,
        sandbox: Option<&str>,
        creator: &Origin,
        opaque: Origin,
    ) -> Origin {
        origin_of_document(url, sandbox, creator, opaque)
    }

    fn is_platform_object_same_origin(&self, asking: &DocumentOrigin, asked: &DocumentOrigin) -> bool {
        is_platform_object_same_origin(asking, asked)
    }

    fn cross_origin_properties(&self, object: PlatformObject) -> Vec<(&'static str, Needs)> {
        cross_origin_properties(object)
    }

    fn is_cross_origin_property_fallback(&self, property: &str) -> bool {
        is_cross_origin_property_fallback(property)
    }

    fn window_post_message(
        &self,
        sender: &Origin,
        receiver: &Origin,
        target_origin: &str,
    ) -> Result<String, NotSent> {
        window_post_message(sender, receiver, target_origin)
    }

    fn requires_a_browsing_context_group_switch(
        &self,
        opener: (&Origin, OpenerPolicy),
        opened: (&Origin, OpenerPolicy),
    ) -> bool {
        requires_a_browsing_context_group_switch(opener, opened)
    }

    fn obtain_a_storage_key(&self, origin: &Origin) -> Option<String> {
        obtain_a_storage_key(origin)
    }
}
