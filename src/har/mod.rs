//! What the standard makes of traffic that a browser recorded, in a HAR file: no browser is started and nothing is sent.
//!
//! [`document`] reads the few fields that count, [`entry`] has them as requests and answers, [`conversation`] joins
//! preflights and redirects to the requests that they belong to, [`caller`] tells who asked and whether by CORS. What comes
//! of each conversation is predicted by the model over exactly these answers ([`prediction`]), and [`recording`] is the
//! whole.

mod caller;
mod conversation;
mod document;
mod entry;
mod exchanges;
mod outcome;
mod prediction;
mod recording;

#[cfg(test)]
mod tests;

pub(crate) use outcome::{Credentials, Outcome, Preflight, Unknown};
pub(crate) use recording::{JudgedRequest, Recording, Standing, read};
