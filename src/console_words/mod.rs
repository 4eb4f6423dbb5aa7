//! The words of a browser's console, as people copy them: which engine said them, of which request, and what they mean.
//!
//! Verdicts rest on few words, read one message at a time ([`crate::judge`]). People paste more: several messages with
//! the page's own lines between them, wrapped, with curly quotes; and WebKit's words, which no harness can read. [`text`]
//! makes one line of all, [`openings`] finds where messages begin and what they are about, [`wording`] has the words that
//! the judge has no use for, [`reading`] puts messages together, and [`repetition`] takes out what engines say twice.

mod meaning;
mod message;
mod openings;
mod reading;
mod repetition;
mod text;
mod wording;

#[cfg(test)]
mod tests;

pub(crate) use meaning::{BrowserMatter, Meaning};
pub(crate) use message::{Message, Speaker};
pub(crate) use reading::{is_error_of_script, read};
