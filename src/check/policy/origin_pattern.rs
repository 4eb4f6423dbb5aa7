//! Origins that are declared by a pattern: `https://*.preview.example.com`, `https://shop-*-acme.example`.

use fetch_model::Origin;
use url::Url;

use super::complaint::{self, Complaint};
use crate::document::quotation::quoted;

/// What stands for the `*` in the page that asks as a member of a pattern.
const MEMBER: &str = "corsproof";

/// Origins of one scheme and port whose hosts are the same but for a part of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OriginPattern {
    before: String,
    after: String,
}

impl OriginPattern {
    /// A pattern; `None` where the text has no `*`.
    ///
    /// # Errors
    /// Where it has several, or one elsewhere than in the host, or where anybody can register a name that it matches.
    pub(crate) fn parse(text: &str) -> Option<Result<Self, Complaint>> {
        let (before, after) = text.split_once('*')?;
        let pattern = Self { before: before.to_owned(), after: after.to_owned() };
        Some(pattern.check(text).map(|()| pattern))
    }

    fn check(&self, text: &str) -> Result<(), Complaint> {
        let complaint = |why: &str, help: &str| {
            Complaint::new(format!("{} is no pattern of origins", quoted(text)), why, help)
        };
        let example =
            "such as https://*.preview.example.com; each * stands for a part of a name, without dots";
        if self.after.contains('*') {
            return Err(complaint("expected one *", example));
        }
        let is_in_host = self.before.split_once("://").is_some_and(|(_, host)| !host.contains([':', '/']))
            && !self.after.starts_with("//");
        if !is_in_host {
            return Err(complaint("expected the * in the host", example));
        }
        complaint::origin(&self.filled(MEMBER))
            .map_err(|of| complaint(&of.why.replace(MEMBER, "*"), &of.help))?;
        let host = |name: &str| Some(Url::parse(&self.filled(name)).ok()?.host_str()?.to_owned());
        let domain = |name: &str| Some(psl::domain_str(&host(name)?)?.to_owned());
        let ends_label = self.after.is_empty() || self.after.starts_with(['.', ':']);
        let is_whole_label = self.before.ends_with(['/', '.']) && ends_label;
        if is_whole_label && domain("one") != domain("two") {
            return Err(complaint(
                "anybody can register a name that it matches",
                "put the * before the domain that is yours",
            ));
        }
        Ok(())
    }

    fn filled(&self, name: &str) -> String {
        format!("{}{name}{}", self.before, self.after)
    }

    /// An origin that it matches, whose page must be able to read.
    pub(crate) fn member(&self) -> Option<Origin> {
        Origin::parse(&self.filled(MEMBER)).ok()
    }

    /// Origins that it does not match, as whoever writes it down too loosely lets in: a `.*` that takes dots, so that the
    /// name ends in a domain of somebody else's, and a `*` that takes the character before or behind it.
    pub(crate) fn near_misses(&self) -> Vec<Origin> {
        let begins_label = self.before.ends_with(['/', '.']);
        let ends_label = self.after.is_empty() || self.after.starts_with(['.', ':']);
        let mut texts = Vec::new();
        if !ends_label {
            texts.push(self.filled(&format!("{MEMBER}.attacker")));
            texts.push(format!("{}attacker{}", self.before, self.after.trim_start_matches(['-', '_'])));
        }
        if !begins_label {
            texts.push(format!("{}attacker{}", self.before.trim_end_matches(['-', '_']), self.after));
        }
        texts.iter().filter_map(|text| Origin::parse(text).ok()).collect()
    }

    /// Whether an origin is a member of it, with a name without dots for the `*`.
    pub(crate) fn matches(&self, origin: &Origin) -> bool {
        let text = origin.serialize();
        let part = text.strip_prefix(&self.before).and_then(|rest| rest.strip_suffix(&self.after));
        part.is_some_and(|part| !part.is_empty() && !part.contains(['.', ':', '/']))
    }

    /// Whether a server that implements the pattern in one way or another may let an origin in: some take a `*` for
    /// several names, with dots between them.
    pub(crate) fn may_match(&self, origin: &Origin) -> bool {
        let text = origin.serialize();
        let rest = text.strip_prefix(&self.before).and_then(|rest| rest.strip_suffix(&self.after));
        rest.is_some_and(|part| !part.is_empty() && !part.contains([':', '/']))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn pattern(text: &str) -> Result<OriginPattern, Complaint> {
        OriginPattern::parse(text).expect("it has a *")
    }

    #[rstest]
    #[case("https://*.preview.example.com", "https://corsproof.preview.example.com")]
    #[case("https://shop-*-acme.example", "https://shop-corsproof-acme.example")]
    #[case("http://*.localhost.example:3000", "http://corsproof.localhost.example:3000")]
    fn a_pattern_has_members(#[case] text: &str, #[case] member: &str) {
        let pattern = pattern(text).expect("a pattern");
        assert_eq!(pattern.member().map(|origin| origin.serialize()).as_deref(), Some(member));
        assert!(pattern.member().is_some_and(|origin| pattern.may_match(&origin)));
    }

    #[rstest]
    #[case::several("https://*.*.example.com", "expected one *")]
    #[case::scheme("*://app.example.com", "expected the * in the host")]
    #[case::port("https://app.example.com:*", "expected the * in the host")]
    #[case::of_anybody("https://*.com", "anybody can register")]
    #[case::public_suffix("https://*.github.io", "anybody can register")]
    #[case::path("https://*.example.com/", "as an origin it is written https://*.example.com;")]
    fn what_is_no_pattern_is_told(#[case] text: &str, #[case] why: &str) {
        let complaint = pattern(text).expect_err("no pattern").to_string();
        assert!(complaint.contains(why), "{complaint}");
    }

    #[rstest]
    #[case("https://*.preview.example.com", &[])]
    #[case("https://shop-*-acme.vercel.app", &[
        "https://shop-corsproof.attacker-acme.vercel.app",
        "https://shop-attackeracme.vercel.app",
        "https://shopattacker-acme.vercel.app",
    ])]
    #[case("https://*-acme.example", &["https://corsproof.attacker-acme.example", "https://attackeracme.example"])]
    fn what_is_nearly_a_member_is_none(#[case] text: &str, #[case] misses: &[&str]) {
        let pattern = pattern(text).expect("a pattern");
        let found: Vec<String> = pattern.near_misses().iter().map(Origin::serialize).collect();
        assert_eq!(found, misses);
        assert!(pattern.near_misses().iter().all(|origin| !pattern.matches(origin)));
    }

    #[rstest]
    #[case("https://a.preview.example.com", true)]
    #[case("https://a.b.preview.example.com", true)]
    #[case("https://preview.example.com", false)]
    #[case("https://attackerpreview.example.com", false)]
    #[case("http://a.preview.example.com", false)]
    #[case("https://a.preview.example.com:8443", false)]
    #[case("https://a.preview.example.com.attacker.example", false)]
    fn what_may_match(#[case] origin: &str, #[case] may: bool) {
        let pattern = pattern("https://*.preview.example.com").expect("a pattern");
        assert_eq!(pattern.may_match(&Origin::parse(origin).expect("an origin")), may);
    }
}
