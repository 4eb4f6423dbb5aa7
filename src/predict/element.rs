//! The outcome of a step whose request comes from an element, or from an API that shows no response.

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
    request::with_token,
};
use crate::{
    case::{self, Algorithm, Loaded, PreloadAs, Reading, Step},
    observation::{GivenReason, Read, SeenResponse, StepOutcome},
};

/// The outcome of a step whose API shows no `Response`: an element, a worker, `EventSource`.
pub(super) fn outcome<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    step: &Step,
    algorithm: Algorithm,
    token: &Token,
) -> StepOutcome {
    shown(token, effect(user_agent, step, algorithm, &element(step, token)))
}

fn effect<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    step: &Step,
    algorithm: Algorithm,
    element: &Element,
) -> Effect {
    match algorithm {
        Algorithm::UpdateTheImageData => image::update_the_image_data(user_agent, element, reading(step)),
        Algorithm::FetchAClassicScript => script::fetch_a_classic_script(user_agent, element),
        Algorithm::FetchAModuleScript => script::fetch_a_module_script(user_agent, element),
        Algorithm::Import => script::import(user_agent, element),
        Algorithm::ImportJson => script::import_json(user_agent, element),
        Algorithm::LinkTypeStylesheet => style::link_type_stylesheet(user_agent, element),
        Algorithm::EventSource => {
            let credentials_mode = step.request.credentials.unwrap_or(CredentialsMode::SameOrigin);
            event_source::event_source(user_agent, element, credentials_mode)
        }
        Algorithm::SendBeacon => {
            beacon::send_beacon(user_agent, element, step.request.body.as_ref().map(extract))
        }
        Algorithm::EstablishAWebSocketConnection => {
            let message = if let Some(case::Body::Text(text)) = &step.request.body { text } else { "" };
            web_socket::establish(user_agent, element, message)
        }
        Algorithm::Navigate(destination) => navigate(user_agent, destination, element, None),
        Algorithm::SubmitAForm => submit(user_agent, step, element.clone()),
        Algorithm::FetchAClassicWorkerScript(destination) => {
            worker::fetch_a_classic_worker_script(user_agent, element, destination)
        }
        Algorithm::FetchAModuleWorkerScript => worker::fetch_a_module_worker_script(user_agent, element),
        Algorithm::ImportScripts => worker::import_scripts(user_agent, element),
        Algorithm::Register => service_worker::register(user_agent, element),
        Algorithm::StartTheTrackProcessingModel => {
            track::start_the_track_processing_model(user_agent, element)
        }
        Algorithm::ResourceFetch(destination) => {
            media::resource_fetch_algorithm(user_agent, element, destination, reading(step))
        }
        Algorithm::FetchAStyleResource(resource) => {
            style_resource::fetch_a_style_resource(user_agent, element, resource)
        }
        Algorithm::FetchAnImageOfAProperty => {
            let resource = step.request.attributes.css_property.unwrap_or(StyleResource::BackgroundImage);
            style_resource::fetch_a_style_resource(user_agent, element, resource)
        }
        Algorithm::ProcessAUseElement => svg::process_a_use_element(user_agent, element),
        Algorithm::NavigateAnEmbeddedDocument => embedded::navigate_an_embedded_document(user_agent, element),
        Algorithm::Preload => link::preload(user_agent, element, preloaded(step)),
        Algorithm::Modulepreload => link::modulepreload(user_agent, element),
        Algorithm::Prefetch => link::prefetch(user_agent, element),
    }
}

/// The means by which the script tries to read the resource.
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

/// The outcome that a page observes of an effect of the HTML Standard's algorithms.
pub(super) fn shown(token: &Token, effect: Effect) -> StepOutcome {
    let text = |text: &str| SeenResponse::of_text(token.strip_from(text));
    let (loaded, read, reason) = match effect {
        Effect::Failed(reason) => (Loaded::No, Read::Blocked, Some(reason)),
        Effect::Withheld(reason) => (Loaded::Yes, Read::Blocked, Some(reason)),
        Effect::Readable(secret) => (Loaded::Yes, Read::Allowed(text(&secret)), None),
        Effect::Unseen => (Loaded::Yes, Read::Opaque(text("")), None),
    };
    let reason = reason.map(GivenReason::Given);
    StepOutcome { loaded, read, reason, messages: Vec::new(), leaks: Vec::new() }
}
