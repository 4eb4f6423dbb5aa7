//! Ten points that a CORS policy should meet.

use crate::words::words;

words! {
    /// The ten points of the checklist.
    #[non_exhaustive]
    pub Point {
        /// Those who are declared can read, and nobody else.
        Origins = "origins",
        /// The preflight is answered with an ok status, without asking who is there.
        Preflight = "preflight",
        /// Credentials are granted where they are declared, and in the right words.
        Credentials = "credentials",
        /// The answer says that it depends on the Origin.
        Vary = "vary",
        /// Declared methods, and no others.
        Methods = "methods",
        /// Declared request headers, and no others.
        Headers = "headers",
        /// The preflight's answer says how long it holds.
        MaxAge = "max-age",
        /// The Origin is compared, not sent back.
        Reflection = "reflection",
        /// Declared response headers can be read.
        ExposeHeaders = "expose-headers",
        /// The same in every engine, over repeats, protocols and errors.
        Consistency = "consistency",
    }
}

impl Point {
    /// The demand of the point, as the checklist prints it.
    pub(in crate::check) fn title(self) -> &'static str {
        match self {
            Self::Origins => "Declared origins can read, nobody else can",
            Self::Preflight => "Preflights are answered with an ok status",
            Self::Credentials => "Credentials are granted as declared",
            Self::Vary => "Vary: Origin where the answer depends on it",
            Self::Methods => "Only the methods that are needed",
            Self::Headers => "Only the request headers that are needed",
            Self::MaxAge => "Max-Age is set, and as engines keep it",
            Self::Reflection => "The Origin is compared, not sent back",
            Self::ExposeHeaders => "Response headers that scripts need are exposed",
            Self::Consistency => "The same in every engine, every time",
        }
    }
}
