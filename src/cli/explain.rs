//! `corsproof explain`: what a reason, a requirement, a browser's words or a recording means, and what to change.

use std::{
    ffi::OsStr,
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::{
    Arg, Args, Command,
    builder::{PossibleValue, StringValueParser, TypedValueParser, ValueParserFactory},
};
use fetch_model::Reason;

use super::{Exit, Refusal, output};
use crate::{
    casefile::Suite,
    console_words,
    coverage::Coverage,
    document::spelling,
    har,
    report::{Look, explain, har_json, render_har},
};

const AFTER_HELP: &str = "\
Examples:
  corsproof explain method-not-allowed
  corsproof explain R42
  corsproof explain \"Origin https://app.example.com is not allowed by \\
      Access-Control-Allow-Origin. Status code: 500\"
  corsproof explain - < console.txt
  corsproof explain --har recorded.har

The words of Chromium, Firefox and WebKit are understood, several messages at
once, with the page's own lines between them. Of a recording each request of
CORS is held against the standard: no browser is started, and nothing is sent.
Its cookies, tokens and queries are not printed.

Exit codes:
  0  it is explained; of a recording: the page can read all that it tells of
  1  of a recording: something is blocked, or has no answer
  2  bad usage: no such reason or requirement, words that no browser says, or
     a file that is no recording";

/// What a reason, a browser's words, a recording (HAR) or a requirement means, and what to change
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Explain {
    /// A reason, as reports write it; a requirement, as R42; what a browser's console says; or '-' for standard
    /// input
    #[arg(value_name = "REASON|REQUIREMENT|WORDS", hide_possible_values = true)]
    words: Vec<Words>,

    /// Tell of each request of CORS in this file, as browsers export it, what the standard makes of it
    #[arg(long, value_name = "FILE", conflicts_with = "words")]
    har: Option<PathBuf>,

    /// Print JSON instead; 'corsproof schema har' describes it
    #[arg(long, requires = "har", conflicts_with = "words")]
    json: bool,
}

/// An argument: any text. Shells complete it by the reasons.
#[derive(Clone, Debug)]
struct Words(String);

#[derive(Clone, Debug)]
struct WordsParser;

impl ValueParserFactory for Words {
    type Parser = WordsParser;

    fn value_parser() -> WordsParser {
        WordsParser
    }
}

impl TypedValueParser for WordsParser {
    type Value = Words;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Words, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value).map(Words)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Reason::WORDS.iter().map(PossibleValue::new)))
    }
}

/// The longest text, in bytes: a console that was copied whole.
const LONGEST: u64 = 4 << 20;

impl Explain {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let look = output::look();
        if let Some(file) = &self.har {
            return self.of_recording(file, &look);
        }
        let words: Vec<&str> = self.words.iter().map(|words| words.0.as_str()).collect();
        output::tell(&match words.as_slice() {
            [] => explain::overview(look.ink, look.width),
            ["-"] => of_text(&standard_input()?, &look)?,
            [word] => of_word(word, &look)?,
            words => of_text(&words.join(" "), &look)?,
        })?;
        Ok(Exit::Agreed)
    }

    fn of_recording(&self, file: &Path, look: &Look) -> Result<Exit, Refusal> {
        let recording = har::read(file).map_err(|error| Refusal::bad_input(error.to_string()))?;
        if self.json {
            let text = har_json(&recording)
                .map_err(|error| Refusal::failed(format!("cannot be told as JSON: {error}")))?;
            output::tell_json(&text)?;
        } else {
            output::tell(&render_har(&recording, &file.display().to_string(), look))?;
        }
        Ok(if recording.all_readable() { Exit::Agreed } else { Exit::Differed })
    }
}

fn of_word(word: &str, look: &Look) -> Result<String, Refusal> {
    match Reason::from_word(word) {
        Some(reason) => Ok(explain::page(reason, look.ink, look.width)),
        None if is_id(word) => of_requirement(&word.to_uppercase(), look),
        None => of_text(word, look),
    }
}

/// Whether `word` has the form of a requirement's id.
fn is_id(word: &str) -> bool {
    let number = word.strip_prefix(['R', 'r']);
    number.is_some_and(|number| !number.is_empty() && number.chars().all(|char| char.is_ascii_digit()))
}

fn of_requirement(id: &str, look: &Look) -> Result<String, Refusal> {
    let suite =
        Suite::embedded().map_err(|_| Refusal::failed("the suite that is built in cannot be read"))?;
    let coverage = Coverage::of(suite.cases());
    let all = coverage
        .sections
        .iter()
        .flat_map(|section| section.requirements.iter().map(move |covered| (section.title, covered)));
    let mut found = all.clone().filter(|(_, covered)| covered.id == id);
    match found.next() {
        Some((section, covered)) => Ok(explain::requirement(section, covered, look.ink, look.width)),
        None => Err(Refusal::bad_input(format!(
            "there is no requirement {id}: they go from R1 to R{}, and 'corsproof coverage' lists them",
            all.count()
        ))),
    }
}

fn of_text(text: &str, look: &Look) -> Result<String, Refusal> {
    let messages = console_words::read(text);
    if messages.is_empty() {
        return Err(Refusal::bad_input(not_understood(text.trim())));
    }
    Ok(explain::messages(&messages, look.ink, look.width))
}

/// What was expected, and how to go on.
fn not_understood(text: &str) -> String {
    const EXPECTED: &str = "Expected a reason ('corsproof explain' lists them), a requirement such as R42, or what the \
                            console of Chromium, Firefox or Safari says of a blocked read, such as \"Access to fetch at \
                            '...' from origin '...' has been blocked by CORS policy: ...\".";
    let is_word = !text.is_empty() && !text.contains(char::is_whitespace);
    if let Some(near) = spelling::nearest(text, Reason::WORDS.iter().copied()).filter(|_| is_word) {
        return format!("there is no reason '{text}'; did you mean '{near}'? 'corsproof explain' lists them");
    }
    if text.is_empty() {
        return format!("there is no text. {EXPECTED}");
    }
    if console_words::is_error_of_script(text) {
        return "this is the error that the script gets: it is the same for every reason, so that no page learns what \
                it may not read. The reason stands in the browser's console, in a line of its own beside it: copy that \
                one. Or ask for real: corsproof diagnose URL --from ORIGIN"
            .to_owned();
    }
    format!("nothing in this text is a message that a browser gives of a blocked read. {EXPECTED}")
}

fn standard_input() -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Refusal::bad_input(format!("standard input cannot be read: {error}")))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Refusal::bad_input(format!("standard input has more than {} MiB", LONGEST >> 20)));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
