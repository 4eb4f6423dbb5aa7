//! The filters: by area, engine, verdict and text, each alone and together.

use std::collections::BTreeSet;

use serde_json::json;

use super::{
    page::Page,
    site::{merged, results},
};

/// What is asked for, as a person would; empty is anything.
#[derive(Clone, Copy, Debug, Default)]
struct Asked {
    text: &'static str,
    area: &'static str,
    engine: &'static str,
    verdict: &'static str,
}

const ASKED: [Asked; 9] = [
    Asked { text: "", area: "slice", engine: "", verdict: "" },
    Asked { text: "", area: "", engine: "", verdict: "differs" },
    Asked { text: "", area: "", engine: "webkit", verdict: "not-applicable" },
    Asked { text: "", area: "", engine: "firefox", verdict: "known" },
    Asked { text: "", area: "", engine: "chromium", verdict: "known" },
    Asked { text: "", area: "slice", engine: "", verdict: "failed" },
    Asked { text: " Stranger[ ", area: "", engine: "", verdict: "" },
    Asked { text: "r110", area: "", engine: "", verdict: "" },
    Asked { text: "granted", area: "shop", engine: "", verdict: "agrees" },
];

pub(crate) async fn leave_what_is_asked_for(page: &mut Page) {
    let all = left(page).await;
    assert_eq!(all.len(), results(&merged()).iter().map(|(case, ..)| case).collect::<BTreeSet<_>>().len());
    for asked in ASKED {
        ask_for(page, asked).await;
        let expected = expected(asked);
        // What is asked for piece by piece leaves ever fewer: as many are the same.
        let status = format!("{} of {} cases", expected.len(), all.len());
        page.until(&format!("document.getElementById('matching').textContent === {status:?}")).await;
        assert_eq!(left(page).await, expected, "{asked:?}");
        // What is left is in sight without another click.
        let in_sight = "return [...document.querySelectorAll('.matrix tbody tr:not([hidden])')]
            .every((row) => row.checkVisibility() || row.getClientRects().length > 0)";
        assert_eq!(page.ask(in_sight).await, json!(true), "{asked:?}");
        page.ask("document.querySelector('#filters button').click()").await;
        page.until(&format!("document.getElementById('matching').textContent === '{} cases'", all.len()))
            .await;
        assert_eq!(left(page).await, all);
    }
    page.nothing_is_wrong().await;
}

/// The text by keys, the others as a choice ends.
async fn ask_for(page: &mut Page, Asked { text, area, engine, verdict }: Asked) {
    if !text.is_empty() {
        page.ask("document.getElementById('text').focus()").await;
        page.press(text).await;
    }
    for (id, value) in [("area", area), ("engine", engine), ("verdict", verdict)] {
        let choose = format!(
            "const select = document.getElementById({id:?});
            select.value = {value:?};
            if (select.value !== {value:?}) throw new Error('there is no such choice');
            select.dispatchEvent(new Event('input', {{ bubbles: true }}));"
        );
        page.ask(&choose).await;
    }
}

/// The cases that are not filtered away.
async fn left(page: &mut Page) -> BTreeSet<String> {
    let rows = page
        .ask(
            "return [...document.querySelectorAll('.area:not([hidden]) tbody tr:not([hidden]) a')]
                .map((link) => decodeURIComponent(link.hash.slice(1)))",
        )
        .await;
    rows.as_array().expect("rows").iter().map(|id| id.as_str().expect("text").to_owned()).collect()
}

/// The same, by what was recorded.
fn expected(Asked { text, area, engine, verdict }: Asked) -> BTreeSet<String> {
    let words = text.trim().to_lowercase();
    let has_words = |case: &str| match words.as_str() {
        // One case covers this requirement.
        "r110" => case.starts_with("slice/every-verdict/granted"),
        words => case.to_lowercase().contains(words),
    };
    results(&merged())
        .into_iter()
        .filter(|(case, of_engine, of_verdict)| {
            has_words(case)
                && (area.is_empty() || case.starts_with(&format!("{area}/")))
                && (engine.is_empty() || of_engine == engine)
                && (verdict.is_empty() || of_verdict == verdict)
        })
        .map(|(case, ..)| case)
        .collect()
}
