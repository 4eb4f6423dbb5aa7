//! What engines say twice, told once.

use browsers::Engine;
use fetch_model::Reason;

use super::{
    meaning::Meaning,
    message::{Message, Speaker},
};

/// A message as it stands in the text.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub message: Message,
    /// Whether it is the network's report of what the loader said before (`Failed to load resource:`).
    pub is_echo: bool,
}

/// The messages, each once and with how often it came, in the order in which each came first.
pub(super) fn once_each(drafts: Vec<Draft>) -> Vec<Message> {
    let mut told: Vec<Message> = Vec::new();
    for Draft { message, is_echo } in drafts {
        let is_said = |other: &Message| other.meaning == message.meaning && other.speaker == message.speaker;
        if is_echo && told.iter().any(is_said) {
            continue;
        }
        if !complete(&mut told, &message) {
            told.push(message);
        }
    }
    counted(without_consequences(&told))
}

/// WebKit says first why, without a URL, and then of which URL: both are one message. Whether `message` was the second
/// of the two.
fn complete(told: &mut [Message], message: &Message) -> bool {
    let is_of_webkit = message.speaker == Speaker::Engine(Engine::WebKit);
    if !is_of_webkit || message.meaning != Meaning::Unsaid {
        return false;
    }
    if message.url.is_none() {
        return told.iter().any(|other| other.speaker == message.speaker);
    }
    let lacks_url = |other: &&mut Message| {
        other.speaker == message.speaker && other.url.is_none() && other.meaning != Meaning::Unsaid
    };
    let Some(first) = told.iter_mut().find(lacks_url) else { return false };
    first.url.clone_from(&message.url);
    first.initiator.clone_from(&message.initiator);
    true
}

/// Without what Firefox says of a request besides why it was blocked: that it did not succeed. Of a connection that
/// closes it says, before that, that there were several values of a header: there was none at all.
fn without_consequences(told: &[Message]) -> Vec<Message> {
    let about = |message: &Message, reason: Reason| {
        message.speaker == Speaker::Engine(Engine::Firefox) && message.reasons() == [reason]
    };
    let others_of = |message: &Message, is: &dyn Fn(&Message) -> bool| {
        told.iter().any(|other| {
            other.url.is_some() && other.url == message.url && other.speaker == message.speaker && is(other)
        })
    };
    let is_consequence = |message: &Message| {
        if about(message, Reason::AllowOriginMultiple) {
            return others_of(message, &|other| about(other, Reason::NetworkFailure));
        }
        let says_why = |other: &Message| {
            !about(other, Reason::NetworkFailure) && !about(other, Reason::AllowOriginMultiple)
        };
        about(message, Reason::NetworkFailure) && others_of(message, &says_why)
    };
    told.iter().filter(|message| !is_consequence(message)).cloned().collect()
}

fn counted(told: Vec<Message>) -> Vec<Message> {
    let mut once: Vec<Message> = Vec::new();
    for message in told {
        match once.iter_mut().find(|other| other.repeats(&message)) {
            Some(first) => first.count += 1,
            None => once.push(message),
        }
    }
    once
}
