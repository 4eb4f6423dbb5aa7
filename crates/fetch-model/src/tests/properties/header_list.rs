use proptest::{collection::vec, prelude::*, sample::select};

use super::made_up::{bytes, token};
use crate::{
    HeaderList,
    header::{
        Unparsable, extract_header_list_values, extract_max_age, is_header_name, is_header_value,
        normalize_value,
    },
};

const NAME: &str = "Access-Control-Allow-Headers";

fn lines(values: &[String]) -> HeaderList {
    values.iter().map(|value| (NAME.to_owned(), value.clone())).collect()
}

/// Members with a separator after each.
fn members() -> impl Strategy<Value = Vec<(String, &'static str)>> {
    vec((token(), select(vec![",", ", ", " ,\t", ",,", ", , ,", "\t,"])), 0..8)
}

proptest! {
    #[test]
    fn commas_and_lines_separate_alike(members in members(), breaks in vec(any::<bool>(), 8)) {
        let expected: Vec<String> = members.iter().map(|(token, _)| token.clone()).collect();
        let mut values = vec![String::new()];
        for ((token, separator), ends) in members.iter().zip(breaks) {
            let line = values.last_mut().expect("a line");
            line.push_str(token);
            line.push_str(separator);
            if ends {
                values.push(String::new());
            }
        }
        prop_assert_eq!(extract_header_list_values(NAME, &lines(&values)), Ok(Some(expected)));
    }

    #[test]
    fn any_bytes_are_a_list_of_tokens_or_none(values in vec(bytes(), 0..4)) {
        match extract_header_list_values(NAME, &lines(&values)) {
            Ok(None) => prop_assert!(values.is_empty()),
            Ok(Some(members)) => prop_assert!(members.iter().all(|member| is_header_name(member))),
            Err(Unparsable) => prop_assert!(!values.is_empty()),
        }
    }

    #[test]
    fn one_bad_line_spoils_the_list(
        before in members(), bad in select(vec!["a b", "\"a\"", "a;b", "a:b", "\u{E9}", "\0"]), after in members(),
    ) {
        let line = |members: Vec<(String, &str)>| members.into_iter().map(|(token, _)| token).collect::<Vec<_>>().join(",");
        let values = [line(before), bad.to_owned(), line(after)];
        prop_assert_eq!(extract_header_list_values(NAME, &lines(&values)), Err(Unparsable));
    }

    #[test]
    fn a_max_age_is_digits(value in prop_oneof![bytes(), "[0-9]{1,30}", "[-+ ]?[0-9]{1,5}[.,s]?"]) {
        let list: HeaderList = [("Access-Control-Max-Age".to_owned(), value.clone())].into_iter().collect();
        let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        prop_assert_eq!(extract_max_age(&list).is_ok(), digits);
    }

    #[test]
    fn values_are_normalized_once(value in bytes()) {
        let normalized = normalize_value(&value);
        prop_assert_eq!(normalize_value(normalized), normalized);
        prop_assert!(value.contains(normalized));
        let has_none_of = !normalized.contains(['\0', '\n', '\r']);
        prop_assert_eq!(is_header_value(normalized), has_none_of);
    }

    #[test]
    fn get_is_all_values_in_order(values in vec(bytes(), 0..4), other in bytes()) {
        let mut list = lines(&values);
        list.append("X-Other", &other);
        prop_assert_eq!(list.get(&NAME.to_ascii_uppercase()), (!values.is_empty()).then(|| values.join(", ")));
        list.delete(&NAME.to_ascii_lowercase());
        prop_assert!(!list.contains(NAME) && list.contains("x-other"));
    }
}
