//! What a case showed in one line that a person can read in review.

use serde_json::Value;

/// The file of a case, and the name of the case in it.
pub(crate) fn file_and_case(id: &str) -> (&str, &str) {
    // The values of a matrix may hold anything.
    let end_of_name = id.find('[').unwrap_or(id.len());
    let slash = id[..end_of_name].rfind('/').expect("a folder and a file");
    (&id[..slash], &id[slash + 1..])
}

/// `sent ...; loaded ..., read ...`: no versions, ports, tokens or messages.
pub(crate) fn line(result: &Value) -> String {
    let observed = &result["observed"];
    match text(&result["verdict"]) {
        "not-applicable" => format!("not applicable, {}", text(&result["why"])),
        word if observed.is_null() => word.to_owned(),
        "known" => format!("{} (known)", shown(observed)),
        _ => shown(observed),
    }
}

fn shown(observed: &Value) -> String {
    let sent: Vec<&str> = array(&observed["sent"]).iter().map(|request| text(&request["method"])).collect();
    let sent = if sent.is_empty() { "nothing".to_owned() } else { sent.join(" ") };
    let steps: Vec<String> = array(&observed["steps"]).iter().map(step).collect();
    format!("sent {sent}; {}", steps.join("; then "))
}

fn step(outcome: &Value) -> String {
    let loaded = match text(&outcome["loaded"]) {
        "yes" => "loaded",
        _ => "not loaded",
    };
    let read = match text(&outcome["read"]) {
        "allowed" => format!("read {}", outcome["response"]["status"]),
        other => other.to_owned(),
    };
    match outcome["reason"].as_str() {
        Some(reason) => format!("{loaded}, {read}: {reason}"),
        None => format!("{loaded}, {read}"),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn array(value: &Value) -> &[Value] {
    value.as_array().expect("an array")
}
