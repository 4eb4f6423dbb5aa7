//! Request bodies: the bytes and the type of what a script passes as `body`.

use fetch_model::{
    Body, BodyInit, BodySource, Network, UserAgent,
    html::{Effect, Element, navigation::navigate},
    mime_type::Destination,
};
use url::Url;

use crate::case::{self, Enctype, Step};

/// The boundary of this user agent's multipart bodies: made up, as every user agent makes up its own, of
/// characters that browsers use too, so that the Content-Type is a safe one.
const BOUNDARY: &str = "----corsproofFormBoundary";

/// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm>: a form's fields go into the query of a GET and into the body of a POST.
pub(super) fn submit<N: Network>(
    user_agent: &mut UserAgent<'_, N>,
    step: &Step,
    mut element: Element,
) -> Effect {
    let members: &[(String, String)] =
        if let Some(case::Body::FormData(members)) = &step.request.body { members } else { &[] };
    let encoded = |fields: &[(String, String)]| {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
    };
    if step.request.method.as_deref() != Some("POST") {
        if let Ok(mut url) = Url::parse(&element.url) {
            let mut fields: Vec<_> = url.query_pairs().into_owned().collect();
            fields.extend_from_slice(members);
            url.set_query(Some(&encoded(&fields)));
            element.url = url.into();
        }
        return navigate(user_agent, Destination::Iframe, &element, None);
    }
    let enctype = step.request.attributes.enctype;
    let (bytes, r#type) = match enctype {
        Enctype::Urlencoded => (encoded(members), enctype.word().to_owned()),
        Enctype::Multipart => (multipart(members), format!("{}; boundary={BOUNDARY}", enctype.word())),
        Enctype::Plain => {
            let lines = members.iter().map(|(name, value)| format!("{name}={value}\r\n"));
            (lines.collect(), enctype.word().to_owned())
        }
    };
    let body = Body { bytes: bytes.into_bytes(), source: BodySource::Bytes };
    navigate(user_agent, Destination::Iframe, &element, Some(BodyInit { body, r#type: Some(r#type) }))
}

/// <https://fetch.spec.whatwg.org/#concept-bodyinit-extract>
pub(super) fn extract(body: &case::Body) -> BodyInit {
    let (bytes, source, r#type) = match body {
        case::Body::Text(text) => {
            (text.clone(), BodySource::Bytes, Some("text/plain;charset=UTF-8".to_owned()))
        }
        case::Body::Blob { text, r#type } => {
            (text.clone(), BodySource::Bytes, (!r#type.is_empty()).then(|| r#type.to_ascii_lowercase()))
        }
        case::Body::UrlSearchParams(text) => (
            url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(url::form_urlencoded::parse(text.as_bytes()))
                .finish(),
            BodySource::Bytes,
            Some("application/x-www-form-urlencoded;charset=UTF-8".to_owned()),
        ),
        case::Body::FormData(members) => {
            (multipart(members), BodySource::Bytes, Some(format!("multipart/form-data; boundary={BOUNDARY}")))
        }
        case::Body::Bytes(text) => (text.clone(), BodySource::Bytes, None),
        case::Body::Stream(text) => (text.clone(), BodySource::Null, None),
    };
    BodyInit { body: Body { bytes: bytes.into_bytes(), source }, r#type }
}

/// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data>
fn multipart(members: &[(String, String)]) -> String {
    let mut text = String::new();
    for (name, value) in members {
        text +=
            &format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    text + &format!("--{BOUNDARY}--\r\n")
}
