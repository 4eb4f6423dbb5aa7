//! The suite is embedded in the binary: a case file that comes or goes must build it anew.

fn main() {
    println!("cargo::rerun-if-changed=cases");
}
