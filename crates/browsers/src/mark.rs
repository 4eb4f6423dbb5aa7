//! The mark that everything we start carries, so that it can be found again.
//!
//! A process group alone is not enough: Chromium's crash handler and Firefox's crash helper leave their
//! browser's group and session, and a driver that dies leaves its browser to init. What all of them keep is
//! the environment they were started with.

use std::{
    collections::hash_map::RandomState,
    ffi::OsStr,
    fs,
    hash::{BuildHasher, Hasher},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use nix::unistd::Pid;

/// The environment variable.
pub(super) const VARIABLE: &str = "CORSPROOF_PROCESS";

/// The mark of this run: the start of every [`Mark`], and of the name of every folder we make.
pub(super) static RUN: LazyLock<String> =
    LazyLock::new(|| format!("corsproof-{:08x}", RandomState::new().build_hasher().finish() as u32));

/// The mark of one process that we start and of all its descendants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark(String);

impl Mark {
    /// One that no other process has.
    pub(super) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        Self(format!("{}.{}.", *RUN, NEXT.fetch_add(1, Ordering::Relaxed)))
    }

    /// The mark that covers all processes of this run.
    pub(super) fn of_run() -> Self {
        Self(format!("{}.", *RUN))
    }

    /// The value of [`VARIABLE`].
    pub(super) fn value(&self) -> &str {
        &self.0
    }

    /// Who runs under this mark or in one of these process groups. Zombies are left out: they hold nothing,
    /// and whether they go is up to their parent. Empty where there is no `/proc`.
    pub(super) fn bearers(&self, groups: &[Pid]) -> Vec<Pid> {
        processes().filter(|pid| self.is_borne_by(*pid, groups)).collect()
    }

    fn is_borne_by(&self, pid: Pid, groups: &[Pid]) -> bool {
        let Some(stat) = Stat::of(pid) else { return false };
        if stat.is_zombie {
            return false;
        }
        groups.contains(&stat.group)
            || fs::read(format!("/proc/{pid}/environ")).is_ok_and(|text| self.is_in(&text))
    }

    /// Whether an environment, NUL after each variable, carries this mark.
    fn is_in(&self, environment: &[u8]) -> bool {
        environment.split(|byte| *byte == 0).any(|variable| {
            variable
                .strip_prefix(VARIABLE.as_bytes())
                .and_then(|rest| rest.strip_prefix(b"="))
                .is_some_and(|value| value.starts_with(self.0.as_bytes()))
        })
    }
}

/// The processes whose parent this process is. Zombies are left out.
pub(super) fn children() -> Vec<Pid> {
    let is_child =
        |pid: &Pid| Stat::of(*pid).is_some_and(|stat| !stat.is_zombie && stat.parent == Pid::this());
    processes().filter(is_child).collect()
}

fn processes() -> impl Iterator<Item = Pid> {
    let entries = fs::read_dir("/proc").into_iter().flatten();
    entries.filter_map(|entry| parse_pid(&entry.ok()?.file_name()))
}

fn parse_pid(name: &OsStr) -> Option<Pid> {
    name.to_str()?.parse().ok().map(Pid::from_raw)
}

/// What `/proc/PID/stat` tells of a process.
struct Stat {
    is_zombie: bool,
    parent: Pid,
    group: Pid,
}

impl Stat {
    fn of(pid: Pid) -> Option<Self> {
        Self::parse(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
    }

    /// `pid (name) state ppid pgrp ...`; the name may hold spaces and parentheses.
    fn parse(text: &str) -> Option<Self> {
        let mut fields = text.get(text.rfind(')')? + 1..)?.split_whitespace();
        let state = fields.next()?;
        let mut number = || fields.next()?.parse().ok().map(Pid::from_raw);
        Some(Self { is_zombie: matches!(state, "Z" | "X"), parent: number()?, group: number()? })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::sleeping("7 (sh) S 1 42 42 0", false, 42)]
    #[case::zombie("7 (sh) Z 1 42 42 0", true, 42)]
    #[case::odd_name("7 (a) b (c) R 1 42 42 0", false, 42)]
    fn stat_is_read(#[case] text: &str, #[case] is_zombie: bool, #[case] group: i32) {
        let stat = Stat::parse(text).expect("a stat line");
        assert_eq!((stat.is_zombie, stat.group), (is_zombie, Pid::from_raw(group)));
        assert_eq!(stat.parent, Pid::from_raw(1));
    }

    #[test]
    fn a_mark_is_found_in_an_environment_and_no_other() {
        let (one, two) = (Mark::new(), Mark::new());
        let environment = format!("A=1\0{VARIABLE}={}\0B=2\0", one.value()).into_bytes();
        assert!(one.is_in(&environment) && Mark::of_run().is_in(&environment));
        assert!(!two.is_in(&environment));
        assert!(!one.is_in(format!("X{VARIABLE}={}\0", one.value()).as_bytes()));
    }
}
