//! Whether a driver is there, before there is a session.

use std::time::Duration;

use fantoccini::{Client, error::CmdError, wd::WebDriverCompatibleCommand};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use tokio::time::timeout;
use url::Url;

use super::{BrowserError, Engine, failure::innermost};

/// How long a driver that runs already may take to say that it is ready.
const STATUS_LIMIT: Duration = Duration::from_secs(10);

/// The driver that runs already at a URL, if it is ready to make a session.
pub(super) async fn running(engine: Engine, url: &str) -> Result<String, BrowserError> {
    let failed = |why: String| BrowserError::NoDriver { url: url.to_owned(), why };
    let parsed = Url::parse(url).map_err(|error| failed(format!("this is no URL ({error})")))?;
    if parsed.scheme() != "http" {
        return Err(failed("only http:// can be used".to_owned()));
    }
    let base = format!("{}/", parsed.as_str().trim_end_matches('/'));
    let status = match timeout(STATUS_LIMIT, status(&base)).await {
        Ok(Ok(status)) => status,
        Ok(Err(CmdError::FailedC(error))) => return Err(failed(innermost(&error))),
        Ok(Err(error)) => return Err(failed(error.to_string())),
        Err(_) => return Err(failed(format!("no answer to /status within {} s", STATUS_LIMIT.as_secs()))),
    };
    if status["ready"] != true {
        let message =
            status["message"].as_str().filter(|text| !text.is_empty()).unwrap_or("it gives no reason");
        return Err(failed(format!("it says that it is not ready ({message})")));
    }
    let name = engine.row().session.browser_name.text();
    match offered_by_grid(&status) {
        // A Grid lets a request that nobody can serve wait in its queue.
        Some(offered) if !offered.iter().any(|offered| offered.eq_ignore_ascii_case(name)) => {
            Err(failed(format!("its nodes have {}, not {name}", offered.join(", "))))
        }
        _ => Ok(base),
    }
}

/// The browsers of a Selenium Grid's nodes; `None` for a plain driver.
fn offered_by_grid(status: &Value) -> Option<Vec<String>> {
    let slots = status["nodes"].as_array()?.iter().filter_map(|node| node["slots"].as_array()).flatten();
    let mut names: Vec<String> =
        slots.filter_map(|slot| slot["stereotype"]["browserName"].as_str().map(str::to_owned)).collect();
    names.sort();
    names.dedup();
    Some(names)
}

/// [Status](https://www.w3.org/TR/webdriver2/#status), which needs no session.
pub(super) async fn status(url: &str) -> Result<Value, CmdError> {
    let client = Client::with_existing_session(url, "none", HttpConnector::new())
        .await
        .map_err(|error| CmdError::InvalidArgument("url".to_owned(), error.to_string()))?;
    // There is no session to delete when the client goes.
    client.persist().await?;
    client.issue_cmd(Status).await
}

#[derive(Debug)]
struct Status;

impl WebDriverCompatibleCommand for Status {
    fn endpoint(&self, base: &Url, _: Option<&str>) -> Result<Url, url::ParseError> {
        base.join("status")
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::GET, None)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_grid_tells_what_its_nodes_have() {
        let slot = |name: &str| json!({ "stereotype": { "browserName": name } });
        let status = json!({ "nodes": [{ "slots": [slot("firefox"), slot("chrome")] }, { "slots": [slot("chrome")] }] });
        assert_eq!(offered_by_grid(&status), Some(vec!["chrome".to_owned(), "firefox".to_owned()]));
        assert_eq!(offered_by_grid(&json!({ "ready": true })), None);
    }
}
