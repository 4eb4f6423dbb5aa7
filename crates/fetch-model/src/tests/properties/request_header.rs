use proptest::{collection::vec, prelude::*};

use super::made_up::{bytes, list, request_header_name, request_header_value, request_headers};
use crate::{
    FetchStandard, Rules,
    method::{is_cors_safelisted_method, is_forbidden_method, normalize},
    range::parse_a_single_range_header_value,
    request_header::is_cors_safelisted_request_header,
};

proptest! {
    #[test]
    fn any_bytes_have_an_answer(name in bytes(), value in bytes()) {
        let safelisted = FetchStandard.is_cors_safelisted_request_header(&name, &value);
        let no_cors = FetchStandard.is_no_cors_safelisted_request_header(&name, &value);
        prop_assert!(safelisted || !no_cors, "no-cors is the narrower of the two");
        FetchStandard.is_forbidden_request_header(&name, &value);
        parse_a_single_range_header_value(&value);
    }

    #[test]
    fn names_are_compared_without_case(name in request_header_name(), value in request_header_value()) {
        let lower = name.to_ascii_lowercase();
        for name in [&name, &name.to_ascii_uppercase()] {
            prop_assert_eq!(
                FetchStandard.is_cors_safelisted_request_header(name, &value),
                FetchStandard.is_cors_safelisted_request_header(&lower, &value)
            );
            prop_assert_eq!(
                FetchStandard.is_forbidden_request_header(name, &value),
                FetchStandard.is_forbidden_request_header(&lower, &value)
            );
        }
    }

    #[test]
    fn nothing_longer_than_128_bytes_is_safe(name in request_header_name(), start in bytes(), more in 1..64_usize) {
        let value = format!("{start}{}", "a".repeat((128 + more).saturating_sub(start.chars().count())));
        prop_assert!(!is_cors_safelisted_request_header(&name, &value));
    }

    #[test]
    fn up_to_128_bytes_the_length_does_not_matter(length in 0..=128_usize) {
        for name in ["accept", "accept-language", "content-language"] {
            prop_assert!(is_cors_safelisted_request_header(name, &"a".repeat(length)));
        }
    }

    #[test]
    fn what_is_safe_as_a_language_is_safe_to_accept(value in request_header_value()) {
        prop_assert!(
            !is_cors_safelisted_request_header("accept-language", &value)
                || is_cors_safelisted_request_header("accept", &value)
        );
    }

    #[test]
    fn a_range_is_safe_if_it_goes_forward_from_a_start(start in any::<u32>(), end in any::<u32>()) {
        let is_safe = |range: String| is_cors_safelisted_request_header("range", &range);
        let (open, suffix, closed) = (format!("bytes={start}-"), format!("bytes=-{end}"), format!("bytes={start}-{end}"));
        prop_assert!(is_safe(open));
        prop_assert!(!is_safe(suffix));
        prop_assert_eq!(is_safe(closed), start <= end);
    }

    #[test]
    fn unsafe_names_are_a_sorted_set_of_what_is_there(headers in request_headers()) {
        let names = FetchStandard.cors_unsafe_request_header_names(&list(&headers));
        prop_assert!(names.is_sorted());
        prop_assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
        for name in &names {
            prop_assert!(headers.iter().any(|(other, _)| other.to_ascii_lowercase() == *name));
        }
        for (name, value) in &headers {
            let told = names.contains(&name.to_ascii_lowercase());
            prop_assert!(told || is_cors_safelisted_request_header(name, value), "{} is not told", name);
        }
    }

    #[test]
    fn neither_order_nor_case_of_the_headers_matters(headers in request_headers()) {
        let otherwise: Vec<_> =
            headers.iter().rev().map(|(name, value)| (name.to_ascii_uppercase(), value.clone())).collect();
        prop_assert_eq!(
            FetchStandard.cors_unsafe_request_header_names(&list(&headers)),
            FetchStandard.cors_unsafe_request_header_names(&list(&otherwise))
        );
    }

    #[test]
    fn safe_values_are_safe_together_up_to_1024_bytes(lengths in vec(0..=128_usize, 0..12)) {
        let headers: Vec<_> = lengths.iter().map(|length| ("accept".to_owned(), "a".repeat(*length))).collect();
        let names = FetchStandard.cors_unsafe_request_header_names(&list(&headers));
        prop_assert_eq!(names.is_empty(), lengths.iter().sum::<usize>() <= 1024);
    }

    #[test]
    fn a_method_is_normalized_once(method in bytes()) {
        let normalized = normalize(&method);
        prop_assert_eq!(&normalize(&normalized), &normalized);
        prop_assert!(normalized.eq_ignore_ascii_case(&method));
        prop_assert!(!(is_cors_safelisted_method(&normalized) && is_forbidden_method(&method)));
    }
}
