//! Who reads by ear, by keys or without scripts.

use serde_json::json;

use super::page::Page;

/// What a screen reader goes by, as one list of what is wrong.
const WRONG: &str = r#"
    const wrong = [];
    const count = (selector, wanted) => {
        const found = document.querySelectorAll(selector).length;
        if (found !== wanted) wrong.push(`${found} of ${selector}`);
    };
    for (const landmark of ['body > header', 'body > nav', 'main', 'body > footer', '[role=search]', 'h1'])
        count(landmark, 1);
    const named = (element) => {
        const by = element.getAttribute('aria-labelledby');
        const name = by ? document.getElementById(by)?.textContent : element.getAttribute('aria-label');
        return (name ?? '').trim() !== '';
    };
    for (const element of document.querySelectorAll('nav, main > section, form, dialog, ul.totals'))
        if (!named(element)) wrong.push(`no name: ${element.outerHTML.slice(0, 80)}`);
    for (const field of document.querySelectorAll('input, select'))
        if (field.labels.length !== 1 || field.labels[0].innerText.trim() === '')
            wrong.push(`no label: ${field.outerHTML.slice(0, 80)}`);
    for (const button of document.querySelectorAll('button, summary, a'))
        if (button.textContent.trim() === '') wrong.push(`says nothing: ${button.outerHTML.slice(0, 80)}`);
    for (const header of document.querySelectorAll('th'))
        if (!['row', 'col', 'colgroup'].includes(header.scope)) wrong.push(`no scope: ${header.outerHTML}`);
    for (const table of document.querySelectorAll('main table'))
        if (!table.closest('article.detail') && !table.caption?.textContent.trim())
            wrong.push(`no caption: ${table.outerHTML.slice(0, 80)}`);
    let level = 1;
    for (const heading of document.querySelectorAll('h1, main h2, main h3, main h4, main h5')) {
        const next = Number(heading.tagName[1]);
        if (next > level + 1) wrong.push(`h${level} is followed by ${heading.outerHTML.slice(0, 80)}`);
        level = next;
    }
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) wrong.push(`twice: ${id}`);
    for (const link of document.querySelectorAll('nav a, .skip'))
        if (!document.getElementById(link.hash.slice(1))) wrong.push(`leads nowhere: ${link.outerHTML}`);
    // A verdict is a word, and never a colour alone.
    for (const cell of document.querySelectorAll('td[data-verdict], .tag[data-verdict], [data-standing]'))
        if (!/[a-z]{3}/.test(cell.textContent.replace('n/a', 'not')))
            wrong.push(`a colour alone: ${cell.outerHTML.slice(0, 80)}`);
    if (document.documentElement.lang !== 'en' || !document.title.startsWith('corsproof: ')) wrong.push('title');
    const status = document.getElementById('matching');
    if (status.getAttribute('role') !== 'status') wrong.push('what the filters leave is not told');
    return wrong;
"#;

pub(crate) async fn finds_landmarks_names_and_headers(page: &mut Page) {
    page.go("/report").await;
    assert_eq!(page.ask(WRONG).await, json!([]));
    // The first stop of the tab key leads past all that stands before the cases.
    page.ask("document.activeElement.blur?.()").await;
    page.press(super::page::TAB).await;
    page.until("document.activeElement.getAttribute('href') === '#cases'").await;
}

pub(crate) async fn reads_it_without_scripts(page: &mut Page) {
    page.go("/plain").await;
    assert_eq!(page.ask("return document.querySelectorAll('script').length").await, json!(0));
    let shown = |selector: &str| {
        format!(
            "return [...document.querySelectorAll({selector:?})].some((element) => element.getClientRects().length > 0)"
        )
    };
    assert_eq!(page.ask(&shown("#filters")).await, json!(false), "filters that do nothing");
    assert_eq!(page.ask(&shown("dialog")).await, json!(false));
    assert_eq!(page.ask(&shown(".matrix td")).await, json!(true));
    // What does not agree unfolds without a script, and says all there is to say.
    let article = "document.getElementById('slice/every-verdict/expected-wrongly')";
    page.ask(&format!(
        "for (let above = {article}; above; above = above.parentElement) if (above.open === false) above.open = true;
        {article}.scrollIntoView()"
    ))
    .await;
    // What is far from sight is not laid out, and has no inner text.
    page.until(&format!("{article}.innerText !== ''")).await;
    let told = page.text(&format!("return {article}.innerText")).await;
    for wanted in [
        "read: author allowed, model blocked",
        "access-control-request-headers: x-other",
        "has been blocked by CORS policy",
        "Access-Control-Allow-Headers: X-Trace",
    ] {
        assert!(told.contains(wanted), "no {wanted:?} in {told}");
    }
    page.ask("document.getElementById('checklist').scrollIntoView()").await;
    let row = "return [...document.querySelectorAll('#policy tbody tr')].map((row) => row.textContent)";
    let engine = "prenono";
    assert_eq!(page.ask(row).await, json!([format!("fetch(), PUT{engine}{engine}{engine}")]));
    // The requirement that one of its cases covers, by all three engines: two cases, since it has two values.
    let covered = "return [...document.querySelectorAll('#coverage tbody tr')]
        .map((row) => [...row.cells].map((cell) => cell.textContent)).filter((cells) => cells[1] !== '0')
        .map(([requirement, ...counts]) => [requirement.split(' ')[0], ...counts])";
    assert_eq!(page.ask(covered).await, json!([["R110", "2", "2", "2", "2"]]));
    let told = page.text("return document.getElementById('checklist').innerText").await;
    for wanted in ["errors-unreadable of /goods", "Access-Control-Allow-Origin: *", "no module named shop"] {
        assert!(told.contains(wanted), "no {wanted:?} in {told}");
    }
}
