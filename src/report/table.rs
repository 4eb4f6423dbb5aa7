//! An engine's results by area.

use super::{
    ink::Tone,
    sheet::Sheet,
    tally::{Tally, counts, sum},
};
use crate::stream::Totals;

const TITLES: [&str; 6] = ["cases", "agrees", "differs", "known", "n/a", "failed"];

/// The width of a figure and the space before it.
const FIGURE: usize = 9;

/// One line an area, and their sum.
pub(super) fn render(sheet: &mut Sheet, tally: &Tally) {
    let names = tally.areas.keys().map(|area| area.chars().count());
    let width = names.max().unwrap_or_default().clamp(4, 24);
    let titles: String = TITLES.iter().map(|title| format!("{title:>FIGURE$}")).collect();
    sheet.line(&[(Tone::Quiet, &format!("  {:<width$}{titles}", "area"))]);
    for (area, totals) in &tally.areas {
        row(sheet, &format!("  {area:<width$}"), Tone::Normal, totals);
    }
    if tally.areas.len() > 1 {
        row(sheet, &format!("  {:<width$}", "all"), Tone::Strong, &tally.totals);
    }
}

fn row(sheet: &mut Sheet, name: &str, tone: Tone, totals: &Totals) {
    let cases = format!("{:>FIGURE$}", sum(totals));
    let figures: Vec<(Tone, String)> = counts(totals)
        .into_iter()
        .map(|(verdict, count)| (tone_of(verdict, count), format!("{count:>FIGURE$}")))
        .collect();
    let mut pieces = vec![(tone, name), (tone, cases.as_str())];
    pieces.extend(figures.iter().map(|(tone, figure)| (*tone, figure.as_str())));
    sheet.line(&pieces);
}

fn tone_of(verdict: &str, count: usize) -> Tone {
    match (verdict, count) {
        (_, 0) => Tone::Quiet,
        ("agrees", _) => Tone::Good,
        ("differs" | "failed", _) => Tone::Bad,
        _ => Tone::Notice,
    }
}
