//! What a process leaves behind, looked for without the means of the code under test.

use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

/// Waits until nothing runs that has this folder in its environment and nothing is left in the folder, and
/// fails if that does not come.
pub(crate) fn expect_none(folder: &Path) {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let (processes, files) = (processes_of(folder), files_in(folder));
        if processes.is_empty() && files.is_empty() {
            return;
        }
        assert!(
            Instant::now() < deadline,
            "left running: {processes:#?}\nleft in {}: {files:#?}",
            folder.display()
        );
        thread::sleep(Duration::from_millis(50));
    }
}

/// The command lines of the processes with this folder in their environment.
fn processes_of(folder: &Path) -> Vec<String> {
    let needle = folder.as_os_str().as_encoded_bytes();
    let entries = fs::read_dir("/proc").expect("a /proc").flatten();
    entries
        .filter(|entry| {
            let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
            environment.windows(needle.len()).any(|window| window == needle)
        })
        .map(|entry| fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default().replace('\0', " "))
        .collect()
}

fn files_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder").flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}
