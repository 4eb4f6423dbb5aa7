//! What comes of a step that asks by an element, or by an API that shows no response.

use corsproof_fixture::Token;
use fetch_model::{
    CredentialsMode, Network, UserAgent,
    html::{
        self, Effect, Element, StyleResource, beacon, embedded, event_source, image, link, media,
        navigation::navigate, script, service_worker, style, style_resource, svg, track, web_socket, worker,
    },
    mime_type::Destination,
};

use super::{
    body::{extract, submit},
    environment::environment,
    with_token,
};
use crate::{
    case::{self, Loaded, PreloadAs, Reading, Step, Via},
    observation::{GivenReason, Outcome, Read, SeenResponse},
};

/// What a script sees.
pub(super) fn outcome<N: Network>(user_agent: &mut UserAgent<'_, N>, step: &Step, token: &Token) -> Outcome {
    shown(token, effect(user_agent, step, &element(step, token)))
}

fn effect<N: Network>(user_agent: &mut UserAgent<'_, N>, step: &Step, element: &Element) -> Effect {
    match step.request.via {
        Via::Image | Via::SvgImage => image::update_the_image_data(user_agent, element, reading(step)),
        Via::Script => script::fetch_a_classic_script(user_agent, element),
        Via::ModuleScript => script::fetch_a_module_script(user_agent, element),
        Via::Import | Via::ImportMap => script::import(user_agent, element),
        Via::ImportJson => script::import_json(user_agent, element),
        Via::Stylesheet => style::link_type_stylesheet(user_agent, element),
        Via::EventSource => {
            let credentials_mode = step.request.credentials.unwrap_or(CredentialsMode::SameOrigin);
            event_source::event_source(user_agent, element, credentials_mode)
        }
        Via::Beacon => beacon::send_beacon(user_agent, element, step.request.body.as_ref().map(extract)),
        Via::WebSocket => {
            let message = match &step.request.body {
                Some(case::Body::Text(text)) => text,
                _ => "",
            };
            web_socket::establish(user_agent, element, message)
        }
        Via::Iframe => navigate(user_agent, Destination::Iframe, element, None),
        Via::WindowOpen => navigate(user_agent, Destination::Document, element, None),
        Via::Form => submit(user_agent, step, element.clone()),
        Via::Worker => worker::fetch_a_classic_worker_script(user_agent, element, Destination::Worker),
        Via::SharedWorker => {
            worker::fetch_a_classic_worker_script(user_agent, element, Destination::SharedWorker)
        }
        Via::ModuleWorker => worker::fetch_a_module_worker_script(user_agent, element),
        Via::Track => track::start_the_track_processing_model(user_agent, element),
        Via::ImportScripts => worker::import_scripts(user_agent, element),
        Via::ServiceWorker => service_worker::register(user_agent, element),
        Via::Audio => media::resource_fetch_algorithm(user_agent, element, Destination::Audio, reading(step)),
        Via::Video => media::resource_fetch_algorithm(user_agent, element, Destination::Video, reading(step)),
        Via::Font | Via::FontFace => {
            style_resource::fetch_a_style_resource(user_agent, element, StyleResource::Font)
        }
        Via::CssImage => {
            let resource = step.request.attributes.css_property.unwrap_or(StyleResource::BackgroundImage);
            style_resource::fetch_a_style_resource(user_agent, element, resource)
        }
        Via::CssImport => style_resource::fetch_a_style_resource(user_agent, element, StyleResource::Import),
        Via::SvgUse => svg::process_a_use_element(user_agent, element),
        Via::Object | Via::Embed => embedded::navigate_an_embedded_document(user_agent, element),
        Via::Preload => link::preload(user_agent, element, preloaded(step)),
        Via::ModulePreload => link::modulepreload(user_agent, element),
        Via::Prefetch => link::prefetch(user_agent, element),
        Via::Fetch | Via::Xhr | Via::XhrSync | Via::Timing => unreachable!("these show a response"),
        Via::CacheAdd | Via::CacheAddAll | Via::CachePut => unreachable!("these show a response"),
        Via::Window | Via::Message | Via::Storage => {
            unreachable!("these are asked elsewhere")
        }
    }
}

/// What a script is after.
fn reading(step: &Step) -> html::Reading {
    match step.request.attributes.reading {
        Reading::GetImageData
        | Reading::ToDataUrl
        | Reading::ToBlob
        | Reading::Pattern
        | Reading::SecondCanvas
        | Reading::ImageBitmap
        | Reading::OffscreenCanvas => html::Reading::Pixels,
        Reading::NaturalSize => html::Reading::NaturalSize,
        Reading::Duration => html::Reading::Duration,
        Reading::WebAudio => html::Reading::Samples,
    }
}

/// <https://html.spec.whatwg.org/multipage/links.html#translate-a-preload-destination>
fn preloaded(step: &Step) -> Destination {
    match step.request.attributes.preload_as {
        Some(PreloadAs::Font) => Destination::Font,
        Some(PreloadAs::Image) => Destination::Image,
        Some(PreloadAs::Script) => Destination::Script,
        Some(PreloadAs::Style) => Destination::Style,
        Some(PreloadAs::Fetch) | None => Destination::Empty,
    }
}

/// The element that a step makes.
fn element(step: &Step, token: &Token) -> Element {
    let (origin, client) = environment(step);
    Element {
        url: with_token(&step.request.url, token),
        crossorigin: step.request.attributes.crossorigin,
        integrity: step.request.integrity.clone(),
        referrer_policy: step.request.referrer_policy,
        origin,
        client,
    }
}

/// What an element shows.
pub(super) fn shown(token: &Token, effect: Effect) -> Outcome {
    let text = |text: &str| SeenResponse::of_text(token.strip_from(text));
    let (loaded, read, reason) = match effect {
        Effect::Failed(reason) => (Loaded::No, Read::Blocked, Some(reason)),
        Effect::Withheld(reason) => (Loaded::Yes, Read::Blocked, Some(reason)),
        Effect::Readable(secret) => (Loaded::Yes, Read::Allowed(text(&secret)), None),
        Effect::Unseen => (Loaded::Yes, Read::Opaque(text("")), None),
    };
    let reason = reason.map(GivenReason::Given);
    Outcome { loaded, read, reason, messages: Vec::new(), leaks: Vec::new() }
}
