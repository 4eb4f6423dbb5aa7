//! Each algorithm against the standard's text, as tables.

mod cors_check;
mod cors_preflight;
mod header;
mod method;
mod origin;
mod properties;
mod redirect;
mod request_header;
mod response;
mod rig;
mod windows;
