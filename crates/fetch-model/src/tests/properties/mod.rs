//! What holds whatever is sent and answered, tried with made-up input.

mod cors_preflight_cache;
mod fetch;
mod header_list;
mod http_cache;
mod made_up;
mod origin;
mod redirect_taint;
mod request_header;
