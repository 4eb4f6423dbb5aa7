//! The processes of a run, as the kernel tells them.

use std::{fs, path::Path};

use nix::unistd::Pid;

/// The processes that `ancestor` has started, and those that these have started.
pub(super) fn descendants(ancestor: Pid) -> Vec<Pid> {
    let processes = Path::new("/proc").read_dir().expect("processes");
    let pairs: Vec<(i32, i32)> = processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid: i32| Some((pid, parent(pid)?)))
        .collect();
    let mut found = vec![ancestor.as_raw()];
    let mut next = 0;
    while next < found.len() {
        let children = pairs.iter().filter(|(_, parent)| *parent == found[next]).map(|(pid, _)| *pid);
        let children: Vec<i32> = children.collect();
        found.extend(children);
        next += 1;
    }
    found.into_iter().skip(1).map(Pid::from_raw).collect()
}

/// <https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html>: the name in parentheses may hold anything.
fn parent(pid: i32) -> Option<i32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// The processes that have `word` in their environment, and are no zombies.
pub(super) fn with_in_environment(word: &str) -> Vec<String> {
    let processes = Path::new("/proc").read_dir().expect("processes").filter_map(Result::ok);
    let has_word = |path: &Path| {
        let environment = fs::read(path.join("environ")).unwrap_or_default();
        environment.windows(word.len()).any(|part| part == word.as_bytes())
    };
    let of_word = processes.map(|entry| entry.path()).filter(|path| has_word(path));
    of_word.filter_map(|path| fs::read_to_string(path.join("cmdline")).ok()).collect()
}
