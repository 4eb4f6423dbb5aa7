//! scratch
#![allow(clippy::all, missing_docs, clippy::print_stdout, clippy::allow_attributes)]
use corsproof::{
    browser::Engine,
    case::Suite,
    judge, predict,
    run::{self, Event, RunRequest},
};
#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let suite = match Suite::read(std::path::Path::new("cases")) {
        Ok(s) => s,
        Err(p) => {
            println!("{}", p.render(corsproof::case::Style::Plain, 100));
            return;
        }
    };
    let filters: Vec<corsproof::case::Filter> =
        args.get(1).map(|f| vec![corsproof::case::Filter::new(f.clone())]).unwrap_or_default();
    let cases = suite.select(&filters, &[]);
    println!("{} cases", cases.len());
    for c in &cases {
        let p = predict::predict(c);
        for d in judge::author_against_model(c, &p) {
            println!("AUTHOR/MODEL {} {d:?}", c.id);
        }
    }
    if args[0] == "none" {
        return;
    }
    let engines: Vec<Engine> = if args[0] == "all" {
        Engine::ALL.to_vec()
    } else {
        args[0].split(',').map(|e| e.parse().unwrap()).collect()
    };
    let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
    let (_stop, interrupt) = tokio::sync::watch::channel(false);
    let handle = tokio::spawn(run::run(
        RunRequest { cases, engines, jobs: 1, webdriver: None, repeat: 1, interrupt },
        tx,
    ));
    while let Some(e) = rx.recv().await {
        match e {
            Event::CaseFinished(r) => {
                if r.verdict.word() != "agrees" || args.len() > 2 {
                    println!("{} {} {:?}\n    observed {:?}\n", r.engine, r.id(), r.verdict, r.observed);
                }
            }
            Event::Started { .. } => {}
            other => println!("{other:?}"),
        }
    }
    println!("{:?}", handle.await.unwrap().map_err(|e| e.to_string()));
}
