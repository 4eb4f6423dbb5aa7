//! Words of command lines, as a shell wants them.

/// `text` as one word of a shell's command line: quoted where a shell would read more into it.
pub(crate) fn word(text: &str) -> String {
    let is_plain = !text.is_empty()
        && text.chars().all(|char| char.is_ascii_alphanumeric() || "/._-+=:,".contains(char));
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("/usr/bin/chromium", "/usr/bin/chromium")]
    #[case("/opt/my browsers/fox", "'/opt/my browsers/fox'")]
    #[case("/it's", r"'/it'\''s'")]
    #[case("https://api.example.com/?a=1&b=2", "'https://api.example.com/?a=1&b=2'")]
    #[case("", "''")]
    fn words_survive_a_shell(#[case] text: &str, #[case] word_of_shell: &str) {
        assert_eq!(word(text), word_of_shell);
    }
}
