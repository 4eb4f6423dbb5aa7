//! `corsproof diagnose` as a developer meets it: servers that grant, refuse, send away, break off or are not there.

mod console;
mod faults;
mod output;
mod program;
mod servers;
