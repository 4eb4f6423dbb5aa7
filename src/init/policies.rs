//! The tables `[[policy]]` of a first policy file: what the code serves and whom it lets read.

use fetch_model::is_cors_safelisted_method;

use super::{CorsSettings, Guess, Origins, Route, text::toml_string};

/// How many paths are asked for; a check of more takes its time, and a person chooses better.
const PATHS: usize = 5;
/// How many further routes are listed.
const LISTED: usize = 20;

/// The page that stands for one's own.
const ORIGIN: &str = "https://app.example.com";

/// A table for each path to ask for; where none is known, one for `/`.
pub(super) fn policies(guess: &Guess) -> String {
    let settings = guess.cors.clone().unwrap_or_default();
    let usable = guess.routes.iter().filter(|route| !methods(route, &settings).is_empty());
    let (with_placeholder, plain): (Vec<&Route>, Vec<&Route>) =
        usable.partition(|route| route.has_placeholder());
    let mut asked: Vec<&Route> = plain.iter().take(PATHS).copied().collect();
    if asked.is_empty() {
        asked.extend(with_placeholder.first());
    }
    let mut text = String::new();
    if asked.is_empty() {
        text.push_str(&table(
            "/",
            "No route was found in the code: name a path that is served.",
            &["GET".to_owned()],
            guess,
        ));
    }
    for (index, route) in asked.iter().enumerate() {
        let note = match (index, route.has_placeholder()) {
            (_, true) => {
                format!("{} of {}, with 1 in it: name one that is there.", route.path, route.file.display())
            }
            (_, false) => format!("Of {}.", route.file.display()),
        };
        text.push_str(&table(&route.example(), &note, &methods(route, &settings), guess));
        text.push('\n');
    }
    text.push_str(&others(&guess.routes, &asked));
    text
}

/// The methods of `route` that pages may use by `settings`.
fn methods(route: &Route, settings: &CorsSettings) -> Vec<String> {
    let is_granted = |method: &&String| {
        is_cors_safelisted_method(method)
            || settings.methods.as_ref().is_none_or(|methods| methods.contains(method))
    };
    route.methods.iter().filter(is_granted).cloned().collect()
}

fn table(path: &str, note: &str, methods: &[String], guess: &Guess) -> String {
    let settings = guess.cors.clone().unwrap_or_default();
    let origins = match &settings.origins {
        Some(Origins::Everybody) if !settings.credentials => toml_string("*"),
        Some(Origins::These(origins)) => listed(origins),
        Some(Origins::Everybody) | None => listed(&[ORIGIN.to_owned()]),
    };
    let said = match (&settings.origins, &guess.cors) {
        (Some(Origins::Everybody), _) if settings.credentials => {
            "\n# The code lets everybody in, with credentials: any site reads as the user who visits it."
        }
        (Some(_), Some(_)) => "",
        (None, Some(_)) => "\n# The code chooses at run time: name the pages that it shall let in.",
        (_, None) => "\n# No CORS settings were found in the code: name your pages.",
    };
    let max_age = match settings.max_age {
        Some(seconds) => format!("max_age = {seconds}"),
        None if guess.cors.is_some() => "# max_age = 600".to_owned(),
        None => "max_age = 600".to_owned(),
    };
    let (methods_listed, credentials) = (listed(methods), settings.credentials);
    let (request_headers, exposed_headers) =
        (listed(&settings.request_headers), listed(&settings.exposed_headers));
    format!(
        "[[policy]]\n\
         # {note}\n\
         path = {}\n\
         # Who may read the answers: a list, \"*\" for everybody, or [] for nobody.{said}\n\
         origins = {origins}\n\
         methods = {methods_listed}\n\
         request_headers = {request_headers}\n\
         exposed_headers = {exposed_headers}\n\
         # Whether cookies and the like are sent and the answer is for one user.\n\
         credentials = {credentials}\n\
         # How many seconds a preflight's answer may be kept.\n\
         {max_age}\n{}",
        toml_string(path),
        changes(methods)
    )
}

/// What keeps a first check from changing anything.
fn changes(methods: &[String]) -> &'static str {
    let is_safe = |method: &String| fetch_model::method::is_safe_method(method);
    if methods.iter().all(is_safe) {
        return "";
    }
    "# Its preflights are asked, and the requests that may change something are not sent; true sends them.\n\
     safe_to_call = false\n"
}

/// The routes that are not asked for, as comments.
fn others(routes: &[Route], asked: &[&Route]) -> String {
    let others: Vec<&Route> = routes.iter().filter(|route| !asked.contains(route)).collect();
    if others.is_empty() {
        return String::new();
    }
    let mut text = "# Also served, and not asked for yet:\n".to_owned();
    for route in others.iter().take(LISTED) {
        text.push_str(&format!(
            "#   {} {} ({})\n",
            route.methods.join(" "),
            route.path,
            route.file.display()
        ));
    }
    if others.len() > LISTED {
        text.push_str(&format!("#   and {} more\n", others.len() - LISTED));
    }
    text
}

fn listed(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| toml_string(text)).collect();
    format!("[{}]", texts.join(", "))
}
