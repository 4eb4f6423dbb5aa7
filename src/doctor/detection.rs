//! The rules that detect problems in the facts about a machine.

use std::path::Path;

use browsers::{ENOUGH_SHARED_MEMORY, Engine, Missing, Need, NotFound, Pairing, Sandbox, major};

use super::{EngineFacts, Facts, Problem, ProblemKind, Program, Programs, Remedy, Severity, User};

/// Room that the profiles of a few browsers fill in a long run, in bytes.
const ENOUGH_ROOM: u64 = 256 * 1024 * 1024;

/// Everything that is wrong, the engines' own problems first.
pub(crate) fn problems(facts: &Facts) -> Vec<Problem> {
    let of_engines = facts.engines.iter().flat_map(|engine| of_engine(engine, facts));
    let mut problems: Vec<Problem> = of_engines.chain(of_machine(facts)).collect();
    if facts.user == User::Other {
        for problem in &mut problems {
            problem.remedy = problem.remedy.clone().with_sudo();
        }
    }
    problems
}

fn of_engine(facts: &EngineFacts, all: &Facts) -> Vec<Problem> {
    let mut problems = match &facts.found {
        Ok(found) => of_programs(facts.engine, found, all),
        Err(not_found) => of_missing(facts, not_found, all),
    };
    if facts.engine.needs(Need::TlsModule) && facts.found.is_ok() && !all.machine.webkit_speaks_tls {
        let text = format!("{} cannot open https pages: GLib has no module for TLS", facts.engine.title());
        problems.push(stops(ProblemKind::TlsMissing, facts.engine, text, Remedy::tls(all.system)));
    }
    problems
}

fn of_missing(facts: &EngineFacts, not_found: &NotFound, all: &Facts) -> Vec<Problem> {
    let of_one = |missing: &Missing| {
        let finding = match missing {
            Missing::Named { .. } => ProblemKind::NamedProgramMissing,
            Missing::Browser => ProblemKind::BrowserMissing,
            Missing::Driver => ProblemKind::DriverMissing,
            Missing::XServer => ProblemKind::DisplayMissing,
        };
        let mut text = not_found.describe(missing);
        if let (Missing::Browser | Missing::Driver, Some(snap)) = (missing, &facts.snap) {
            text.push_str(&format!("; {} is a snap, which cannot be driven here", snap.display()));
        }
        stops(finding, facts.engine, text, Remedy::install(facts.engine, missing, all.system))
    };
    not_found.missing.iter().map(of_one).collect()
}

fn of_programs(engine: Engine, found: &Programs, all: &Facts) -> Vec<Problem> {
    if engine.pairing() == Pairing::Untold {
        return Vec::new();
    }
    let mute = [&found.browser, &found.driver].into_iter().filter(|program| program.version.is_none());
    let mut problems: Vec<Problem> = mute.map(|program| is_mute(engine, program)).collect();
    problems.extend(versions_differ(engine, found, all));
    problems
}

fn is_mute(engine: Engine, program: &Program) -> Problem {
    let path = program.path.display();
    let text = format!("{path} does not tell its version, so it will hardly start");
    let remedy =
        Remedy::command(format!("{path} --version")).noting("it says what it lacks; else install it again");
    stops(ProblemKind::ProgramMute, engine, text, remedy)
}

/// A driver may drive the browser of its own major version only.
fn versions_differ(engine: Engine, found: &Programs, all: &Facts) -> Option<Problem> {
    let (browser, driver) = (found.browser.version.as_deref()?, found.driver.version.as_deref()?);
    if engine.pairing() != Pairing::SameMajor || major(browser) == major(driver) {
        return None;
    }
    let text = format!(
        "{} {driver} cannot drive {} {browser}: it is for version {}",
        engine.driver_name(),
        engine.title(),
        major(driver)
    );
    let packaged = [&found.browser, &found.driver].iter().all(|program| program.path.starts_with("/usr/bin"))
        && found.browser.path.file_name() != Some("google-chrome".as_ref());
    Some(stops(
        ProblemKind::VersionsDiffer,
        engine,
        text,
        Remedy::match_versions(engine, major(browser), packaged, all.system),
    ))
}

fn of_machine(facts: &Facts) -> Vec<Problem> {
    let installed = facts.engines.iter().filter(|engine| engine.found.is_ok()).map(|engine| engine.engine);
    let of_needs = installed.flat_map(|engine| [sandbox(engine, facts), shared_memory(engine, facts)]);
    let of_all = [loopback(facts), temporary(facts)];
    of_needs.chain(of_all).flatten().collect()
}

fn sandbox(engine: Engine, facts: &Facts) -> Option<Problem> {
    if !engine.needs(Need::Sandbox) {
        return None;
    }
    let (why, remedy) = match facts.machine.sandbox {
        Sandbox::Works => return None,
        Sandbox::Root => (
            "it refuses its sandbox to root",
            Remedy::command("runuser -u nobody -- corsproof run").noting("any user but root will do"),
        ),
        Sandbox::NoNamespaces => {
            let bar = facts.machine.namespaces_barred_by?;
            ("user namespaces cannot be made on this machine", Remedy::namespaces(bar, facts.system))
        }
    };
    let text = format!("{} runs with --no-sandbox, because {why}", engine.title());
    Some(hinders(ProblemKind::SandboxLeftOut, Some(engine), text, remedy))
}

fn shared_memory(engine: Engine, facts: &Facts) -> Option<Problem> {
    if !engine.needs(Need::SharedMemory) {
        return None;
    }
    let bytes = facts.machine.shared_memory.filter(|bytes| *bytes <= ENOUGH_SHARED_MEMORY)?;
    let text = format!(
        "/dev/shm has {} MiB, so {} writes to {} instead, which is slower",
        bytes / 1024 / 1024,
        engine.title(),
        facts.temporary.path.display()
    );
    let remedy = if facts.container {
        Remedy::command("docker run --shm-size=1g ...")
    } else {
        Remedy::command("mount -o remount,size=1G /dev/shm")
    };
    Some(hinders(ProblemKind::SharedMemorySmall, Some(engine), text, remedy))
}

fn loopback(facts: &Facts) -> Option<Problem> {
    let error = facts.loopback.as_deref()?;
    let text = format!("no ports of 127.0.0.1 can be opened: {error}");
    Some(Problem {
        finding: ProblemKind::LoopbackClosed,
        severity: Severity::Stops,
        engine: None,
        text,
        remedy: Remedy::command("ip link set lo up").noting("where the loopback interface is down"),
    })
}

fn temporary(facts: &Facts) -> Option<Problem> {
    let path = facts.temporary.path.display();
    let remedy = || Remedy::command(format!("export TMPDIR={}", elsewhere(&facts.temporary.path)));
    if let Some(error) = &facts.temporary.error {
        let text = format!("nothing can be written to {path}, where profiles go: {error}");
        return Some(Problem {
            finding: ProblemKind::TemporaryFolderUnwritable,
            severity: Severity::Stops,
            engine: None,
            text,
            remedy: remedy(),
        });
    }
    let free = facts.temporary.free.filter(|free| *free < ENOUGH_ROOM)?;
    let text = format!("{path}, where profiles go, has {} MiB left", free / 1024 / 1024);
    Some(hinders(ProblemKind::TemporaryFolderFull, None, text, remedy()))
}

fn elsewhere(path: &Path) -> &'static str {
    if path.starts_with("/var/tmp") { "/tmp" } else { "/var/tmp" }
}

fn stops(finding: ProblemKind, engine: Engine, text: String, remedy: Remedy) -> Problem {
    Problem { finding, severity: Severity::Stops, engine: Some(engine), text, remedy }
}

fn hinders(finding: ProblemKind, engine: Option<Engine>, text: String, remedy: Remedy) -> Problem {
    Problem { finding, severity: Severity::Hinders, engine, text, remedy }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::doctor::{System, facts::Temporary};
    use browsers::{Machine, NamespaceBar, Screen};

    const GIB: u64 = 1024 * 1024 * 1024;

    /// A Debian machine on which all is well, for a user that is not root.
    fn well() -> Facts {
        let found = |engine, browser: Option<&str>, driver: Option<&str>| EngineFacts {
            engine,
            found: Ok(Programs {
                browser: program("/usr/bin/browser", browser),
                driver: program("/usr/bin/driver", driver),
            }),
            snap: None,
        };
        Facts {
            system: System::Debian,
            name: "Debian GNU/Linux 12 (bookworm)".to_owned(),
            user: User::Other,
            machine: Machine {
                sandbox: Sandbox::Works,
                namespaces_barred_by: None,
                screen: Screen::Xvfb,
                shared_memory: Some(8 * GIB),
                webkit_speaks_tls: true,
            },
            container: false,
            loopback: None,
            temporary: Temporary { path: "/tmp".into(), free: Some(8 * GIB), error: None },
            engines: vec![
                found(Engine::Chromium, Some("156.0.8078.79"), Some("156.0.8078.10")),
                found(Engine::Firefox, Some("153.7.0esr"), Some("0.37.1")),
                found(Engine::WebKit, None, None),
            ],
        }
    }

    fn program(path: &str, version: Option<&str>) -> Program {
        Program { path: path.into(), version: version.map(str::to_owned) }
    }

    /// The problem of a machine that has exactly one.
    fn only(facts: &Facts) -> Problem {
        let [problem] = <[Problem; 1]>::try_from(problems(facts)).expect("one problem");
        problem
    }

    fn found(facts: &mut Facts, engine: usize) -> &mut Programs {
        facts.engines[engine].found.as_mut().expect("an installation")
    }

    #[test]
    fn a_machine_that_is_well_has_no_problems() {
        assert_eq!(problems(&well()), []);
    }

    #[test]
    fn a_chromedriver_of_another_version_stops_chromium_alone() {
        let mut facts = well();
        found(&mut facts, 0).driver.version = Some("155.0.1.2".to_owned());
        let problem = only(&facts);
        assert_eq!((problem.finding, problem.severity), (ProblemKind::VersionsDiffer, Severity::Stops));
        assert_eq!(problem.engine, Some(Engine::Chromium));
        assert!(problem.text.contains("155.0.1.2 cannot drive Chromium 156.0.8078.79"), "{}", problem.text);
        assert_eq!(problem.remedy.command.as_deref(), Some("sudo apt-get install chromium chromium-driver"));
    }

    /// A program that does not come from the system's packages is not replaced by one.
    #[test]
    fn a_chromedriver_from_elsewhere_is_fetched_by_the_browsers_version() {
        let mut facts = well();
        found(&mut facts, 0).driver = program("/opt/chromedriver", Some("155.0.1.2"));
        let command = only(&facts).remedy.command.expect("a command");
        assert_eq!(command, "npx --yes @puppeteer/browsers install chromedriver@156");
    }

    #[rstest]
    #[case::chromium(0)]
    #[case::firefox(1)]
    fn a_driver_that_tells_no_version_will_not_start(#[case] engine: usize) {
        let mut facts = well();
        found(&mut facts, engine).driver.version = None;
        assert_eq!(
            (only(&facts).finding, only(&facts).severity),
            (ProblemKind::ProgramMute, Severity::Stops)
        );
    }

    #[test]
    fn what_is_missing_is_told_one_by_one_and_a_snap_is_named() {
        let mut facts = well();
        facts.engines[0].found =
            Err(NotFound { engine: Engine::Chromium, missing: vec![Missing::Browser, Missing::Driver] });
        facts.engines[0].snap = Some("/usr/bin/chromium-browser".into());
        facts.engines[2].found = Err(NotFound { engine: Engine::WebKit, missing: vec![Missing::XServer] });
        let problems = problems(&facts);
        let findings: Vec<ProblemKind> = problems.iter().map(|problem| problem.finding).collect();
        assert_eq!(
            findings,
            [ProblemKind::BrowserMissing, ProblemKind::DriverMissing, ProblemKind::DisplayMissing]
        );
        assert!(problems[0].text.contains("/usr/bin/chromium-browser is a snap"), "{}", problems[0].text);
    }

    #[rstest]
    #[case(NamespaceBar::AppArmor, "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0")]
    #[case(NamespaceBar::KernelSetting, "sudo sysctl -w kernel.unprivileged_userns_clone=1")]
    #[case(NamespaceBar::Container, "docker run --security-opt seccomp=unconfined ...")]
    fn without_namespaces_the_sandbox_is_left_out(#[case] bar: NamespaceBar, #[case] command: &str) {
        let mut facts = well();
        facts.machine.sandbox = Sandbox::NoNamespaces;
        facts.machine.namespaces_barred_by = Some(bar);
        let problem = only(&facts);
        assert_eq!((problem.finding, problem.severity), (ProblemKind::SandboxLeftOut, Severity::Hinders));
        assert_eq!(problem.remedy.command.as_deref(), Some(command));
    }

    #[rstest]
    #[case::docker(true, "docker run --shm-size=1g ...")]
    #[case::machine(false, "sudo mount -o remount,size=1G /dev/shm")]
    fn little_shared_memory_hinders(#[case] container: bool, #[case] command: &str) {
        let mut facts = Facts { container, ..well() };
        facts.machine.shared_memory = Some(64 * 1024 * 1024);
        let problem = only(&facts);
        assert_eq!((problem.finding, problem.severity), (ProblemKind::SharedMemorySmall, Severity::Hinders));
        assert_eq!(problem.remedy.command.as_deref(), Some(command));
    }

    /// Problems of Chromium alone are not reported where there is no Chromium.
    #[test]
    fn without_chromium_its_sandbox_is_no_problem() {
        let mut facts = well();
        facts.machine.sandbox = Sandbox::Root;
        facts.machine.shared_memory = Some(1);
        facts.engines.remove(0);
        assert_eq!(problems(&facts), []);
    }

    #[test]
    fn webkit_without_tls_is_stopped() {
        let mut facts = well();
        facts.machine.webkit_speaks_tls = false;
        assert_eq!(
            (only(&facts).finding, only(&facts).engine),
            (ProblemKind::TlsMissing, Some(Engine::WebKit))
        );
    }

    #[rstest]
    #[case::closed(Some("denied"), Some(8 * GIB), ProblemKind::TemporaryFolderUnwritable, Severity::Stops)]
    #[case::full(None, Some(1024), ProblemKind::TemporaryFolderFull, Severity::Hinders)]
    fn profiles_need_room(
        #[case] error: Option<&str>,
        #[case] free: Option<u64>,
        #[case] finding: ProblemKind,
        #[case] severity: Severity,
    ) {
        let mut facts = well();
        facts.temporary = Temporary { path: "/tmp".into(), free, error: error.map(str::to_owned) };
        let problem = only(&facts);
        assert_eq!((problem.finding, problem.severity), (finding, severity));
        assert_eq!(problem.remedy.command.as_deref(), Some("export TMPDIR=/var/tmp"));
    }

    #[test]
    fn without_loopback_nothing_runs() {
        let facts = Facts { loopback: Some("Cannot assign requested address".to_owned()), ..well() };
        let problem = only(&facts);
        assert_eq!((problem.severity, problem.engine), (Severity::Stops, None));
        assert_eq!(problem.remedy.command.as_deref(), Some("sudo ip link set lo up"));
    }
}
