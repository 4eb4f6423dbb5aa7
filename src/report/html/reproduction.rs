//! The section "Try it" of a case: snippets for a browser's console, and the same requests as `curl` commands.

use std::fmt::Write;

use maud::{Markup, html as markup};

use super::{detail::is_preflight, matrix::Results};
use crate::{
    case::{Body, Request, Via},
    observation::SentRequest,
    stream::{CaseRecord, Run},
};

/// The most of a body that a line is given.
const GLIMPSE: usize = 200;

/// The placeholder for the address of a server that is checked.
const SERVER: &str = "SERVER";

/// The servers that answer the requests.
enum Servers<'a> {
    /// Those of the case, which `corsproof serve` opens.
    Scripted,
    /// The real server that is checked under this origin.
    Checked(&'a str),
}

/// Snippets for a console, and lines for a shell.
pub(super) fn section(run: &Run, case: &CaseRecord, results: &Results<'_>) -> Markup {
    let checked = run.checks.iter().find(|checked| checked.file == case.file);
    let servers = checked.map_or(Servers::Scripted, |checked| Servers::Checked(&checked.origin));
    let snippets: Vec<String> = case.steps.iter().filter_map(|step| snippet(&step.request)).collect();
    let sent = results.values().flatten().find_map(|result| result.observed.as_ref());
    let lines: Vec<String> = sent
        .map(|observed| observed.sent.iter().filter_map(|request| curl(request, &servers)).collect())
        .unwrap_or_default();
    markup! {
        details {
            summary { "Try it" }
            @if !snippets.is_empty() {
                @match servers {
                    Servers::Scripted => p { "In a console of the page, with the servers of " code { "corsproof serve '" (case.id) "'" } ":" },
                    Servers::Checked(origin) => p { "In a console of such a page, where " code { (origin) } " is the server's own origin:" },
                }
                @for snippet in &snippets { pre { code { (snippet) } } }
            }
            @if !lines.is_empty() {
                p {
                    "The same requests without a browser. curl knows no origin and blocks nothing: it shows what a server answers, never what a page may read. "
                    @match servers {
                        Servers::Scripted => { code { "PROXY" } " is the address that " code { "corsproof serve" } " prints first." },
                        Servers::Checked(_) => { code { (SERVER) } " is where the server listens, such as " code { "http://127.0.0.1:3000" } "." },
                    }
                }
                @for line in &lines { pre { code { (line) } } }
            }
        }
    }
}

/// The call of `fetch()` that asks the same; none where something else than a script's request asks.
fn snippet(request: &Request) -> Option<String> {
    if !matches!(request.via, Via::Fetch | Via::Xhr) {
        return None;
    }
    let mut options = Vec::new();
    let mut option = |name: &str, value: Option<&str>| {
        options.extend(value.map(|value| format!("  {name}: {}", literal(value))));
    };
    option("method", request.method.as_deref());
    option("mode", request.mode.map(|mode| mode.word()));
    option("credentials", request.credentials.map(|credentials| credentials.word()));
    option("redirect", request.redirect.map(|redirect| redirect.word()));
    option("cache", request.cache.map(|cache| cache.word()));
    option("referrerPolicy", request.referrer_policy.map(|policy| policy.word()));
    if !request.headers.is_empty() {
        let pairs = request.headers.iter();
        let pairs: Vec<String> =
            pairs.map(|(name, value)| format!("[{}, {}]", literal(name), literal(value))).collect();
        options.push(format!("  headers: [{}]", pairs.join(", ")));
    }
    options.extend(request.body.as_ref().map(|body| format!("  body: {}", expression(body))));
    let url = literal(&request.url);
    Some(match options.as_slice() {
        [] => format!("await (await fetch({url})).text()"),
        options => format!("await (await fetch({url}, {{\n{}\n}})).text()", options.join(",\n")),
    })
}

fn expression(body: &Body) -> String {
    match body {
        Body::Text(text) => literal(text),
        Body::Blob { text, r#type } => {
            format!("new Blob([{}], {{ type: {} }})", literal(text), literal(r#type))
        }
        Body::UrlSearchParams(text) => format!("new URLSearchParams({})", literal(text)),
        Body::FormData(members) => {
            let append = |form: String, (name, value): &(String, String)| {
                form + &format!(" f.append({}, {});", literal(name), literal(value))
            };
            let members = members.iter().fold(String::new(), append);
            format!("(() => {{ const f = new FormData();{members} return f; }})()")
        }
        Body::Bytes(text) => format!("new TextEncoder().encode({})", literal(text)),
        Body::Stream(text) => {
            format!("new Blob([{}]).stream(), duplex: \"half\"", literal(text))
        }
    }
}

/// Text as a JavaScript string literal.
fn literal(text: &str) -> String {
    // Every JSON string is one; text has no other way to fail.
    serde_json::to_string(text).unwrap_or_default()
}

/// A command line that sends the same request: through the proxy of `corsproof serve`, or to a real server; none where
/// that is not the one that is checked.
fn curl(request: &SentRequest, servers: &Servers<'_>) -> Option<String> {
    let what = if is_preflight(request) { "# the preflight\n" } else { "" };
    let (options, url) = match servers {
        Servers::Scripted => ("-ik --proxy PROXY", request.url.clone()),
        Servers::Checked(origin) => ("-i", format!("{SERVER}{}", request.url.strip_prefix(origin)?)),
    };
    let mut line = format!("{what}curl {options} -X {} {}", request.method, quoted(&url));
    for (name, value) in &request.headers {
        let _ = write!(line, " -H {}", quoted(&format!("{name}: {value}")));
    }
    if !request.body.is_empty() {
        let body: String = request.body.chars().take(GLIMPSE).collect();
        let _ = write!(line, " --data-binary {}", quoted(&body));
    }
    Some(line)
}

/// Text as one word of a shell.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://a.test/?q=it's", r"'https://a.test/?q=it'\''s'")]
    #[case("$(rm -rf /)", "'$(rm -rf /)'")]
    fn a_shell_takes_it_as_one_word(#[case] text: &str, #[case] word: &str) {
        assert_eq!(quoted(text), word);
    }

    #[rstest]
    #[case(Body::Text("a\"b".into()), r#""a\"b""#)]
    #[case(Body::Blob { text: "{}".into(), r#type: "application/json".into() }, r#"new Blob(["{}"], { type: "application/json" })"#)]
    #[case(Body::FormData(vec![("a".into(), "b".into())]), r#"(() => { const f = new FormData(); f.append("a", "b"); return f; })()"#)]
    fn a_body_is_an_expression(#[case] body: Body, #[case] text: &str) {
        assert_eq!(expression(&body), text);
    }
}
