//! What the suite's authors demand and what the model derives; no browser is needed to see that they agree.

use crate::{
    casefile::{Style, Suite},
    judge::author_against_model,
    predict::predict,
};

#[test]
fn they_agree_on_every_case() {
    let suite = Suite::embedded().unwrap_or_else(|problems| panic!("{}", problems.render(Style::Plain, 110)));
    let differences: Vec<String> = suite
        .cases()
        .iter()
        .flat_map(|case| {
            author_against_model(case, &predict(case)).into_iter().map(move |difference| (case, difference))
        })
        .map(|(case, difference)| {
            format!(
                "{}:{} {}: {} should be {} by its author and is {} by the model",
                case.place.file.display(),
                case.place.line,
                case.id,
                difference.field,
                difference.expected,
                difference.found
            )
        })
        .collect();
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}
