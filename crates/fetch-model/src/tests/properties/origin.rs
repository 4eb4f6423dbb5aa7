use proptest::prelude::*;

use super::made_up::{bytes, origin};
use crate::Origin;

proptest! {
    #[test]
    fn what_is_serialized_is_read_again(origin in origin()) {
        prop_assert_eq!(Origin::parse(&origin.serialize()), Ok(origin));
    }

    #[test]
    fn what_is_read_is_serialized_so(text in prop_oneof![bytes(), "https?://[a-zA-Z0-9.:/@-]{0,20}"]) {
        if let Ok(origin) = Origin::parse(&text) {
            prop_assert_eq!(origin.serialize(), text);
        }
    }

    #[test]
    fn tuple_origins_are_the_same_if_they_are_written_the_same(a in origin(), b in origin()) {
        prop_assert_eq!(a.is_same_origin(&b), a.serialize() == b.serialize());
    }

    #[test]
    fn everything_is_the_same_as_itself(a in origin(), number in any::<u64>()) {
        for origin in [a, Origin::new_opaque(number)] {
            prop_assert!(origin.is_same_origin(&origin));
            prop_assert!(origin.is_same_site(&origin));
            prop_assert!(origin.is_schemelessly_same_site(&origin));
        }
    }

    #[test]
    fn being_the_same_is_mutual(a in origin(), b in origin()) {
        prop_assert_eq!(a.is_same_origin(&b), b.is_same_origin(&a));
        prop_assert_eq!(a.is_same_site(&b), b.is_same_site(&a));
        prop_assert_eq!(a.is_schemelessly_same_site(&b), b.is_schemelessly_same_site(&a));
    }

    #[test]
    fn each_sameness_implies_the_wider_one(a in origin(), b in origin()) {
        prop_assert!(!a.is_same_origin(&b) || a.is_same_site(&b));
        prop_assert!(!a.is_same_site(&b) || a.is_schemelessly_same_site(&b));
    }

    #[test]
    fn a_site_is_a_class(a in origin(), b in origin(), c in origin()) {
        prop_assert!(!(a.is_same_site(&b) && b.is_same_site(&c)) || a.is_same_site(&c));
    }

    #[test]
    fn opaque_origins_keep_to_themselves(a in origin(), one in any::<u64>(), other in any::<u64>()) {
        let opaque = Origin::new_opaque(one);
        prop_assert_eq!(opaque.serialize(), "null");
        prop_assert!(!opaque.is_same_origin(&a) && !opaque.is_same_site(&a));
        prop_assert_eq!(opaque.is_same_origin(&Origin::new_opaque(other)), one == other);
    }
}
