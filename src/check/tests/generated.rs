//! Servers that nobody would write: whatever they do, a declared page that cannot read and a stranger that something
//! other than the policy kept out never end in a check that passes.

use corsproof_fixture::{AnsweredBy, Exchange, Message, Received};
use proptest::prelude::*;

use super::rig::{POLICY, check_in, is_listed};
use crate::{
    check::{checked_file::CheckedFile, finding::Severity},
    evidence::message,
    observation::Read,
    run::CaseResult,
};

const STATUSES: [u16; 8] = [200, 200, 204, 302, 401, 404, 429, 500];

/// The questions that declared pages ask.
const DECLARED: [&str; 6] =
    ["reader[", "repeat", "in-turn", "preflight-kept", "browser-cache[", "shared-cache["];

/// What a generated server does with one kind of request.
#[derive(Clone, Debug)]
struct Habit {
    status: u16,
    grant: Grant,
    has_credentials: bool,
    has_lists: bool,
}

#[derive(Clone, Copy, Debug)]
enum Grant {
    Asker,
    Everybody,
    App,
    Twice,
    Nobody,
}

fn habit() -> impl Strategy<Value = Habit> {
    let grant = prop_oneof![
        4 => Just(Grant::Asker),
        1 => Just(Grant::Everybody),
        1 => Just(Grant::App),
        1 => Just(Grant::Twice),
        2 => Just(Grant::Nobody),
    ];
    (prop::sample::select(&STATUSES[..]), grant, any::<bool>(), any::<bool>()).prop_map(
        |(status, grant, has_credentials, has_lists)| Habit { status, grant, has_credentials, has_lists },
    )
}

/// What a server tells apart: who asks, and how.
fn kind_of(request: &Received) -> usize {
    let origin = request.header("Origin");
    let asker = match origin {
        None => 0,
        Some(origin) if origin == "https://app.shop.example" => 1,
        Some(origin) if is_listed(&origin) => 2,
        Some(_) => 3,
    };
    let way = match request.method.as_str() {
        _ if request.is_preflight() => 0,
        "GET" if request.header("Cache-Control").is_some() => 3,
        "GET" => 1,
        "POST" => 4,
        _ => 2,
    };
    asker * 5 + way
}

/// How many kinds of requests there are.
const KINDS: usize = 20;

fn answer(habit: &Habit, request: &Received) -> Message {
    let mut headers =
        vec![("Vary".to_owned(), "Origin".to_owned()), ("X-Total-Count".to_owned(), "1".to_owned())];
    let mut say = |name: &str, value: &str| headers.push((name.to_owned(), value.to_owned()));
    let origin = request.header("Origin").unwrap_or_default();
    match habit.grant {
        Grant::Asker => say("Access-Control-Allow-Origin", &origin),
        Grant::Everybody => say("Access-Control-Allow-Origin", "*"),
        Grant::App => say("Access-Control-Allow-Origin", "https://app.shop.example"),
        Grant::Twice => say("Access-Control-Allow-Origin", &format!("{origin}, {origin}")),
        Grant::Nobody => {}
    }
    if habit.has_credentials {
        say("Access-Control-Allow-Credentials", "true");
    }
    say("Access-Control-Expose-Headers", "X-Total-Count");
    if habit.has_lists {
        say("Access-Control-Allow-Methods", "GET, POST, PUT");
        say("Access-Control-Allow-Headers", "Content-Type, Authorization");
        say("Access-Control-Max-Age", "600");
    }
    if habit.status == 302 {
        say("Location", "https://api.shop.example/elsewhere");
    }
    Message { status: habit.status, headers, body: Vec::new() }
}

/// What a check must not overlook.
#[derive(Debug, Default)]
struct Seen {
    blocked: Vec<String>,
    refused: Vec<(String, u16)>,
    /// Strangers that could read.
    admitted: Vec<String>,
    usual: Vec<u16>,
}

impl Seen {
    fn take(&mut self, result: &CaseResult) {
        let Some((_, name)) = result.case.id.0.split_once("/data ") else { return };
        let name = name.to_owned();
        let Some(observed) = &result.observed else { return };
        let is_read =
            |exchange: &&Exchange| exchange.by == AnsweredBy::Upstream && exchange.received.method == "GET";
        let last = result.log.iter().rfind(is_read);
        let status = last.and_then(message).map(|message| message.status);
        if DECLARED.iter().any(|question| name.starts_with(question)) {
            if observed.steps.iter().any(|step| step.read == Read::Blocked) {
                self.blocked.push(name);
            } else {
                self.usual.extend(status);
            }
        } else if name.starts_with("stranger[")
            && observed.steps.iter().any(|step| step.read != Read::Blocked)
        {
            self.admitted.push(name);
        } else if name.starts_with("stranger[")
            && observed.steps.iter().all(|step| step.read == Read::Blocked)
        {
            self.refused.extend(status.map(|status| (name, status)));
        }
    }
}

fn passes(checked: &CheckedFile) -> bool {
    let is_harmless = checked.findings.iter().all(|finding| finding.severity == Severity::Advice);
    is_harmless && checked.unobserved.is_empty()
}

fn overlooks_nothing(habits: &[Habit]) -> Result<(), TestCaseError> {
    let mut seen = Seen::default();
    let mut server = |request: &Received| answer(&habits[kind_of(request)], request);
    let checked = check_in(POLICY, &mut server, |result| seen.take(result));
    if passes(&checked) {
        prop_assert!(seen.blocked.is_empty(), "{:?} of {:?}", seen.blocked, checked.findings);
        prop_assert!(seen.admitted.is_empty(), "{:?} of {:?}", seen.admitted, checked.findings);
        let is_odd = |(_, status): &&(String, u16)| *status >= 400 && !seen.usual.contains(status);
        let odd: Vec<_> = seen.refused.iter().filter(is_odd).collect();
        prop_assert!(odd.is_empty(), "{odd:?} beside {:?}", seen.usual);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_was_refused_passes(habits in prop::collection::vec(habit(), KINDS)) {
        overlooks_nothing(&habits)?;
    }

    /// A right server with one bad habit: where a server is wrong in all respects, something else is told anyway.
    #[test]
    fn one_bad_habit_does_not_pass(kind in 0..KINDS, bad in habit()) {
        let good = Habit { status: 200, grant: Grant::Nobody, has_credentials: true, has_lists: true };
        let mut habits = vec![good; KINDS];
        habits[5..15].iter_mut().for_each(|of_reader| of_reader.grant = Grant::Asker);
        habits[kind] = bad;
        overlooks_nothing(&habits)?;
    }
}
