//! The details of cases that simply agree: packed, a case file each, since told out they would make the page slow. The
//! script unpacks a file's when one of its cases is opened.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::{Compression, GzBuilder};
use maud::{Markup, PreEscaped, html as markup};

use super::{
    detail,
    matrix::{Results, by_case, is_notable},
};
use crate::stream::Run;

/// All of them, as scripts that are no scripts: data that nobody parses before it is wanted.
pub(super) fn details(run: &Run) -> io::Result<Markup> {
    let by_case = by_case(run);
    let none = Results::new();
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for case in &run.cases {
        let results = by_case.get(&case.id).unwrap_or(&none);
        if !is_notable(results) {
            let text = files.entry(case.id.file()).or_default();
            text.push_str(&detail::article(run, case, results).into_string());
        }
    }
    let packed = files.into_iter().map(|(file, text)| Ok((file, pack(&text)?)));
    let packed: Vec<(&str, String)> = packed.collect::<io::Result<_>>()?;
    Ok(markup! {
        @for (file, text) in &packed {
            script type="application/gzip" data-file=(file) { (PreEscaped(text)) }
        }
    })
}

/// gzip without a time stamp, so that the same run makes the same page, as base64.
fn pack(text: &str) -> io::Result<String> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes())?;
    Ok(STANDARD.encode(encoder.finish()?))
}
