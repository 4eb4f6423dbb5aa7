//! What is wrong with a value of Access-Control-Allow-Origin that is not the page's origin.

use corsproof_fixture::{Exchange, Message};
use fetch_model::Origin;

use super::{Cause, CauseKind};
use crate::{
    evidence::{header, message},
    origin_slip::{OriginSlip, listed},
};

/// How an origin is chosen, whatever the value was.
const CHOOSE: &str = "Send back the one that asks, if it is on your list, and Vary: Origin.";

/// Texts into which programs turn what is no text.
const NOT_SET: [&str; 7] = ["undefined", "None", "nil", "true", "false", "[object Object]", "NaN"];

/// The cause of a read that is blocked for the value, or the values, of the header.
pub(super) fn cause(exchange: &Exchange, from: &Origin) -> Option<Cause> {
    let answer = message(exchange)?;
    let sent = exchange.received.header("Origin").unwrap_or_default();
    if sent == "null" && from.serialize() != sent {
        let named = header(answer, "access-control-allow-origin").unwrap_or_default();
        let what = format!(
            "After a redirect by another origin the browser sends Origin: null, whatever page asks, and \
             Access-Control-Allow-Origin is {named}."
        );
        let change = "Have pages ask for this URL in the first place, or answer without a redirect. null is anybody's: grant it \
                      only for what everybody may read.";
        return Some(Cause::new(CauseKind::OriginIsNull, what, change));
    }
    of_answer(answer, from)
}

fn of_answer(answer: &Message, from: &Origin) -> Option<Cause> {
    let is_named = |name: &str| name.eq_ignore_ascii_case("access-control-allow-origin");
    let values: Vec<&str> =
        answer.headers.iter().filter(|(name, _)| is_named(name)).map(|(_, value)| value.trim()).collect();
    match values.as_slice() {
        [] => None,
        [value] => Some(of_value(value, from)),
        values => {
            let what = format!(
                "Access-Control-Allow-Origin comes {} times: {}.",
                values.len(),
                values.join(" and ")
            );
            let change = "Two layers each add it, such as an application and the proxy in front of it: let one alone set it.";
            Some(Cause::new(CauseKind::AddedTwice, what, change))
        }
    }
}

fn of_value(value: &str, from: &Origin) -> Cause {
    let origin = from.serialize();
    let said = format!("Access-Control-Allow-Origin is {}", if value.is_empty() { "empty" } else { value });
    let elements: Vec<&str> =
        value.split([',', ';', ' ']).map(str::trim).filter(|element| !element.is_empty()).collect();
    if elements.len() > 1 {
        return of_list(&said, &elements, from);
    }
    let slips = OriginSlip::of(value, from);
    if !slips.is_empty() {
        let what = format!("{said}, and the page's origin is {origin}: {}.", listed(&slips));
        let change =
            format!("Write the origin as browsers send it, {origin}: they compare byte by byte. {CHOOSE}");
        return Cause::new(CauseKind::OriginMiswritten, what, change);
    }
    let no_origin = |why: &str, change: &str| {
        let change = format!("{change} {CHOOSE}");
        Cause::new(CauseKind::NoOrigin, format!("{said}: {why}."), change.trim())
    };
    match value {
        "" => no_origin("no value was set", "See why the variable or the setting is empty."),
        "null" => no_origin(
            "that is the origin of sandboxed frames and of pages from files, and this page has one of its own",
            "Never trust null: any site can have it.",
        ),
        _ if NOT_SET.contains(&value) => no_origin(
            "the text of something that is no text, such as a variable that is not set",
            "See what the setting is given.",
        ),
        _ if value.contains(['^', '$', '\\']) || value.starts_with('/') => no_origin(
            "a regular expression, and no browser reads those",
            "Let the server match it against the Origin.",
        ),
        _ => match Origin::parse(value) {
            Ok(other) => of_other_origin(&said, &other, from),
            Err(_) => no_origin("that is no origin", ""),
        },
    }
}

fn of_list(said: &str, elements: &[&str], from: &Origin) -> Cause {
    let origin = from.serialize();
    let nearly = elements.iter().find_map(|element| {
        let slips = OriginSlip::of(element, from);
        (!slips.is_empty())
            .then(|| format!("; and the one in it that means {origin} is {element}: {}", listed(&slips)))
    });
    let what = format!("{said}: a list, where one origin is allowed{}.", nearly.clone().unwrap_or_default());
    let writing = match nearly {
        Some(_) => format!(" Write it as browsers send it, {origin}."),
        None => String::new(),
    };
    let change = format!("Keep the list in the server, and choose of it. {CHOOSE}{writing}");
    let kind = if writing.is_empty() { CauseKind::NoOrigin } else { CauseKind::OriginMiswritten };
    Cause::new(kind, what, change)
}

fn of_other_origin(said: &str, other: &Origin, from: &Origin) -> Cause {
    let origin = from.serialize();
    let twin = |one: &str, two: &str| one.replace("://", "://www.") == two;
    let is_twin = twin(&origin, &other.serialize()) || twin(&other.serialize(), &origin);
    let what = match is_twin {
        true => format!("{said}, and the page's origin is {origin}: with and without www are two origins."),
        false => format!("{said}, which is another origin than the page's, {origin}."),
    };
    let change = format!("Add {origin} to the server's list, if pages of it may read. {CHOOSE}");
    Cause::new(CauseKind::OtherOrigin, what, change)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn answer(values: &[&str]) -> Message {
        let field = |value: &&str| ("Access-Control-Allow-Origin".to_owned(), (*value).to_owned());
        Message { status: 200, headers: values.iter().map(field).collect(), body: Vec::new() }
    }

    #[rstest]
    #[case::slash(&["https://app.example.com/"], CauseKind::OriginMiswritten, "a trailing slash")]
    #[case::list_with_a_slip(
        &["https://a.example, https://App.example.com/"],
        CauseKind::OriginMiswritten,
        "upper case and a trailing slash"
    )]
    #[case::list(&["https://app.example.com,https://a.example"], CauseKind::NoOrigin, "a list, where one origin is allowed.")]
    #[case::list_with_spaces(&["https://app.example.com https://a.example"], CauseKind::NoOrigin, "a list")]
    #[case::list_with_semicolons(&["https://app.example.com;https://a.example"], CauseKind::NoOrigin, "a list")]
    #[case::twice(&["https://app.example.com", "*"], CauseKind::AddedTwice, "comes 2 times: https://app.example.com and *")]
    #[case::undefined(&["undefined"], CauseKind::NoOrigin, "a variable that is not set")]
    #[case::empty(&[""], CauseKind::NoOrigin, "is empty: no value was set")]
    #[case::null(&["null"], CauseKind::NoOrigin, "sandboxed frames")]
    #[case::pattern(&["/^https:.*\\.example\\.com$/"], CauseKind::NoOrigin, "a regular expression")]
    #[case::www(&["https://www.app.example.com"], CauseKind::OtherOrigin, "with and without www")]
    #[case::other(&["https://a.example"], CauseKind::OtherOrigin, "another origin than the page's")]
    #[case::no_origin(&["app"], CauseKind::NoOrigin, "that is no origin")]
    fn each_value_is_told_as_what_it_is(
        #[case] values: &[&str],
        #[case] kind: CauseKind,
        #[case] says: &str,
    ) {
        let from = Origin::parse("https://app.example.com").expect("an origin");
        let cause = of_answer(&answer(values), &from).expect("a cause");
        assert_eq!(cause.kind, kind, "{}", cause.what);
        assert!(cause.what.contains(says), "{}", cause.what);
    }
}
