//! Servers, browsers and case files may say what they like: in the page it is text.

use corsproof::Engine;
use rstest::rstest;
use serde_json::{Value, json};

use super::{
    page::Page,
    site::{Site, merged, rendered},
};
use crate::{engines::installed, turn};

const HOSTILE: &str = "\"'></pre></textarea><!--</script><script>window.hacked = 1</script>\
    <img src=x onerror='window.hacked = 2'><svg onload='window.hacked = 3'></svg>&lt;&#x3c;i&#x3e; 100%";
const ADDRESS: &str = "javascript:window.hacked=4//";

/// Makes every text hostile that is no word of a closed list.
fn poison(value: &mut Value) {
    match value {
        Value::Array(members) => members.iter_mut().for_each(poison),
        Value::Object(members) => {
            for (name, value) in members {
                match poisoned(name, value) {
                    Some(poisoned) => *value = poisoned,
                    None => poison(value),
                }
            }
        }
        _ => {}
    }
}

/// The hostile value of a member that is a text of somebody else's.
fn poisoned(name: &str, value: &Value) -> Option<Value> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let id = |id: &Value| json!(format!("{}[v={HOSTILE}]", text(id)));
    Some(match (name, value) {
        ("headers", Value::Object(headers)) => headers
            .iter()
            .map(|(name, value)| (format!("{name}{HOSTILE}"), json!(format!("{}{HOSTILE}", text(value)))))
            .collect(),
        ("headers", Value::Array(headers)) => {
            headers.iter().map(|pair| json!([pair[0], format!("{HOSTILE}{}", pair[1])])).collect()
        }
        ("request_headers" | "answer_headers", Value::Array(_)) => json!([[HOSTILE, HOSTILE]]),
        ("messages", Value::Array(_)) => json!([HOSTILE]),
        ("spec" | "link", Value::String(_)) => json!(ADDRESS),
        (
            "body" | "title" | "note" | "why" | "found" | "means" | "change" | "remark" | "command" | "again"
            | "origin" | "version" | "protocol" | "no_server",
            Value::String(text),
        ) => json!(format!("{text}{HOSTILE}")),
        // Identities, wherever they stand.
        ("id" | "case", Value::String(text)) if text.contains('/') => id(value),
        ("twins" | "cases", Value::Array(ids)) => ids.iter().map(id).collect(),
        _ => return None,
    })
}

/// The elements of a page, by name.
const ELEMENTS: &str = "const elements = {};
    for (const element of document.querySelectorAll('*'))
        if (!['MARK', 'BR'].includes(element.tagName))
            elements[element.tagName] = (elements[element.tagName] ?? 0) + 1;
    return elements";

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_under_test_cannot_write_the_report(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    let Some(installation) = installed(engine) else { return };
    let _turn = turn::BROWSERS.read().await;
    let mut poisoned = merged();
    poisoned.iter_mut().flatten().for_each(poison);
    let report = rendered(&poisoned);
    assert!(report.matches("window.hacked = 1").count() > 200, "too little was poisoned");
    assert_eq!(report.matches("<script>window.hacked").count() + report.matches("<img").count(), 0);
    let site = Site::of(&report).await;
    let mut page = Page::open(&installation, &site).await;
    page.ask("document.querySelectorAll('details').forEach((details) => { details.open = true; })").await;
    let links =
        "return [...document.querySelectorAll('a')].filter((link) => link.protocol === 'javascript:').length";
    assert_eq!(page.ask(links).await, json!(0), "an address that is none is no link");
    let elements = page.ask(ELEMENTS).await;
    assert_eq!(
        (&elements["IMG"], &elements["SVG"], &elements["I"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );

    // Its details are unpacked as markup: both those that are told and those that are packed.
    for name in ["expected-wrongly", "blocked"] {
        let open = format!(
            "const link = [...document.querySelectorAll('.matrix a')].find((link) => link.textContent.includes('{name}['));
            link.click();
            return link.textContent"
        );
        let case = page.text(&open).await;
        page.until("document.getElementById('detail').open").await;
        let title = page.text("return document.getElementById('detail-title').textContent").await;
        assert_eq!(title, format!("slice/{case}"));
        let told = page.text("return document.getElementById('detail-body').textContent").await;
        assert!(told.contains(HOSTILE), "the text stands there as it is: {told}");
        assert_eq!(
            page.ask("return document.querySelectorAll('dialog :is(script, img, svg, i)').length").await,
            json!(0)
        );
        page.ask("document.getElementById('detail-close').click()").await;
        page.until("!document.getElementById('detail').open").await;
    }
    assert_eq!(page.ask("return window.hacked ?? 0").await, json!(0));
    page.close().await;
}
