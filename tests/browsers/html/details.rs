//! What a cell opens.

use serde_json::{Value, json};

use super::{
    page::{ENTER, ESCAPE, Page, TAB},
    site::events,
};

/// A case whose details are packed, since all voices agree.
const AGREES: &str = "slice/every-verdict/blocked";
/// One whose details are told in the page.
const DIFFERS: &str = "slice/every-verdict/expected-wrongly";

const IS_OPEN: &str = "document.getElementById('detail').open";

fn row(case: &str) -> String {
    format!(
        "[...document.querySelectorAll('.matrix tbody tr')]
            .find((row) => decodeURIComponent(row.querySelector('a').hash.slice(1)) === {case:?})"
    )
}

async fn title(page: &mut Page) -> String {
    page.text("return document.getElementById('detail-title').textContent").await
}

pub(crate) async fn open_by_click_and_by_key(page: &mut Page) {
    for case in [AGREES, DIFFERS] {
        // A cell, by the pointer; it shows its engine first.
        page.ask(&format!("{}.querySelector('td[data-engine=firefox]').click()", row(case))).await;
        page.until(IS_OPEN).await;
        assert_eq!(title(page).await, case);
        let first = "const top = document.querySelector('dialog .bar').getBoundingClientRect().bottom;
            return document.querySelector('dialog section[data-engine=firefox]').getBoundingClientRect().top - top";
        let below = page.ask(first).await.as_f64().expect("a number");
        assert!((-1.0..400.0).contains(&below), "firefox is {below} px below the title");
        page.ask("document.getElementById('detail-close').click()").await;
        assert_closed(page, case).await;

        // Its name, by keys.
        page.ask(&format!("{}.querySelector('a').focus()", row(case))).await;
        page.press(ENTER).await;
        page.until(IS_OPEN).await;
        assert_eq!(title(page).await, case);
        page.press(TAB).await;
        // The focus stays with what is open.
        page.until("document.activeElement.matches('dialog *')").await;
        page.press(ESCAPE).await;
        assert_closed(page, case).await;
    }
    page.nothing_is_wrong().await;
}

/// It is closed, the case has the focus again, and the address is the report's.
async fn assert_closed(page: &mut Page, case: &str) {
    page.until(&format!("!{IS_OPEN}")).await;
    page.until(&format!("document.activeElement === {}.querySelector('a')", row(case))).await;
    assert_eq!(page.ask("return location.hash").await, json!(""));
}

/// All that the recorded run has of a case in an engine stands in its details.
pub(crate) async fn tell_what_there_is_to_know(page: &mut Page) {
    let events = events("slice.ndjson");
    for case in [AGREES, DIFFERS] {
        page.ask(&format!("{}.querySelector('a').click()", row(case))).await;
        page.until(IS_OPEN).await;
        let told = page.text("return document.getElementById('detail-body').textContent").await;
        let of_case = events.iter().find(|event| event["event"] == "case" && event["id"] == case);
        let of_case = of_case.expect("the case");
        for result in events.iter().filter(|event| event["event"] == "result" && event["case"] == case) {
            let section = format!(
                "return document.querySelector('dialog section[data-engine={}]').textContent",
                result["engine"].as_str().expect("an engine")
            );
            let told = page.text(&section).await;
            for wanted in seen(result) {
                assert!(told.contains(&wanted), "no {wanted:?} in {told}");
            }
        }
        // What the model says, why, where it is written, and how to try it.
        assert!(told.contains("blocked: "), "{told}");
        let spec = of_case["spec"].as_str().expect("an address");
        let anchor = format!("return document.querySelectorAll('dialog a[href={spec:?}]').length");
        assert_eq!(page.ask(&anchor).await, json!(1));
        let name = case.rsplit('/').next().expect("a name");
        for wanted in [
            &format!("name = {name:?}"),
            &format!("tests/recorded/slice/every-verdict.toml:{}", of_case["line"]),
            "await (await fetch(\"https://api.example.com/data\", {",
            "curl -ik --proxy PROXY -X OPTIONS 'https://api.example.com/data' -H '",
            "# the preflight",
            &format!("corsproof run --cases slice '{case}' --browser chromium"),
        ] {
            assert!(told.contains(wanted), "no {wanted:?} in {told}");
        }
        // Headers that matter are marked, others are not.
        let marked = "return [...document.querySelectorAll('dialog mark')].map((mark) => mark.textContent)";
        let marked = page.ask(marked).await.to_string();
        assert!(marked.contains("access-control-request-") && !marked.contains("accept:"), "{marked}");
        page.ask("document.getElementById('detail-close').click()").await;
        page.until(&format!("!{IS_OPEN}")).await;
    }
}

/// What a result holds, in the words of the report.
fn seen(result: &Value) -> Vec<String> {
    let mut words = Vec::new();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    for request in result["observed"]["sent"].as_array().expect("requests") {
        words.push(format!("{} {}", text(&request["method"]), text(&request["url"])));
        for (name, value) in request["headers"].as_object().expect("headers") {
            words.push(format!("{name}: {}", text(value)));
        }
    }
    for answer in result["answers"].as_array().expect("answers") {
        words.push(answer["status"].to_string());
        for header in answer["headers"].as_array().expect("headers") {
            words.push(format!("{}: {}", text(&header[0]), text(&header[1])));
        }
    }
    let step = &result["observed"]["steps"][0];
    words.push(format!("The page saw: {}", text(&step["read"])));
    words.extend(step["messages"].as_array().into_iter().flatten().map(text));
    assert!(words.len() > 5, "{result}");
    words
}

pub(crate) async fn have_an_address(page: &mut Page) {
    page.go(&format!("/report#{AGREES}")).await;
    page.until(IS_OPEN).await;
    assert_eq!(title(page).await, AGREES);
    // Its twin, from within; and back again.
    page.ask("document.querySelector('dialog .facts li a').click()").await;
    page.until(
        "document.getElementById('detail-title').textContent.startsWith('slice/every-verdict/granted[')",
    )
    .await;
    let has_focus = "document.activeElement === document.getElementById('detail-title')";
    page.until(has_focus).await;
    page.ask("history.back()").await;
    page.until(&format!("document.getElementById('detail-title').textContent === {AGREES:?}")).await;
    // A finding of the check leads to the case it rests on, and back to no case, even at once after the other closed.
    let wanted = page
        .text(
            "document.getElementById('detail-close').click();
            const link = document.querySelector('#checklist .finding a');
            link.click();
            return link.textContent",
        )
        .await;
    page.until(IS_OPEN).await;
    page.until(&format!("document.getElementById('detail-title').textContent === {wanted:?}")).await;
    // It is written as a policy, and tried against the server that was checked.
    let told = page.text("return document.getElementById('detail-body').textContent").await;
    for wanted in [
        "origins = []",
        "curl -i -X GET 'SERVER/orders' -H 'origin: ",
        "corsproof check 'shop/orders.toml' --browser ",
    ] {
        assert_eq!(told.matches(wanted).count(), 1, "{wanted:?} in {told}");
    }
    assert!(!told.contains("corsproof serve"), "{told}");
    page.ask("history.back()").await;
    page.until(&format!("!{IS_OPEN}")).await;
    page.nothing_is_wrong().await;
}
