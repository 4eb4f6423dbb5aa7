//! Several policy files in a table: one line a file, one column a point.

use super::words::mark;
use crate::{
    report::{ink::Tone, sheet::Sheet},
    stream::{CheckedFile, Point},
};

/// The most that a file's name is padded to: with ten marks and how a row ends that fills 80 columns.
const WIDEST: usize = 40;

/// Writes the table of points by policy file.
pub(super) fn render(sheet: &mut Sheet, checks: &[CheckedFile]) {
    let width =
        checks.iter().map(|checked| checked.name.chars().count()).max().unwrap_or_default().min(WIDEST);
    sheet.gap();
    sheet.rule();
    for (index, point) in Point::ALL.iter().enumerate() {
        let stems: String = (0..index).map(|_| "│ ").collect();
        sheet.line(&[(Tone::Quiet, &format!("{:<width$}  {stems}┌ {}", "", point.word()))]);
    }
    for checked in checks {
        let name = format!("{:<width$}  ", checked.name);
        let mut pieces = vec![(Tone::Normal, name)];
        pieces.extend(checked.checklist.iter().map(|point| {
            let (tone, mark, _) = mark(point.standing);
            (tone, format!("{mark} "))
        }));
        pieces.push(match (&checked.no_server, checked.is_as_expected()) {
            (Some(_), _) => (Tone::Bad, "no server".to_owned()),
            (None, false) => (Tone::Bad, " not as expected".to_owned()),
            (None, true) if !checked.unobserved.is_empty() => (Tone::Bad, " not all observed".to_owned()),
            (None, true) => (Tone::Good, " as expected".to_owned()),
        });
        let pieces: Vec<(Tone, &str)> = pieces.iter().map(|(tone, text)| (*tone, text.as_str())).collect();
        sheet.line(&pieces);
    }
    sheet.paragraph(0, Tone::Quiet, "✓ pass  ✗ fail  ! advice  ? unknown  – not applicable");
}
