//! Many jobs at a time, and those that never end.

use std::{collections::HashSet, time::Duration};

use corsproof_fixture::{Source, Token};
use rstest::rstest;

use super::{
    cases::{API, OPEN, PAGE, answer, case, resource, step},
    world::World,
};
use crate::{
    case::{Case, Context, Isolation, Request, Via},
    page::{Mark, NoOutcome},
};
use browsers::{BrowserError, Engine};
use serde_json::Value;

const QUICK: usize = 1000;
const HUNG: usize = 6;

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hung_jobs_hold_up_nobody(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    let Some(mut world) = World::start(engine).await else { return };
    // The hung ones come first, and yet they run last.
    let cases: Vec<Case> = (0..HUNG).map(|_| hung()).chain((0..QUICK).map(|_| quick())).collect();
    let (shown, batches) = world.show_in_batches(&cases).await;

    for shown in &shown[HUNG..] {
        assert_eq!((shown.read().body.as_str(), shown.methods()), ("hello", vec!["GET"]));
    }
    for shown in &shown[..HUNG] {
        assert_eq!(shown.methods(), ["GET"]);
        let [Err(first), Err(second)] = &shown.outcomes()[..] else { panic!("{:?}", shown.results) };
        assert_eq!(*first, NoOutcome::TimedOut { limit_ms: 2000 });
        assert!(second.to_string().contains("the step before gave no result"), "{second}");
    }

    let hung: HashSet<String> = (1..=HUNG).map(|number| Token::new(1, number).to_string()).collect();
    let early: usize =
        batches.iter().take_while(|batch| batch.pending >= HUNG).map(|batch| batch.ids.len()).sum();
    assert_eq!(early, QUICK, "all quick ones come before the first hung one");
    let last_quick = batches.iter().find(|batch| batch.pending == HUNG).expect("only hung ones left").at;
    let first_hung =
        batches.iter().find(|batch| batch.ids.iter().any(|id| hung.contains(id))).expect("a hung one").at;
    let end = batches.last().expect("a batch").at;
    assert!(first_hung >= Duration::from_secs(2), "{first_hung:?}");
    assert!(end >= first_hung + Duration::from_secs(1), "four at a time: {first_hung:?}, {end:?}");
    assert!(end <= last_quick + Duration::from_secs(7), "{last_quick:?}, {end:?}");
    assert!(batches.len() >= 4, "results come while others run");

    nothing_starts_elsewhere(&mut world).await;
    world.browser.close().await;
}

fn quick() -> Case {
    case("quick", vec![step(Context::Window, Request::new(Via::Fetch, API))], answer(OPEN))
}

fn hung() -> Case {
    let steps = vec![step(Context::Window, Request::new(Via::Fetch, API)); 2];
    Case { isolation: Isolation::Slow, ..case("hung", steps, vec![resource(API, Source::Hang)]) }
}

async fn nothing_starts_elsewhere(world: &mut World) {
    world.open().await;
    let error =
        world.start_jobs(&Mark::new(7), "https://other.example.com", &[]).await.expect_err("an error");
    let words = "the jobs are for a page of https://other.example.com, but this page's origin is https://app.example.com";
    assert!(matches!(&error, BrowserError::Script { words: told, .. } if told.contains(words)), "{error}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_belongs_to_one_visit_and_keeps_results_until_the_harness_has_them(
    #[values(Engine::Chromium, Engine::Firefox, Engine::WebKit)] engine: Engine,
) {
    let Some(mut world) = World::start(engine).await else { return };
    let (mark, other) = (Mark::new(1), Mark::new(2));
    let tokens = world.start_cases(&mark, &[quick(), quick(), quick()]).await;
    // The same jobs again, because the answer was lost: they run once.
    assert_eq!(world.start_jobs(&mark, PAGE, &[]).await.expect("an answer"), Value::Bool(true));
    // The page of an earlier visit, which another page is about to replace.
    assert_eq!(world.start_jobs(&other, PAGE, &[]).await.expect("an answer"), Value::Bool(false));

    let all = loop {
        let results = world.drain(0).await;
        if results.pending == 0 {
            break results;
        }
    };
    assert_eq!((all.visit.as_deref(), all.first, all.finished.len()), (Some(mark.as_str()), 0, 3));
    assert_eq!(world.drain(0).await, all, "nothing was acknowledged");
    let rest = world.drain(2).await;
    assert_eq!((rest.first, &rest.finished[..]), (2, &all.finished[2..]));
    assert_eq!(world.drain(3).await.finished, []);
    let sent: usize = tokens.iter().map(|token| world.log_len(token)).sum();
    assert_eq!(sent, 3);

    // A page that was opened anew knows nothing of all that, and says so.
    world.open().await;
    let fresh = world.drain(3).await;
    assert_eq!((fresh.visit, fresh.finished, fresh.pending), (None, vec![], 0));
    world.browser.close().await;
}
