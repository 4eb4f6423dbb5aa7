//! A policy file in Markdown: a table of its ten points, and its findings with what they rest on.

use std::fmt::Write;

use super::words::{conclusion, mark, sign};
use crate::{
    report::{
        conversation,
        markdown::{code, plain},
    },
    stream::{CheckedFile, Expectedness, Finding, Run, SourceFile},
};

/// Writes the section of one policy file.
pub(in crate::report) fn render(text: &mut String, run: &Run, checked: &CheckedFile) {
    let file = run.policy_file(checked).map_or(checked.file.as_str(), SourceFile::public_path);
    let passes = if checked.is_as_expected() && checked.unobserved.is_empty() { "✓" } else { "✗" };
    let _ = writeln!(text, "\n### {passes} {} · {}\n", code(file), plain(&checked.origin));
    if let Some(why) = &checked.no_server {
        let _ = writeln!(text, "**Not checked.** {}", plain(why).replace('\n', "<br>"));
        return;
    }
    text.push_str("| | point | | rests on |\n|---|---|---|---|\n");
    for point in &checked.checklist {
        let (_, sign, word) = mark(point.standing);
        let (name, title) = (point.point.word(), plain(&point.title));
        let _ = writeln!(text, "| {sign} {word} | **{name}** | {title} | {} |", plain(&point.note));
    }
    let _ = writeln!(text, "\n{}.", plain(&conclusion(checked)));
    for finding in &checked.findings {
        of_finding(text, finding);
    }
    for vanished in &checked.vanished {
        let word = code(vanished.kind.word());
        let place = code(&format!("{file}:{}", vanished.line));
        let _ = writeln!(text, "\n**Expected and not found:** {word} ({place})");
    }
    if !checked.unobserved.is_empty() {
        let _ = writeln!(text, "\n**Not observed**, so nothing is known of them:\n");
        for unobserved in &checked.unobserved {
            let why = plain(&unobserved.why).replace('\n', " ");
            let _ = writeln!(text, "- {} in {}: {why}", code(&unobserved.case.0), unobserved.engine);
        }
    }
}

fn of_finding(text: &mut String, finding: &Finding) {
    let engines: Vec<&str> = finding.engines.iter().map(|engine| engine.name()).collect();
    let expected = match finding.expectation {
        Expectedness::Expected => ", as the file expects",
        Expectedness::Tolerated => "",
        Expectedness::Unexpected => ", **not expected**",
    };
    let (sign, severity) = (sign(finding.severity), finding.severity.word());
    let (word, path) = (finding.kind.word(), code(&finding.path));
    let open = if finding.expectation == Expectedness::Unexpected { " open" } else { "" };
    let _ = writeln!(
        text,
        "\n<details{open}><summary>{sign} <b>{severity}: {word}</b> in {}</summary>\n\n{path}{expected}. {}\n",
        engines.join(", "),
        plain(&finding.found),
    );
    let _ = writeln!(text, "- means: {}\n- change: {}", plain(&finding.means), plain(&finding.change));
    if let Some(evidence) = &finding.evidence {
        let _ = writeln!(text, "- seen by {} in {}:", code(&evidence.case.0), evidence.engine);
        for exchange in &evidence.exchanges {
            let _ = writeln!(text, "  - {}", code(&conversation::line(exchange)));
        }
        if let Some(outcome) = evidence.outcome {
            let _ = writeln!(text, "  - {}", plain(&conversation::saw(outcome)));
        }
    }
    text.push_str("\n</details>\n");
}
