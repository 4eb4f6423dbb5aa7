//! `corsproof::check` as a Rust project meets it: a router, a policy, a proof.

use std::{
    env,
    io::{self, Write},
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Method, StatusCode, Version, header},
    routing::get,
};
use corsproof::{CheckError, Engine, Kind, Policy, PolicyBuilder};
use rstest::rstest;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

use crate::{engines::installed, turn};

const PAGES: [&str; 2] = ["https://app.shop.example", "https://admin.shop.example"];

fn listed() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(PAGES.map(HeaderValue::from_static))
        .allow_methods([Method::GET, Method::PUT])
        .allow_headers([header::CONTENT_TYPE])
        .expose_headers([HeaderName::from_static("x-total-count")])
        .allow_credentials(true)
        .max_age(Duration::from_secs(600))
}

fn shop(cors: CorsLayer) -> Router {
    let data = get(async || ([("x-total-count", "2")], "data")).put(async || "changed");
    Router::new().route("/data", data).layer(cors)
}

fn policy() -> PolicyBuilder {
    Policy::at("/data")
        .origins(PAGES)
        .methods([Method::GET, Method::PUT])
        .request_headers([header::CONTENT_TYPE])
        .exposed_headers(["X-Total-Count"])
        .credentials()
        .max_age(600)
}

/// One snapshot for all engines: what a proof says is about the service.
#[rstest]
#[tokio::test]
async fn a_right_layer_is_sound(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) -> Result<(), CheckError> {
    if installed(engine).is_none() {
        return Ok(());
    }
    let _turn = turn::BROWSERS.read().await;
    let proof = corsproof::check(shop(listed()), policy()).engines([engine]).await?;
    assert!(proof.is_sound(), "{proof}");
    assert!(proof.engines().iter().eq([&engine]));
    insta::assert_snapshot!("right", proof);
    insta::assert_json_snapshot!("right-as-json", proof);
    Ok(())
}

/// The same of three mistakes at once: any origin is sent back, no cache is told, and errors of a route lack it all.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_layer_is_told(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) -> Result<(), CheckError> {
    if installed(engine).is_none() {
        return Ok(());
    }
    let cors = listed().allow_origin(AllowOrigin::mirror_request()).vary([]);
    let router = shop(cors).route("/later", get(async || StatusCode::IM_A_TEAPOT));
    let _turn = turn::BROWSERS.read().await;
    let proof = corsproof::check(router, policy().errors(["/later"])).engines([engine]).await?;
    assert!(!proof.is_sound() && proof.finds(Kind::ReflectsAnyOrigin), "{proof}");
    let written_out = serde_json::to_value(proof.findings()).expect("findings are JSON");
    let findings = written_out.as_array().expect("findings");
    assert!(findings.iter().all(|finding| finding["evidence"].is_object()), "{written_out:#}");
    insta::assert_snapshot!("wrong", proof);
    Ok(())
}

#[tokio::test]
async fn each_path_has_its_own_policy_and_every_request_comes_from_a_browser_over_https()
-> Result<(), CheckError> {
    if installed(Engine::Chromium).is_none() {
        return Ok(());
    }
    let by_version =
        [Version::HTTP_11, Version::HTTP_2].map(|version| (version, Arc::new(AtomicUsize::new(0))));
    let counters = by_version.clone();
    let open = get(async move |request: axum::extract::Request| {
        let headers = request.headers();
        let is_browser =
            headers.get("user-agent").is_some_and(|agent| agent.as_bytes().starts_with(b"Mozilla/"));
        let is_https = headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
        let host = headers.get("host").map(|host| host.as_bytes().to_vec());
        let host = host.or_else(|| request.uri().host().map(|host| host.as_bytes().to_vec()));
        assert!(is_browser && is_https && host.as_deref() == Some(b"prices.example"), "{request:?}");
        assert!(request.uri().query().is_none(), "the harness's own token stays out: {request:?}");
        if let Some((_, counter)) = counters.iter().find(|(version, _)| *version == request.version()) {
            counter.fetch_add(1, Ordering::SeqCst);
        }
        "open"
    });
    let anybody = CorsLayer::new().allow_origin(Any).max_age(Duration::from_secs(600));
    let router = Router::new().route("/prices", open).layer(anybody).merge(shop(listed()));
    let policies = [Policy::at("/prices").any_origin(), policy()];
    let _turn = turn::BROWSERS.read().await;
    let proof = corsproof::check(router, policies)
        .origin("https://prices.example")
        .engines([Engine::Chromium])
        .await?;
    assert!(proof.is_sound(), "{proof}");
    for (version, counter) in by_version {
        assert!(counter.load(Ordering::SeqCst) > 0, "nothing came over {version:?}");
    }
    Ok(())
}

#[tokio::test]
async fn what_no_policy_can_say_is_told_at_once_and_starts_nothing() {
    let wrong = Policy::at("data")
        .origins(["https://app.shop.example/", "null", "https://a.example", "https://a.example"])
        .methods(["put", "TRACE", "A B"])
        .request_headers(["Cookie", "Content-Type", "content-type"])
        .exposed_headers(["Set-Cookie"])
        .errors(["/a", "b"]);
    let first = Policy::at("/").any_origin().credentials();
    let (second, line) = (Policy::at("/").any_origin(), line!());
    let policies = [wrong, first, second];
    // No engine is asked for: a browser that is started would fail the test where none is.
    let told = corsproof::check(shop(listed()), policies).origin("shop.example").engines([]).await;
    let Err(CheckError::BadPolicy(complaints)) = told else { panic!("{told:?}") };
    let complaints: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    let complaints = complaints.join("\n").replace(&format!("library.rs:{line}:"), "library.rs:LINE:");
    insta::assert_snapshot!(complaints);
    let none = corsproof::check(shop(listed()), []).await.expect_err("a check of nothing");
    assert!(none.to_string().contains("there is no policy"), "{none}");
}

#[tokio::test]
async fn no_engine_is_an_error_and_no_proof() {
    let error = corsproof::check(shop(listed()), policy()).engines([]).await.expect_err("nobody can show it");
    assert!(error.to_string().contains("no engine"), "{error}");
}

/// Bytes that the test reads while the check writes them.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panics").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn its_events_are_those_of_a_check_in_order() -> Result<(), CheckError> {
    let _turn = turn::BROWSERS.read().await;
    if installed(Engine::Chromium).is_none() {
        return Ok(());
    }
    let written = Written::default();
    let router = shop(listed().vary([]));
    let proof =
        corsproof::check(router, policy()).engines([Engine::Chromium]).events(written.clone()).await?;
    let bytes = written.0.lock().expect("nobody panics").clone();
    let text = String::from_utf8(bytes).expect("UTF-8");
    let events: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("a line is an event")).collect();
    let named = |name: &str| events.iter().filter(|event| event["event"] == name).count();
    let mut parts: Vec<&str> = events
        .iter()
        .filter_map(|event| event["event"].as_str())
        .filter(|name| ["started", "case", "result", "checked", "finished"].contains(name))
        .collect();
    parts.dedup();
    assert_eq!(parts, ["started", "case", "result", "checked", "finished"]);
    assert_eq!(named("case"), named("result"));
    let checked = events.iter().find(|event| event["event"] == "checked").expect("a check");
    let told: Vec<&str> = checked["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|finding| finding["finding"].as_str())
        .collect();
    let found: Vec<&str> = proof.findings().iter().map(|finding| finding.kind.word()).collect();
    assert!(!found.is_empty());
    assert_eq!(told, found);
    Ok(())
}

/// What cannot be written is told, and is no proof.
#[tokio::test]
async fn events_that_cannot_be_written_are_an_error() {
    let _turn = turn::BROWSERS.read().await;
    if installed(Engine::Chromium).is_none() {
        return;
    }
    let nowhere: &mut [u8] = Vec::leak(Vec::new());
    let told = corsproof::check(shop(listed()), policy()).engines([Engine::Chromium]).events(nowhere).await;
    assert!(matches!(told, Err(CheckError::Events(_))), "{told:?}");
}

/// A service that never answers is not told to have no CORS.
#[tokio::test]
async fn a_service_that_gives_no_answers_proves_nothing() {
    if installed(Engine::Chromium).is_none() {
        return;
    }
    let fails = tower::service_fn(async |_: axum::extract::Request| {
        Err::<axum::response::Response, _>(io::Error::other("on purpose"))
    });
    let _turn = turn::BROWSERS.read().await;
    let told = corsproof::check(fails, policy()).engines([Engine::Chromium]).await;
    let Err(error @ CheckError::Unobserved(_)) = told else { panic!("{told:?}") };
    let told = error.to_string();
    assert!(
        told.contains("could not be observed") && told.contains("the service gave no HTTP answer"),
        "{told}"
    );
    assert!(told.contains("- and ") && told.contains(" more"), "{told}");
}

/// Runs itself again, in an environment that names a browser that is not there.
#[tokio::test]
async fn a_browser_that_is_not_there_is_an_error() {
    const INSIDE: &str = "CORSPROOF_TEST_INSIDE";
    if env::var_os(INSIDE).is_none() {
        let itself = env::current_exe().expect("the test's own program");
        let inside = Command::new(itself)
            .args(["--exact", "library::a_browser_that_is_not_there_is_an_error"])
            .env(INSIDE, "1")
            .env("CORSPROOF_BROWSERS", "firefox")
            .env("CORSPROOF_FIREFOX", "/nowhere/firefox")
            .output()
            .expect("the test runs again");
        assert!(inside.status.success(), "{}", String::from_utf8_lossy(&inside.stdout));
        return;
    }
    let told = corsproof::check(shop(listed()), policy()).await;
    let Err(error @ CheckError::Run(_)) = told else { panic!("{told:?}") };
    let told = error.to_string();
    assert!(told.contains("firefox cannot be used: CORSPROOF_FIREFOX names /nowhere/firefox"), "{told}");
}
