//! What to change, in general and in the words of the framework.

use super::{
    general::general,
    knob::{Knob, knob},
    nginx::nginx,
    node::{express, fastify, hono, koa, next},
    python::{django, fastapi, flask},
    rust::{actix, tower_http},
};
use crate::check::{finding::Kind, framework::Framework};

/// What to change about a finding.
pub fn advice(kind: Kind, framework: Framework) -> String {
    let general = general(kind);
    match knob(kind).and_then(|knob| setting(framework, knob)) {
        Some(setting) => format!("{general} {}: {setting}", name(framework)),
        None => general.to_owned(),
    }
}

fn name(framework: Framework) -> &'static str {
    match framework {
        Framework::Express => "Express",
        Framework::Next => "Next.js",
        Framework::Fastify => "Fastify",
        Framework::Koa => "Koa",
        Framework::Hono => "Hono",
        Framework::FastApi => "FastAPI",
        Framework::Flask => "Flask",
        Framework::Django => "Django",
        Framework::Nginx => "nginx",
        Framework::TowerHttp => "tower-http",
        Framework::Actix => "Actix",
        Framework::Other => "Here",
    }
}

/// How a framework is told; `None` where it has no word of its own for it.
fn setting(framework: Framework, knob: Knob) -> Option<&'static str> {
    match framework {
        Framework::Express => express(knob),
        Framework::Next => next(knob),
        Framework::Fastify => fastify(knob),
        Framework::Koa => koa(knob),
        Framework::Hono => hono(knob),
        Framework::FastApi => fastapi(knob),
        Framework::Flask => flask(knob),
        Framework::Django => django(knob),
        Framework::Nginx => nginx(knob),
        Framework::TowerHttp => tower_http(knob),
        Framework::Actix => actix(knob),
        Framework::Other => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who names a framework is told in its words, whatever is broken or unsafe.
    #[test]
    fn every_framework_has_words_for_every_finding_that_it_can_put_right() {
        for framework in Framework::ALL.iter().filter(|framework| **framework != Framework::Other) {
            for kind in Kind::ALL {
                let Some(knob) = knob(*kind).filter(|knob| *knob != Knob::PlainOptions) else { continue };
                let what = format!("{} about {}", framework.word(), kind.word());
                assert!(setting(*framework, knob).is_some(), "nothing of {what}");
                assert!(advice(*kind, *framework).contains(&format!(" {}: ", name(*framework))), "{what}");
            }
        }
    }
}
