//! Text with places in it.

/// Fills the places of a text, each written as its name in braces. A place without a value stays as it is.
pub(super) fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut pieces = text.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let place = piece.split_once('}').and_then(|(name, rest)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, rest))
        });
        match place {
            Some((value, rest)) => filled.extend([value, rest]),
            None => filled.extend(["{", piece]),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_once_and_braces_stay() {
        let values = [("a", "{b}"), ("b", "2")];
        assert_eq!(filled("}--x={a},{b},{c},{", &values), "}--x={b},2,{c},{");
    }
}
