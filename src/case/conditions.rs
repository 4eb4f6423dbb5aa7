//! What a case needs of an engine, of its servers and of its neighbours.

use crate::words::words;

words! {
    /// What an engine may lack.
    pub(crate) Need {
        /// An HTTP cache (WebKitGTK has none under automation).
        HttpCache = "http-cache",
        /// Uploads of a `ReadableStream` (Chromium alone has them).
        RequestStreams = "request-streams",
        /// Media elements that ask for ranges from the first request on (WebKitGTK's ask for the whole).
        MediaRanges = "media-ranges",
        /// `PerformanceResourceTiming.responseStatus` (WebKitGTK has none).
        ResponseStatus = "response-status",
        /// A 401 to a CORS request with credentials that reaches the script (Chromium and Firefox ask the person).
        UnpromptedChallenge = "unprompted-challenge",
        /// Sound that Web Audio can listen to where the machine has no sound device (Chromium alone plays without one).
        AudioOutput = "audio-output",
        /// `<link rel=prefetch>` (WebKitGTK has it switched off).
        Prefetch = "prefetch",
        /// A page from a host whose name has more than letters, digits, hyphens and dots.
        SpecialHost = "special-host",
    }
}

words! {
    /// Who answers a case's requests.
    pub(crate) ServedBy {
        /// Its script alone: the model asks it in memory.
        Script = "script",
        /// A real server too: the model is given what that answered.
        RealServer = "real-server",
    }
}

words! {
    /// Whether a case may run beside others.
    pub(crate) Isolation {
        /// It may: the usual lane, many at a time.
        Shared = "shared",
        /// It waits on purpose (a delay, no answer): a lane of its own, few a host, 2 s at most where nothing is answered.
        Slow = "slow",
        /// It must be the only one that runs.
        Alone = "alone",
    }
}
