//! What the messages of a console mean, for whoever copied them.

use std::collections::BTreeSet;

use browsers::Engine;
use fetch_model::Reason;

use super::{
    super::{
        diagnosis::says_no,
        ink::{Ink, Tone},
        sheet::Sheet,
    },
    Explanation, explain, servers,
};
use crate::{
    console_words::{BrowserMatter, Meaning, Message, Speaker},
    diagnose::DiagnoseCommand,
};

/// A page for each message: whose words they are, of which request, what they mean, what to change, and how to ask for
/// real. What was explained once is not explained again.
pub(crate) fn messages(messages: &[Message], ink: Ink, width: usize) -> String {
    let mut sheet = Sheet::new(ink, width);
    let mut explained: BTreeSet<Reason> = BTreeSet::new();
    for (index, message) in messages.iter().enumerate() {
        if index > 0 {
            sheet.rule();
        }
        headline(&mut sheet, message);
        request(&mut sheet, message);
        match &message.meaning {
            Meaning::OneOf(reasons) => {
                one_of(&mut sheet, reasons, &mut explained);
                besides(&mut sheet, message);
            }
            Meaning::Browser(matter) => browser(&mut sheet, *matter),
            Meaning::Unsaid => unsaid(&mut sheet, message.speaker),
        }
        command(&mut sheet, message);
    }
    sheet.into_text()
}

fn headline(sheet: &mut Sheet, message: &Message) {
    match &message.meaning {
        Meaning::OneOf(reasons) => {
            let words: Vec<&str> = reasons.iter().map(|reason| reason.word()).collect();
            sheet.paragraph(0, Tone::Strong, &words.join(" or "));
            for reason in reasons {
                sheet.paragraph(0, Tone::Normal, explain(*reason).title);
            }
        }
        Meaning::Browser(matter) => sheet.paragraph(0, Tone::Strong, matter.title()),
        Meaning::Unsaid => {
            sheet.paragraph(0, Tone::Strong, "Blocked by CORS; the reason is not in these words.");
        }
    }
    sheet.gap();
}

/// Of which request the words are, as far as they tell it.
fn request(sheet: &mut Sheet, message: &Message) {
    let times = if message.count > 1 { format!(", {} times", message.count) } else { String::new() };
    sheet.labelled("said by", Tone::Normal, &format!("{}{times}", name(message.speaker)));
    if let Some(url) = &message.url {
        let initiator =
            message.initiator.as_ref().map(|initiator| format!("{initiator} ")).unwrap_or_default();
        sheet.labelled("asked", Tone::Normal, &format!("{initiator}{url}"));
    }
    let details = [
        ("redirected", message.redirected_from.as_ref().map(|url| format!("from {url}"))),
        ("by a page of", message.origin.clone()),
        ("method", message.method.clone()),
        ("header", message.header.clone()),
        ("status", message.status.clone()),
    ];
    for (label, text) in details {
        if let Some(text) = text {
            sheet.labelled(label, Tone::Normal, &text);
        }
    }
    if let (Some(place), Some(reason)) = (message.place, message.reasons().first()) {
        sheet.labelled("said no", Tone::Bad, &says_no(*reason, place));
    }
}

/// Whose words they are. Derivatives say the same, and more people know their names.
fn name(speaker: Speaker) -> &'static str {
    match speaker {
        Speaker::Engine(Engine::Chromium) => "Chromium (Chrome, Edge, Opera, Brave)",
        Speaker::Engine(Engine::Firefox) => "Firefox",
        Speaker::Engine(Engine::WebKit) => "WebKit (Safari, and every browser on iOS)",
        Speaker::ChromiumOrFirefox => "Chromium or Firefox, which say the same",
    }
}

fn one_of(sheet: &mut Sheet, reasons: &[Reason], explained: &mut BTreeSet<Reason>) {
    match reasons {
        [reason] if !explained.insert(*reason) => {
            sheet.labelled("change", Tone::Good, &format!("as above, for {}", reason.word()));
        }
        [reason] => whole(sheet, explain(*reason)),
        reasons => {
            sheet.labelled("means", Tone::Normal, "one of these: the engine has one sentence for them.");
            for reason in reasons {
                let Explanation { what, remedy, .. } = explain(*reason);
                sheet.gap();
                sheet.line(&[(Tone::Strong, "  "), (Tone::Strong, reason.word())]);
                sheet.labelled("means", Tone::Normal, what);
                sheet.labelled("change", Tone::Good, remedy);
                sheet.under(0, Tone::Quiet, &format!("corsproof explain {}", reason.word()));
            }
        }
    }
}

/// Of what else an engine has the same words.
fn besides(sheet: &mut Sheet, message: &Message) {
    let is_of_firefox = message.speaker == Speaker::Engine(Engine::Firefox);
    if is_of_firefox && message.reasons() == [Reason::NetworkFailure] {
        let text = "Firefox has this sentence for whatever ends a load: also a blocked port, a redirect that it does not \
                    follow, an extension that blocks, a certificate that it does not trust.";
        sheet.labelled("besides", Tone::Notice, text);
    }
}

/// What the page of a reason says of the cure.
fn whole(sheet: &mut Sheet, explanation: &Explanation) {
    sheet.labelled("means", Tone::Normal, explanation.what);
    sheet.labelled("change", Tone::Good, explanation.remedy);
    servers(sheet, explanation);
}

fn browser(sheet: &mut Sheet, matter: BrowserMatter) {
    sheet.labelled("means", Tone::Normal, matter.what());
    sheet.labelled("change", Tone::Good, matter.remedy());
}

fn unsaid(sheet: &mut Sheet, speaker: Speaker) {
    let text = match speaker {
        Speaker::Engine(Engine::WebKit) => {
            "WebKit says why in the line before this one (\"Origin ... is not allowed\", \"Preflight response is not \
             successful\"). Where there is no such line, the preflight was redirected, or no answer came."
        }
        Speaker::Engine(Engine::Chromium) => "The reason follows after \"blocked by CORS policy:\".",
        Speaker::Engine(Engine::Firefox) | Speaker::ChromiumOrFirefox => {
            "The reason follows after \"Reason:\"."
        }
    };
    sheet.labelled("means", Tone::Normal, text);
    sheet.labelled("change", Tone::Good, "Copy the whole message, or ask for real:");
}

/// The command that asks the same in real browsers.
fn command(sheet: &mut Sheet, message: &Message) {
    let is_of_server = !matches!(message.meaning, Meaning::Browser(_));
    if let Some(command) = message.command().filter(|_| is_of_server) {
        sheet.gap();
        sheet.line(&[(Tone::Strong, "  ask for real")]);
        command_line(sheet, &command);
        if let Some(gaps) = gaps(&command) {
            sheet.paragraph(4, Tone::Quiet, &gaps);
        }
    }
}

/// A command line, broken before its options where it is too long, so that it can be copied as it stands.
pub(in crate::report) fn command_line(sheet: &mut Sheet, command: &DiagnoseCommand) {
    const WIDTH: usize = 74;
    let text = command.to_string();
    // No argument has a space and two dashes in it: URLs are encoded, and the others are single words.
    let mut parts = text.split(" --");
    let mut line = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if line.chars().count() + 3 + part.chars().count() > WIDTH {
            sheet.verbatim(4, Tone::Normal, &format!("{line} \\"));
            line = "   ".to_owned();
        }
        line.push_str(" --");
        line.push_str(part);
    }
    sheet.verbatim(4, Tone::Normal, &line);
}

/// What the reader of a command line has to fill in, where there is anything.
pub(in crate::report) fn gaps(command: &DiagnoseCommand) -> Option<String> {
    let replace = "Replace what is in upper case.";
    let port = "PORT is where the server listens on this machine: corsproof contacts no other.";
    match (command.has_gaps(), command.needs_address()) {
        (false, _) => None,
        (true, true) => Some(format!("{replace} {port}")),
        (true, false) => Some(replace.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{console_words::read, report::explain::Words};

    /// Whatever a page says that an engine says of a reason is understood as that reason.
    #[test]
    fn the_words_of_every_page_are_understood() {
        for reason in Reason::ALL {
            let Words { chromium, firefox, webkit } = explain(*reason).engines;
            for words in [chromium, firefox, webkit].into_iter().flatten() {
                let text = words.replace("ERR_...", "ERR_TIMED_OUT").replace("...", "x");
                let messages = read(&text);
                // One that is followed by no reason is WebKit's general one.
                let is_understood = |message: &Message| {
                    message.reasons().contains(reason) || message.meaning == Meaning::Unsaid
                };
                assert!(messages.iter().any(is_understood), "{}: {text}: {messages:?}", reason.word());
            }
        }
    }

    #[test]
    fn every_page_fits_a_terminal() {
        let engines_say = |reason: &Reason| {
            let Words { chromium, firefox, webkit } = explain(*reason).engines;
            [chromium, firefox, webkit].into_iter().flatten().collect::<Vec<_>>().join("\n")
        };
        for reason in Reason::ALL {
            let page = messages(&read(&engines_say(reason)), Ink::Plain, 80);
            for line in page.lines().filter(|line| !line.contains("://")) {
                assert!(line.chars().count() <= 80, "{}: {line}", reason.word());
            }
        }
    }
}
