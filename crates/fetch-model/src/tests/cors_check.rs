use rstest::rstest;

use super::rig::{API, fetch_request, headers};
use crate::{CredentialsMode, FetchStandard, Reason, RequestInit, cors_check::cors_check};

const ACAO: &str = "Access-Control-Allow-Origin";

#[rstest]
#[case(&[], Err(Reason::AllowOriginMissing))]
#[case(&["https://app.example.com"], Ok(()))]
#[case(&["*"], Ok(()))]
#[case(&["https://other.example.com"], Err(Reason::AllowOriginMismatch))]
#[case(&["https://app.example.com/"], Err(Reason::AllowOriginMismatch))]
#[case(&["https://app.example.com:443"], Err(Reason::AllowOriginMismatch))]
#[case(&["HTTPS://APP.EXAMPLE.COM"], Err(Reason::AllowOriginMismatch))]
#[case(&["http://app.example.com"], Err(Reason::AllowOriginMismatch))]
#[case(&["null"], Err(Reason::AllowOriginMismatch))]
#[case(&[""], Err(Reason::AllowOriginMismatch))]
#[case(&["*.example.com"], Err(Reason::AllowOriginMismatch))]
#[case(&["https://app.example.com", "https://app.example.com"], Err(Reason::AllowOriginMultiple))]
#[case(&["*, *"], Err(Reason::AllowOriginMultiple))]
#[case(&["", "*"], Err(Reason::AllowOriginMultiple))]
fn without_credentials(#[case] values: &[&str], #[case] expected: Result<(), Reason>) {
    let fields: Vec<(&str, &str)> = values.iter().map(|value| (ACAO, *value)).collect();
    let request = fetch_request(API, RequestInit::default());
    assert_eq!(cors_check(&FetchStandard, &request, &headers(&fields)), expected);
}

#[rstest]
#[case("*", &["true"], Err(Reason::WildcardWithCredentials))]
#[case("https://app.example.com", &["true"], Ok(()))]
#[case("https://app.example.com", &[], Err(Reason::AllowCredentialsNotTrue))]
#[case("https://app.example.com", &["True"], Err(Reason::AllowCredentialsNotTrue))]
#[case("https://app.example.com", &["true", "true"], Err(Reason::AllowCredentialsNotTrue))]
#[case("https://app.example.com", &["false"], Err(Reason::AllowCredentialsNotTrue))]
fn with_credentials(
    #[case] origin: &str,
    #[case] credentials: &[&str],
    #[case] expected: Result<(), Reason>,
) {
    let mut fields = vec![(ACAO, origin)];
    fields.extend(credentials.iter().map(|value| ("Access-Control-Allow-Credentials", *value)));
    let init = RequestInit { credentials: Some(CredentialsMode::Include), ..RequestInit::default() };
    assert_eq!(cors_check(&FetchStandard, &fetch_request(API, init), &headers(&fields)), expected);
}
