//! Whether and how text is coloured.

use owo_colors::{OwoColorize, Style};

/// Whether text is coloured with ANSI escapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Plain,
    Coloured,
}

/// The meaning of a piece of text, which decides how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Ordinary text.
    Normal,
    /// A name that the eye should find.
    Strong,
    /// What is as it should be.
    Good,
    /// What is not as it should be.
    Bad,
    /// What deserves a look.
    Notice,
    /// What stands there for completeness only.
    Quiet,
}

impl Ink {
    /// Decides for one stream: [`NO_COLOR`](https://no-color.org) beats `CLICOLOR_FORCE`, which beats
    /// what the stream is. `variable` looks an environment variable up.
    pub(crate) fn decide(variable: impl Fn(&str) -> Option<String>, is_terminal: bool) -> Self {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let forced = variable("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0");
        let dumb = variable("TERM").is_some_and(|value| value == "dumb");
        let unwanted = variable("CLICOLOR").is_some_and(|value| value == "0");
        if is_set("NO_COLOR") {
            Self::Plain
        } else if forced || (is_terminal && !dumb && !unwanted) {
            Self::Coloured
        } else {
            Self::Plain
        }
    }

    /// `text`, coloured for the tone.
    pub(crate) fn paint(self, tone: Tone, text: &str) -> String {
        let style = match tone {
            Tone::Strong => Style::new().bold(),
            Tone::Good => Style::new().green(),
            Tone::Bad => Style::new().red().bold(),
            Tone::Notice => Style::new().yellow(),
            Tone::Quiet => Style::new().dimmed(),
            Tone::Normal => return text.to_owned(),
        };
        match self {
            Self::Plain => text.to_owned(),
            Self::Coloured => text.style(style).to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::terminal(&[], true, Ink::Coloured)]
    #[case::piped(&[], false, Ink::Plain)]
    #[case::no_color(&[("NO_COLOR", "1")], true, Ink::Plain)]
    #[case::empty_no_color_is_none(&[("NO_COLOR", "")], true, Ink::Coloured)]
    #[case::forced(&[("CLICOLOR_FORCE", "1")], false, Ink::Coloured)]
    #[case::forced_by_zero_is_not(&[("CLICOLOR_FORCE", "0")], false, Ink::Plain)]
    #[case::no_color_wins(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true, Ink::Plain)]
    #[case::unwanted(&[("CLICOLOR", "0")], true, Ink::Plain)]
    #[case::dumb(&[("TERM", "dumb")], true, Ink::Plain)]
    #[case::dumb_but_forced(&[("TERM", "dumb"), ("CLICOLOR_FORCE", "1")], true, Ink::Coloured)]
    fn colour_follows_the_environment(
        #[case] environment: &[(&str, &str)],
        #[case] is_terminal: bool,
        #[case] ink: Ink,
    ) {
        let variable = |name: &str| {
            environment.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(Ink::decide(variable, is_terminal), ink);
    }

    #[test]
    fn plain_ink_adds_nothing() {
        for tone in [Tone::Normal, Tone::Strong, Tone::Good, Tone::Bad, Tone::Notice, Tone::Quiet] {
            assert_eq!(Ink::Plain.paint(tone, "text"), "text");
        }
    }
}
