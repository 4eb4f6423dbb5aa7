//! The requirements that cases may say they cover, by their ids: stable, and never given anew.

/// A part of the list of requirements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// What its requirements are about.
    pub title: &'static str,
    /// The number of its first one.
    pub first: u16,
    /// The number of its last one.
    pub last: u16,
}

/// The list, in order and without gaps; a new requirement gets the next number, at the end.
pub const REQUIREMENTS: [Section; 11] = [
    section("origins and the Origin header", 1, 19),
    section("methods and request headers: what is simple", 20, 42),
    section("main fetch: choosing the path", 43, 56),
    section("the preflight request", 57, 82),
    section("redirects", 83, 105),
    section("the CORS check and response headers", 106, 126),
    section("credentials", 127, 136),
    section("the preflight cache", 137, 149),
    section("no-cors, opaque responses and what guards them", 150, 162),
    section("errors in making a request", 163, 168),
    section("elements and APIs that choose modes", 169, 190),
];

const fn section(title: &'static str, first: u16, last: u16) -> Section {
    Section { title, first, last }
}

/// The section of a requirement, by its id as `R73`; `None` where there is no such requirement.
pub fn section_of(id: &str) -> Option<&'static Section> {
    let digits = id.strip_prefix('R')?;
    let number: u16 = digits.parse().ok()?;
    // One spelling each: neither R073 nor R+73.
    if number.to_string() != digits {
        return None;
    }
    REQUIREMENTS.iter().find(|section| (section.first..=section.last).contains(&number))
}

pub(super) fn is_known(id: &str) -> bool {
    section_of(id).is_some()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn the_list_has_no_gap() {
        assert!(REQUIREMENTS.windows(2).all(|pair| pair[0].last + 1 == pair[1].first));
    }

    #[rstest]
    #[case("R1", true)]
    #[case("R190", true)]
    #[case("R0", false)]
    #[case("R191", false)]
    #[case("R073", false)]
    #[case("r73", false)]
    #[case("73", false)]
    fn ids(#[case] id: &str, #[case] known: bool) {
        assert_eq!(is_known(id), known);
    }
}
