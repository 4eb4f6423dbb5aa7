//! Suggestions for misspelled words: "did you mean ...?"

/// The longest text, in bytes, that is taken for a misspelled word: to compare two takes as long as both are long.
const LONGEST: usize = 200;

/// The word that is most like `text`, if one is like it at all.
pub(crate) fn nearest<'a>(text: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if text.len() > LONGEST {
        return None;
    }
    let text = text.to_lowercase();
    words
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&text, &word.to_lowercase()), word))
        .filter(|(distance, word)| *distance <= (word.len().max(text.len()) / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("respnse", Some("response"))]
    #[case("Response", Some("response"))]
    #[case("prefligth", Some("preflight"))]
    #[case("colour", None)]
    #[case("ratio", None)]
    fn finds_the_nearest(#[case] text: &str, #[case] word: Option<&str>) {
        assert_eq!(nearest(text, ["response", "preflight", "request"]), word);
    }
}
