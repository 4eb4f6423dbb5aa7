//! Wrong about what a response's type forbids.

use fetch_model::{FetchStandard, HeaderList, Reason, mime_type::Destination};

/// The headers with another X-Content-Type-Options.
fn with_options(headers: &HeaderList, change: impl Fn(&str) -> String) -> HeaderList {
    let is_options = |name: &str| name.eq_ignore_ascii_case("X-Content-Type-Options");
    headers
        .iter()
        .map(|(name, value)| {
            (name.to_owned(), if is_options(name) { change(value) } else { value.to_owned() })
        })
        .collect()
}

mutants! {
    "nosniff is nothing" breaks ["R160"] {
        fn should_be_blocked_due_to_nosniff(&self, _: Destination, _: &HeaderList) -> Result<(), Reason> {
            Ok(())
        }
    }

    "nosniff forbids images too" breaks ["R160"] {
        fn should_be_blocked_due_to_nosniff(&self, destination: Destination, headers: &HeaderList) -> Result<(), Reason> {
            match destination {
                // No type of an image is one of a script.
                Destination::Image => FetchStandard.should_be_blocked_due_to_nosniff(Destination::Script, headers),
                _ => FetchStandard.should_be_blocked_due_to_nosniff(destination, headers),
            }
        }
    }

    "nosniff is written in small letters" breaks ["R160"] {
        fn should_be_blocked_due_to_nosniff(&self, destination: Destination, headers: &HeaderList) -> Result<(), Reason> {
            let headers = with_options(headers, |value| value.replace("NOSNIFF", ""));
            FetchStandard.should_be_blocked_due_to_nosniff(destination, &headers)
        }
    }

    "nosniff counts wherever it stands" breaks ["R160"] {
        fn should_be_blocked_due_to_nosniff(&self, destination: Destination, headers: &HeaderList) -> Result<(), Reason> {
            let anywhere = |value: &str| if value.contains("nosniff") { "nosniff" } else { "" }.to_owned();
            FetchStandard.should_be_blocked_due_to_nosniff(destination, &with_options(headers, anywhere))
        }
    }

    "a script may be an image" breaks ["R160"] {
        fn should_be_blocked_due_to_mime_type(&self, _: Destination, _: &HeaderList) -> Result<(), Reason> {
            Ok(())
        }
    }

    "no script may be plain text" breaks ["R160", "R169"] {
        fn should_be_blocked_due_to_mime_type(&self, destination: Destination, headers: &HeaderList) -> Result<(), Reason> {
            let is_plain = headers.get("Content-Type").is_some_and(|value| value.starts_with("text/plain"));
            if destination == Destination::Script && is_plain {
                return Err(Reason::MimeType);
            }
            FetchStandard.should_be_blocked_due_to_mime_type(destination, headers)
        }
    }
}
