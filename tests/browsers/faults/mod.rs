//! What goes wrong around a run: drivers and browsers that die, hang or lie, pages that go away, people and machines that
//! end things early. None of it is a verdict, little of it costs a result, and nothing is left running.

mod between;
mod drivers;
mod ends;
mod losses;
mod machine;
mod processes;
mod run;
mod sessions;
