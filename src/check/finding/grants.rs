//! Methods and request headers: declared and not granted, or granted and not declared.

use super::row::{Row, Severity};
use crate::check::{checklist::Point, framework::Setting};

/// The consequence of a grant that nobody needs.
const LARGER_MISTAKES: &str =
    "Declared origins may do more than they need: what a mistake there can do is larger.";

pub(super) const METHOD_LOCKED_OUT: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Methods],
    found: |methods| format!("Access-Control-Allow-Methods does not grant {methods}."),
    means: "The browser does not send such requests at all; the page's script gets an error.",
    change: "Name the method in Access-Control-Allow-Methods of the preflight's answer, as pages write it: browsers put DELETE, GET, HEAD, OPTIONS, POST and PUT in upper case themselves, and compare any other, such as PATCH or patch, letter for letter.",
    setting: Some(Setting::Methods),
};

pub(super) const HEADER_LOCKED_OUT: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Headers],
    found: |headers| format!("Access-Control-Allow-Headers does not grant {headers}."),
    means: "The browser does not send requests with that header at all; the page's script gets an error.",
    change: "Name the header in Access-Control-Allow-Headers of the preflight's answer; * covers neither Authorization nor requests with credentials.",
    setting: Some(Setting::RequestHeaders),
};

pub(super) const HEADERS_REFUSED_TOGETHER: Row = Row {
    severity: Severity::Broken,
    fails: &[Point::Headers],
    found: |headers| format!("Granted one by one, and refused in one request: {headers}."),
    means: "Most pages set several headers in a request; the browser does not send such requests at all.",
    change: "Split Access-Control-Request-Headers at the comma alone: browsers write it in lower case, in order, without a space. Or send the whole list in Access-Control-Allow-Headers, whatever was asked.",
    setting: Some(Setting::RequestHeaders),
};

pub(super) const METHOD_UNNEEDED: Row = Row {
    severity: Severity::Advice,
    fails: &[Point::Methods],
    found: |methods| format!("Granted, and not declared: {methods}."),
    means: LARGER_MISTAKES,
    change: "List the methods that pages use, or declare these in methods.",
    setting: Some(Setting::Methods),
};

pub(super) const HEADER_UNNEEDED: Row = Row {
    severity: Severity::Advice,
    fails: &[Point::Headers],
    found: |headers| format!("Request headers granted, and not declared: {headers}."),
    means: LARGER_MISTAKES,
    change: "List the request headers that scripts set, or declare these in request_headers.",
    setting: Some(Setting::RequestHeaders),
};
