//! What words of a console mean.

use fetch_model::Reason;

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The reason; several where an engine has one sentence for them, the most likely first.
    OneOf(Vec<Reason>),
    /// Something about the browser itself, which no server can mend.
    Browser(BrowserMatter),
    /// That CORS blocked the read. Why stands in words that are not here.
    Unsaid,
}

/// What a browser's own settings or extensions are the cause of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BrowserMatter {
    /// Firefox: the preference `content.cors.disable` is set.
    CorsDisabled,
    /// Firefox: a script with extended privileges asks, for which there is no one origin to name.
    OriginCannotBeAdded,
}

impl BrowserMatter {
    /// The matter in one line.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::CorsDisabled => "CORS is switched off in this browser.",
            Self::OriginCannotBeAdded => "The browser has no origin to name for this script.",
        }
    }

    /// What happened.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::CorsDisabled => {
                "The preference content.cors.disable is true, so that every request to another origin fails, whatever \
                 its server answers."
            }
            Self::OriginCannotBeAdded => {
                "A request of CORS always has an Origin header. This one comes from a script with extended privileges \
                 (an extension's content script, for instance), which speaks for several origins at once."
            }
        }
    }

    /// What to change.
    pub(crate) fn remedy(self) -> &'static str {
        match self {
            Self::CorsDisabled => {
                "Set content.cors.disable to false in about:config. No server has to be changed."
            }
            Self::OriginCannotBeAdded => {
                "Ask from a script of the page itself, or from the background script of the extension with the \
                 permission for that host."
            }
        }
    }
}
