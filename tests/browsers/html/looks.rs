//! Light and dark, wide and narrow.

use serde_json::json;

use super::page::Page;

/// The least contrast of text, <https://www.w3.org/TR/WCAG22/#contrast-minimum>.
const LEAST: f64 = 4.5;

/// Every text that is in sight and has less contrast than it should, with all that can be unfolded unfolded.
const PALE: &str = r#"
    const [least] = arguments;
    document.querySelectorAll('details').forEach((details) => { details.open = true; });
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const parse = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, alpha / 255];
    };
    const over = ([r, g, b, a], [under_r, under_g, under_b]) =>
        [r * a + under_r * (1 - a), g * a + under_g * (1 - a), b * a + under_b * (1 - a)];
    const ground = (element) => {
        const above = element.parentElement;
        const below = above ? ground(above) : [255, 255, 255];
        return over(parse(getComputedStyle(element).backgroundColor), below);
    };
    const light = (colour) => {
        const [r, g, b] = colour.map((part) => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one, other) => {
        const [brighter, darker] = [light(one), light(other)].sort((a, b) => b - a);
        return (brighter + 0.05) / (darker + 0.05);
    };
    const pale = new Set();
    let looked = 0;
    const look = (element, colour, what) => {
        const behind = ground(element);
        const found = contrast(over(parse(colour), behind), behind);
        looked++;
        if (found < least) pale.add(`${found.toFixed(2)} ${what}`);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || element.closest('script') || !element.getClientRects().length) continue;
        const what = `${element.tagName}.${element.className} in ${element.closest('[id]')?.id}`;
        look(element, getComputedStyle(element).color, what);
    }
    for (const input of document.querySelectorAll('input'))
        look(input, getComputedStyle(input, '::placeholder').color, 'placeholder');
    return { pale: [...pale], looked, ground: light(ground(document.body)) };
"#;

/// Has the page look as it does where a person asks for a scheme, whichever the browser has.
fn scheme(name: &str) -> String {
    format!(
        "document.documentElement.style.colorScheme = {name:?};
        for (const rule of document.styleSheets[0].cssRules)
            if (rule instanceof CSSMediaRule && /prefers-color-scheme|all/.test(rule.media.mediaText))
                rule.media.mediaText = {:?};",
        if name == "dark" { "all" } else { "not all" }
    )
}

pub(crate) async fn have_contrast_in_light_and_dark(page: &mut Page) {
    for (name, is_ground) in [("light", 0.5..1.0), ("dark", 0.0..0.1)] {
        page.go("/report#slice/every-verdict/blocked").await;
        page.until("document.getElementById('detail').open").await;
        page.ask(&scheme(name)).await;
        let found = page.browser.execute(PALE, vec![json!(LEAST)]).await.expect("colours");
        assert_eq!(found["pale"], json!([]), "{name} in {}", page.browser.engine());
        assert!(found["looked"].as_u64().is_some_and(|count| count > 500), "{found}");
        let ground = found["ground"].as_f64().expect("a number");
        assert!(is_ground.contains(&ground), "{name} has a ground of {ground}");
    }
}

pub(crate) async fn fit_a_phone(page: &mut Page) {
    page.go("/phone").await;
    let frame = "document.querySelector('iframe').contentWindow";
    page.until(&format!("{frame}.document.getElementById('detail-close')")).await;
    let too_wide = format!(
        "const within = {frame}.document.documentElement;
        if (within.clientWidth > 360) throw new Error(`the window is ${{within.clientWidth}} px wide`);
        if (within.scrollWidth <= within.clientWidth) return [];
        return [...within.querySelectorAll('body *')]
            .filter((element) => element.getBoundingClientRect().right > within.clientWidth && !element.closest('.wide'))
            .map((element) => `${{element.tagName}}.${{element.className}} ${{element.textContent.slice(0, 40)}}`)"
    );
    assert_eq!(page.ask(&too_wide).await, json!([]), "in {}", page.browser.engine());
    page.ask(&format!(
        "{frame}.document.querySelectorAll('details').forEach((details) => {{ details.open = true; }})"
    ))
    .await;
    assert_eq!(page.ask(&too_wide).await, json!([]), "unfolded, in {}", page.browser.engine());
    page.ask(&format!("{frame}.location.hash = '#slice/every-verdict/expected-wrongly'")).await;
    page.until(&format!("{frame}.document.getElementById('detail').open")).await;
    let dialog = format!(
        "const dialog = {frame}.document.getElementById('detail');
        dialog.querySelectorAll('details').forEach((details) => {{ details.open = true; }});
        const box = dialog.getBoundingClientRect();
        return [box.left >= 0, box.right <= 360, dialog.scrollWidth <= dialog.clientWidth]"
    );
    assert_eq!(page.ask(&dialog).await, json!([true, true, true]), "in {}", page.browser.engine());
}
