//! The HTML report, opened in real browsers: a run with every verdict and a check, as one page.

mod console;
mod details;
mod everybody;
mod filters;
mod hostile;
mod large;
mod looks;
mod page;
mod site;

use corsproof::Engine;
use rstest::rstest;

use crate::{engines::installed, turn};
use page::Page;
use site::{Site, merged, rendered};

/// One session an engine, since most of the time goes into starting it.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_is_used(#[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine) {
    let Some(installation) = installed(engine) else { return };
    let _turn = turn::BROWSERS.read().await;
    let site = Site::of(&rendered(&merged())).await;
    let mut page = Page::open(&installation, &site).await;
    filters::leave_what_is_asked_for(&mut page).await;
    details::open_by_click_and_by_key(&mut page).await;
    details::tell_what_there_is_to_know(&mut page).await;
    details::have_an_address(&mut page).await;
    everybody::finds_landmarks_names_and_headers(&mut page).await;
    looks::have_contrast_in_light_and_dark(&mut page).await;
    looks::fit_a_phone(&mut page).await;
    everybody::reads_it_without_scripts(&mut page).await;
    page.close().await;
}
