//! Cross-origin objects, messages and the origins of documents.

use rstest::rstest;

use crate::{
    FetchStandard, Origin, Reason,
    html::{
        Connection, DocumentOrigin, HtmlRules, NotSent, Operation, PlatformObject, Storage, StorageArea,
        StorageOperation, Target, perform,
    },
};

fn origin(text: &str) -> Origin {
    Origin::parse(text).expect("an origin")
}

fn document(text: &str, domain: Option<&str>) -> DocumentOrigin {
    DocumentOrigin { origin: origin(text), domain: domain.map(str::to_owned) }
}

fn on(object: PlatformObject, operation: Operation, property: &str) -> Result<String, Reason> {
    let target = Target {
        object,
        document: document("https://b.test", None),
        child: Some("child"),
        connection: Connection::Kept,
    };
    perform(&FetchStandard, &document("https://a.test", None), &target, operation, property)
}

const BLOCKED: Result<&str, Reason> = Err(Reason::CrossOriginObject);

#[rstest]
#[case::listed(Operation::Get, "postMessage", Ok("function"))]
#[case::unlisted(Operation::Get, "document", BLOCKED)]
#[case::fallback(Operation::Get, "then", Ok("undefined"))]
#[case::a_child_by_index(Operation::Describe, "0", Ok("value enumerable configurable"))]
#[case::a_child_by_name(Operation::Describe, "child", Ok("value configurable"))]
#[case::no_child(Operation::Get, "1", BLOCKED)]
#[case::with_a_setter(Operation::Set, "location", Ok("true"))]
#[case::without_a_setter(Operation::Set, "opener", BLOCKED)]
#[case::fallback_is_not_written(Operation::Set, "then", BLOCKED)]
#[case::delete(Operation::Delete, "then", BLOCKED)]
#[case::define(Operation::Define, "location", BLOCKED)]
#[case::a_name_is_no_key(Operation::Enumerate, "child", Ok("false"))]
#[case::an_index_is(Operation::Enumerate, "0", Ok("true"))]
#[case::prototype(Operation::GetPrototype, "", Ok("null"))]
#[case::another_prototype(Operation::SetPrototype, "", Ok("false"))]
#[case::borrowed(Operation::Borrow, "closed", Ok("boolean"))]
#[case::a_borrowed_method(Operation::Borrow, "postMessage", BLOCKED)]
fn a_window(#[case] operation: Operation, #[case] property: &str, #[case] told: Result<&str, Reason>) {
    assert_eq!(on(PlatformObject::Window, operation, property), told.map(str::to_owned));
}

#[rstest]
#[case::no_getter(Operation::Get, "href", BLOCKED)]
#[case::a_setter(Operation::Set, "href", Ok("true"))]
#[case::there_all_the_same(Operation::Has, "href", Ok("true"))]
#[case::shape(Operation::Describe, "href", Ok("set configurable"))]
#[case::method(Operation::Call, "replace", Ok("called"))]
#[case::another_method(Operation::Call, "assign", BLOCKED)]
#[case::no_frames(Operation::Get, "0", BLOCKED)]
fn a_location(#[case] operation: Operation, #[case] property: &str, #[case] told: Result<&str, Reason>) {
    assert_eq!(on(PlatformObject::Location, operation, property), told.map(str::to_owned));
}

#[rstest]
#[case::same(None, "https://a.test", None, true)]
#[case::one_domain_alone(Some("a.test"), "https://a.test", None, false)]
#[case::both_domains(Some("a.test"), "https://b.a.test", Some("a.test"), true)]
#[case::other_scheme(Some("a.test"), "http://b.a.test", Some("a.test"), false)]
#[case::other_port(Some("a.test"), "https://a.test:8443", Some("a.test"), true)]
fn same_origin_domain(
    #[case] domain: Option<&str>,
    #[case] other: &str,
    #[case] other_domain: Option<&str>,
    #[case] expected: bool,
) {
    let (a, b) = (document("https://a.test", domain), document(other, other_domain));
    assert_eq!(a.is_same_origin_domain(&b), expected);
}

#[rstest]
#[case::any("*", Ok("https://a.test"))]
#[case::itself("/", Err(NotSent::Dropped))]
#[case::right("https://b.test/path?query", Ok("https://a.test"))]
#[case::wrong_port("https://b.test:8443", Err(NotSent::Dropped))]
#[case::wrong_scheme("http://b.test", Err(NotSent::Dropped))]
#[case::opaque("data:,", Err(NotSent::Dropped))]
#[case::no_url("b.test", Err(NotSent::Thrown))]
fn a_message(#[case] target_origin: &str, #[case] told: Result<&str, NotSent>) {
    let posted = FetchStandard.window_post_message(
        &origin("https://a.test"),
        &origin("https://b.test"),
        target_origin,
    );
    assert_eq!(posted, told.map(str::to_owned));
}

#[rstest]
#[case::http("https://b.test/", None, "https://b.test")]
#[case::blank("about:blank", None, "https://a.test")]
#[case::srcdoc("about:srcdoc", None, "https://a.test")]
#[case::blob("blob:", None, "https://a.test")]
#[case::data("data:,", None, "null")]
#[case::sandboxed("about:srcdoc", Some("allow-scripts"), "null")]
#[case::its_own("https://b.test/", Some("Allow-Same-Origin"), "https://b.test")]
#[case::none_to_give_back("data:,", Some("allow-same-origin"), "null")]
fn a_document(#[case] url: &str, #[case] sandbox: Option<&str>, #[case] expected: &str) {
    let made =
        FetchStandard.origin_of_document(url, sandbox, &origin("https://a.test"), Origin::new_opaque(1));
    assert_eq!(made.serialize(), expected);
}

#[test]
fn storage_is_kept_by_origin() {
    let mut storage = Storage::default();
    let mut ask = |origin: &Origin, operation, value: &str| {
        storage.perform(&FetchStandard, origin, StorageArea::LocalStorage, operation, "k", value)
    };
    let (a, b) = (origin("https://a.test"), origin("http://a.test"));
    assert_eq!(ask(&a, StorageOperation::Set, "v"), Ok("undefined".to_owned()));
    assert_eq!(ask(&a, StorageOperation::Get, ""), Ok("v".to_owned()));
    assert_eq!(ask(&b, StorageOperation::Get, ""), Ok("null".to_owned()));
    assert_eq!(ask(&Origin::new_opaque(1), StorageOperation::Get, ""), Err(Reason::OpaqueStorage));
}
