//! Every wording of the three engines, and consoles as people copy them.

use browsers::Engine;
use fetch_model::Reason::{self, *};
use rstest::rstest;

use super::{BrowserMatter, Meaning, Message, Speaker, is_error_of_script, read};
use crate::diagnose::Place;

const URL: &str = "https://api.example.com/data";
const ORIGIN: &str = "https://app.example.com";

/// The one message of a text.
fn one(text: &str) -> Message {
    match read(text).as_slice() {
        [message] => message.clone(),
        messages => panic!("{} messages in {text}: {messages:#?}", messages.len()),
    }
}

fn chromium(words: &str) -> String {
    format!("Access to fetch at '{URL}' from origin '{ORIGIN}' has been blocked by CORS policy: {words}")
}

fn chromium_at_preflight(words: &str) -> String {
    chromium(&format!("Response to preflight request doesn't pass access control check: {words}"))
}

#[rstest]
#[case::missing(
    "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
    AllowOriginMissing
)]
#[case::mismatch(
    "The 'Access-Control-Allow-Origin' header has a value 'https://a.example' that is not equal to the supplied origin.",
    AllowOriginMismatch
)]
#[case::malformed(
    "The 'Access-Control-Allow-Origin' header contains the invalid value 'app'.",
    AllowOriginMismatch
)]
#[case::several(
    "The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed.",
    AllowOriginMultiple
)]
#[case::wildcard(
    "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
    WildcardWithCredentials
)]
#[case::credentials(
    "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'.",
    AllowCredentialsNotTrue
)]
fn chromium_tells_the_answer_from_the_preflight(#[case] words: &str, #[case] reason: Reason) {
    for (text, place) in [(chromium(words), Place::Answer), (chromium_at_preflight(words), Place::Preflight)]
    {
        let message = one(&text);
        assert_eq!(message.speaker, Speaker::Engine(Engine::Chromium));
        assert_eq!((message.reasons(), message.place), ([reason].as_slice(), Some(place)), "{text}");
        assert_eq!((message.url.as_deref(), message.origin.as_deref()), (Some(URL), Some(ORIGIN)));
        assert_eq!(message.initiator.as_deref(), Some("fetch"));
    }
    // Without what stands before it, it is understood as well.
    assert_eq!(one(words).reasons(), [reason]);
}

#[rstest]
#[case::status("It does not have HTTP ok status.", PreflightStatus)]
#[case::redirect("Redirect is not allowed for a preflight request.", PreflightRedirect)]
#[case::methods(
    "Cannot parse Access-Control-Allow-Methods response header field in preflight response.",
    AllowMethodsInvalid
)]
#[case::headers(
    "Cannot parse Access-Control-Allow-Headers response header field in preflight response.",
    AllowHeadersInvalid
)]
#[case::method(
    "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
    MethodNotAllowed
)]
#[case::header(
    "Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response.",
    HeaderNotAllowed
)]
fn chromium_on_preflights(#[case] words: &str, #[case] reason: Reason) {
    let message = one(&chromium(words));
    assert_eq!((message.reasons(), message.place), ([reason].as_slice(), Some(Place::Preflight)));
}

#[rstest]
#[case::credentials(
    "Redirect location 'https://u:p@b.example/' contains a username and password, which is disallowed for cross-origin requests.",
    RedirectCredentials
)]
#[case::scheme(
    "Cross origin requests are only supported for protocol schemes: chrome, data, http, https.",
    RedirectScheme
)]
#[case::mode("Cross origin requests are not allowed by request mode.", RequestMode)]
#[case::invalid("The response is invalid.", NetworkFailure)]
#[case::insecure_context(
    "The request client is not a secure context and the resource is in more-private address space `private`.",
    LocalNetworkAccess
)]
#[case::private_network(
    "No 'Access-Control-Allow-Private-Network' header was present in the preflight response for this private network request targeting the `local` address space.",
    LocalNetworkAccess
)]
#[case::invalid_private_network(
    "The 'Access-Control-Allow-Private-Network' header in the preflight response for this private network request targeting the `local` address space had a value of 'no',  not 'true'.",
    LocalNetworkAccess
)]
#[case::unexpected_private_network(
    "Request had no target IP address space, yet the resource is in address space `local`.",
    LocalNetworkAccess
)]
#[case::other_private_network(
    "Request had a target IP address space of `local` yet the resource is in address space `public`.",
    LocalNetworkAccess
)]
#[case::permission(
    "Permission was denied for this request to access the `loopback` address space.",
    LocalNetworkAccess
)]
fn chromium_on_the_rest(#[case] words: &str, #[case] reason: Reason) {
    assert_eq!(one(&chromium(words)).reasons(), [reason]);
}

#[rstest]
#[case("GET https://api.example.com/data net::ERR_TOO_MANY_REDIRECTS", RedirectLimit)]
#[case(
    "GET https://api.example.com/data net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin 200 (OK)",
    ResourcePolicy
)]
#[case("POST https://api.example.com/data net::ERR_CONNECTION_REFUSED", NetworkFailure)]
fn chromium_on_the_network(#[case] text: &str, #[case] reason: Reason) {
    let message = one(text);
    assert_eq!((message.reasons(), message.url.as_deref()), ([reason].as_slice(), Some(URL)));
}

fn firefox(words: &str) -> String {
    format!(
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {URL}. (Reason: {words}"
    )
}

#[rstest]
#[case::missing("CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 502.", AllowOriginMissing)]
#[case::mismatch(
    "CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://a.example’).",
    AllowOriginMismatch
)]
#[case::several("Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).", AllowOriginMultiple)]
#[case::wildcard(
    "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).",
    WildcardWithCredentials
)]
#[case::credentials(
    "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).",
    AllowCredentialsNotTrue
)]
#[case::status("CORS preflight response did not succeed). Status code: 405.", PreflightStatus)]
#[case::status_formerly("CORS preflight channel did not succeed).", PreflightStatus)]
#[case::redirect("CORS request external redirect not allowed).", PreflightRedirect)]
#[case::methods(
    "invalid token ‘GET PUT’ in CORS header ‘Access-Control-Allow-Methods’).",
    AllowMethodsInvalid
)]
#[case::headers("invalid token ‘a b’ in CORS header ‘Access-Control-Allow-Headers’).", AllowHeadersInvalid)]
#[case::method("Did not find method in CORS header ‘Access-Control-Allow-Methods’).", MethodNotAllowed)]
#[case::header(
    "header ‘x-a’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).",
    HeaderNotAllowed
)]
#[case::header_formerly(
    "missing token ‘x-a’ in CORS header ‘Access-Control-Allow-Headers’ from CORS preflight channel).",
    HeaderNotAllowed
)]
#[case::scheme("CORS request not http).", RedirectScheme)]
#[case::network("CORS request did not succeed). Status code: (null).", NetworkFailure)]
fn firefox_says(#[case] words: &str, #[case] reason: Reason) {
    let message = one(&firefox(words));
    assert_eq!(message.speaker, Speaker::Engine(Engine::Firefox));
    assert_eq!((message.reasons(), message.url.as_deref()), ([reason].as_slice(), Some(URL)));
    assert_ne!(message.place, Some(Place::Answer), "it does not tell the answer from the preflight");
}

#[rstest]
#[case("CORS disabled).", BrowserMatter::CorsDisabled)]
#[case("CORS header ‘Origin’ cannot be added).", BrowserMatter::OriginCannotBeAdded)]
fn firefox_on_itself(#[case] words: &str, #[case] matter: BrowserMatter) {
    assert_eq!(one(&firefox(words)).meaning, Meaning::Browser(matter));
}

#[rstest]
#[case::origin(
    "Origin https://app.example.com is not allowed by Access-Control-Allow-Origin. Status code: 502",
    &[AllowOriginMissing, AllowOriginMismatch]
)]
#[case::several("Access-Control-Allow-Origin cannot contain more than one origin.", &[AllowOriginMultiple])]
#[case::wildcard(
    "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.",
    &[WildcardWithCredentials]
)]
#[case::credentials(
    "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\".",
    &[AllowCredentialsNotTrue]
)]
#[case::status("Preflight response is not successful. Status code: 405", &[PreflightStatus])]
#[case::methods("Header Access-Control-Allow-Methods has an invalid value: GET PUT", &[AllowMethodsInvalid])]
#[case::headers("Header Access-Control-Allow-Headers has an invalid value: a b", &[AllowHeadersInvalid])]
#[case::method("Method PUT is not allowed by Access-Control-Allow-Methods.", &[MethodNotAllowed])]
#[case::header("Request header field x-a is not allowed by Access-Control-Allow-Headers.", &[HeaderNotAllowed])]
#[case::user(
    "Cross-origin redirection to https://u:p@b.example/ denied by Cross-Origin Resource Sharing policy: redirection URL https://u:p@b.example/ has credentials",
    &[RedirectCredentials]
)]
#[case::scheme(
    "Cross-origin redirection to data:, denied by Cross-Origin Resource Sharing policy: not allowed to follow a cross-origin CORS redirection with non CORS scheme",
    &[RedirectScheme]
)]
#[case::limit("Load cannot follow more than 20 redirections", &[RedirectLimit])]
#[case::mode("Not allowed to follow a redirection while loading https://api.example.com/data", &[RedirectMode])]
#[case::resource_policy(
    "Cancelled load to https://api.example.com/data because it violates the resource's Cross-Origin-Resource-Policy response header.",
    &[ResourcePolicy]
)]
fn webkit_says(#[case] words: &str, #[case] reasons: &[Reason]) {
    let message = one(words);
    assert_eq!(message.speaker, Speaker::Engine(Engine::WebKit));
    assert_eq!(message.reasons(), reasons);
    // The line that follows in its console says of which request.
    if message.url.is_none() {
        let text =
            format!("[Error] {words}\n[Error] Fetch API cannot load {URL} due to access control checks.");
        let whole = one(&text);
        assert_eq!((whole.reasons(), whole.url.as_deref()), (reasons, Some(URL)));
    }
}

#[rstest]
#[case::chromium(
    "Access to fetch at 'https://a.example/' from origin 'https://b.example' has been blocked by CORS policy"
)]
#[case::webkit("XMLHttpRequest cannot load https://a.example/ due to access control checks.")]
fn what_is_cut_off_is_a_block_for_a_reason_that_is_not_said(#[case] text: &str) {
    let message = one(text);
    assert_eq!((message.meaning, message.url.as_deref()), (Meaning::Unsaid, Some("https://a.example/")));
}

/// What the words tell of the request goes into the command that asks for real.
#[rstest]
#[case(&chromium("Method PUT is not allowed by Access-Control-Allow-Methods in preflight response."), "--method PUT")]
#[case(
    &chromium("Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response."),
    "--header x-a"
)]
#[case(&firefox("Did not find method in CORS header ‘Access-Control-Allow-Methods’)."), "--method METHOD")]
#[case(&firefox("expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’)."), "--credentials")]
#[case("Method patch is not allowed by Access-Control-Allow-Methods.", "--method patch")]
fn the_command_has_what_the_words_give(#[case] text: &str, #[case] arguments: &str) {
    let line = one(text).command().expect("a command").to_string();
    assert!(line.ends_with(arguments), "{line}");
}

const CHROME: &str = "\
app.js:42 Fetch finished loading: GET \"http://localhost:5173/config.json\".
(index):1 Access to XMLHttpRequest at 'http://localhost:3000/orders/7' from origin 'http://localhost:5173' has been
blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-
Origin' header is present on the requested resource.
xhr.js:258  PUT http://localhost:3000/orders/7 net::ERR_FAILED
dispatchXhrRequest @ xhr.js:258
AxiosError.js:89 Uncaught (in promise) AxiosError {message: 'Network Error', name: 'AxiosError', code: 'ERR_NETWORK'}
12:01:07.311 (index):1 Access to XMLHttpRequest at 'http://localhost:3000/orders/7' from origin 'http://localhost:5173' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.
main.js:9 Uncaught (in promise) TypeError: Failed to fetch
    at load (main.js:9:3)
2(index):1 Access to font at 'https://cdn.example.com/a.woff2' (redirected from 'https://www.example.com/a.woff2') from origin 'http://localhost:5173' has been blocked by CORS policy: The 'Access-Control-Allow-Origin' header has a value 'https://www.example.com' that is not equal to the supplied origin. Have the server send the header with a valid value.
";

#[test]
fn a_console_of_chrome() {
    let messages = read(CHROME);
    let told: Vec<_> =
        messages.iter().map(|message| (message.reasons(), message.place, message.count)).collect();
    assert_eq!(
        told,
        [
            ([AllowOriginMissing].as_slice(), Some(Place::Preflight), 2),
            ([AllowOriginMismatch].as_slice(), Some(Place::Answer), 1),
        ]
    );
    assert_eq!(messages[1].redirected_from.as_deref(), Some("https://www.example.com/a.woff2"));
    assert_eq!(messages[1].initiator.as_deref(), Some("font"));
}

const FIREFOX: &str = "\
Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/data. (Reason: CORS preflight response did not succeed). Status code: 405. 3
Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/data. (Reason: CORS request did not succeed). Status code: (null).
Uncaught (in promise) TypeError: NetworkError when attempting to fetch resource. app.js:12:9
XHRGET https://api.example.com/other
CORS Missing Allow Origin
Blocked loading mixed active content “http://api.example.com/plain” app.js:20:5
";

/// That a request failed is no second message, where it was said why.
#[test]
fn a_console_of_firefox() {
    let messages = read(FIREFOX);
    let told: Vec<_> = messages
        .iter()
        .map(|message| (message.reasons(), message.url.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        told,
        [([PreflightStatus].as_slice(), URL), ([MixedContent].as_slice(), "http://api.example.com/plain"),]
    );
    assert_eq!(messages[0].status.as_deref(), Some("405"));
}

const SAFARI: &str = "\
[Log] ready (app.js, line 3)
[Error] Origin http://localhost:3000 is not allowed by Access-Control-Allow-Origin. Status code: 413
[Error] Fetch API cannot load http://localhost:5001/upload due to access control checks.
[Error] Failed to load resource: Origin http://localhost:3000 is not allowed by Access-Control-Allow-Origin. Status code: 413 (upload, line 0)
[Error] Unhandled Promise Rejection: TypeError: Load failed
\t(anonymous function)
[Error] Preflight response is not successful. Status code: 403
[Error] XMLHttpRequest cannot load http://localhost:5001/orders due to access control checks.
[Error] Failed to load resource: Preflight response is not successful. Status code: 403 (orders, line 0)
";

/// WebKit tells the reason, the URL, and once more the reason: that is one message.
#[test]
fn a_console_of_safari() {
    let messages = read(SAFARI);
    assert_eq!(messages.len(), 2, "{messages:#?}");
    assert_eq!(messages[0].reasons(), [AllowOriginMissing, AllowOriginMismatch]);
    assert_eq!(messages[0].url.as_deref(), Some("http://localhost:5001/upload"));
    assert_eq!(messages[0].origin.as_deref(), Some("http://localhost:3000"));
    assert_eq!(messages[0].status.as_deref(), Some("413"));
    assert_eq!(
        (messages[1].reasons(), messages[1].place),
        ([PreflightStatus].as_slice(), Some(Place::Preflight))
    );
    assert_eq!(messages[1].url.as_deref(), Some("http://localhost:5001/orders"));
}

/// What a connection that closes makes Firefox say: several values of a header that was not there.
#[test]
fn several_values_of_nothing_are_no_answer() {
    let text = [
        firefox("Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed)."),
        firefox("CORS request did not succeed). Status code: (null)."),
    ];
    assert_eq!(one(&text.join("\n")).reasons(), [NetworkFailure]);
}

/// Chromium, some years ago.
#[test]
fn earlier_words_are_understood() {
    let text = "XMLHttpRequest cannot load http://a.example/. No 'Access-Control-Allow-Origin' header is present on the \
                requested resource. Origin 'http://b.example' is therefore not allowed access.";
    let message = one(text);
    assert_eq!(
        (message.speaker, message.reasons()),
        (Speaker::Engine(Engine::Chromium), [AllowOriginMissing].as_slice())
    );
    assert_eq!(message.url.as_deref(), Some("http://a.example/"));
}

/// The names that engines have for their errors, as the network panel and MDN show them.
#[rstest]
#[case("PreflightMissingAllowOriginHeader", AllowOriginMissing, Some(Place::Preflight))]
#[case("MissingAllowOriginHeader", AllowOriginMissing, None)]
#[case("CORSMissingAllowHeaderFromPreflight2", HeaderNotAllowed, Some(Place::Preflight))]
#[case("CORSDidNotSucceed", NetworkFailure, None)]
fn names_of_errors_are_understood(#[case] name: &str, #[case] reason: Reason, #[case] place: Option<Place>) {
    let message = one(name);
    assert_eq!((message.reasons(), message.place), ([reason].as_slice(), place));
}

#[rstest]
#[case("Uncaught (in promise) TypeError: Failed to fetch", true)]
#[case("TypeError: NetworkError when attempting to fetch resource.", true)]
#[case("TypeError: Load failed", true)]
#[case("ReferenceError: cors is not defined", false)]
#[case("", false)]
fn what_a_script_gets_names_no_reason(#[case] text: &str, #[case] is_error: bool) {
    assert_eq!(read(text), []);
    assert_eq!(is_error_of_script(text), is_error);
}

proptest::proptest! {
    /// Whatever people paste, it is read to its end: in words of engines, cut anywhere, with anything between them.
    #[test]
    fn any_text_can_be_read(parts in proptest::collection::vec((0_usize..6, 0_usize..400, ".{0,12}"), 0..8)) {
        let consoles = [CHROME, FIREFOX, SAFARI];
        let text: String = parts
            .iter()
            .map(|(console, at, noise)| {
                let lines: Vec<char> = consoles[console % 3].chars().skip(*at).take(90 * (1 + console)).collect();
                lines.into_iter().collect::<String>() + noise
            })
            .collect();
        for message in read(&text) {
            let _ = message.command().map(|command| command.to_string());
        }
    }
}
