//! `corsproof serve`: the fixture servers, to explore by hand.

mod explore;
mod launch;

use std::{
    collections::BTreeSet,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use clap::Args;
use corsproof_fixture::{Internet, OpenPort, Token};
use launch::Profile;

use super::{Exit, Refusal, output, selection::Selection, signals};
use crate::{
    case::Case,
    report::{Look, Sheet, Tone},
};

/// Open the fixture servers to any browser, with and without a proxy, to explore by hand
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    selection: Selection,

    /// Where the proxy listens; the system chooses port 0
    #[arg(long, value_name = "ADDRESS", default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))]
    listen: SocketAddr,
}

/// A case that is served, and the token that its URLs bear.
struct Served {
    case: Arc<Case>,
    token: Token,
}

impl Serve {
    pub(super) fn carry_out(self) -> Result<Exit, Refusal> {
        let cases: Vec<Served> = self
            .selection
            .cases(None, None)?
            .into_iter()
            .enumerate()
            .map(|(number, case)| Served { case, token: Token::new(0, number) })
            .collect();
        let runtime = tokio::runtime::Runtime::new()
            .map_err(|error| Refusal::failed(format!("cannot start threads: {error}")))?;
        runtime.block_on(self.serve(&cases))
    }

    async fn serve(&self, cases: &[Served]) -> Result<Exit, Refusal> {
        let internet = Internet::bind(self.listen, explore::assets(cases))
            .map_err(|error| Refusal::failed(format!("cannot listen on {}: {error}", self.listen)))?;
        for Served { case, token } in cases {
            internet.admit(token, Arc::clone(&case.scenario));
            for step in &case.steps {
                for origin in std::iter::once(&step.page).chain(&step.frames) {
                    internet.open(&origin.serialize());
                }
            }
        }
        if let Some(warning) = warning(self.listen) {
            output::remark(&warning);
        }
        let ports = internet
            .serve_ports()
            .map_err(|error| Refusal::failed(format!("cannot open a port for each origin: {error}")))?;
        let profile = Profile::new(&internet)
            .map_err(|error| Refusal::failed(format!("cannot make a folder for profiles: {error}")))?;
        // Before anything is said: whoever reads it may end us at once.
        let end = signals::end().map_err(|error| no_signals(&error))?;
        let look = output::look();
        output::tell(&announcement(&look, &internet, cases, &ports, &profile))?;
        end.await;
        internet.stop().await;
        Ok(Exit::Agreed)
    }
}

/// What to tell of an address that is not of this machine alone.
fn warning(listen: SocketAddr) -> Option<String> {
    (!listen.ip().is_loopback()).then(|| {
        format!(
            "warning: {listen} can be reached by other machines; whoever reaches it can ask the scripted servers. \
             127.0.0.1 is of this machine alone"
        )
    })
}

fn no_signals(error: &io::Error) -> Refusal {
    Refusal::failed(format!("cannot handle signals: {error}"))
}

fn announcement(
    look: &Look,
    internet: &Internet,
    cases: &[Served],
    ports: &[OpenPort],
    profile: &Profile,
) -> String {
    let mut sheet = Sheet::new(look.ink, look.width);
    let pages: BTreeSet<String> =
        cases.iter().flat_map(|served| &served.case.steps).map(|step| step.page.serialize()).collect();
    sheet.line(&[(Tone::Strong, "proxy "), (Tone::Good, &internet.address().to_string())]);
    sheet.paragraph(0, Tone::Quiet, "A browser that uses it meets every origin under its own name:");
    if let Some(page) = pages.first() {
        for (engine, line) in profile.lines(&format!("{page}{}", explore::PATH)) {
            sheet.gap();
            sheet.line(&[(Tone::Strong, engine.name())]);
            sheet.verbatim(2, Tone::Normal, &line);
        }
    }
    sheet.gap();
    sheet.line(&[(Tone::Strong, "ports")]);
    sheet.paragraph(0, Tone::Quiet, "Without a proxy each origin is here, over plain http:");
    let width = ports.iter().map(|port| port.origin.chars().count()).max().unwrap_or_default();
    for port in ports {
        let origin = format!("  {:<width$}  ", port.origin);
        sheet.line(&[(Tone::Normal, &origin), (Tone::Good, &port.url)]);
    }
    sheet.gap();
    sheet.line(&[(Tone::Strong, "pages with cases to run by hand")]);
    for port in ports.iter().filter(|port| pages.contains(&port.origin)) {
        sheet.line(&[(Tone::Good, "  "), (Tone::Good, &format!("{}{}", port.url, explore::PATH))]);
    }
    sheet.gap();
    sheet.paragraph(0, Tone::Quiet, "Ctrl-C ends it.");
    sheet.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_others_reach_are_warned_of() {
        let warning_of = |text: &str| warning(text.parse().expect("an address"));
        assert_eq!(["127.0.0.1:0", "[::1]:8080", "127.1.2.3:1"].map(warning_of), [None, None, None]);
        for open in ["0.0.0.0:8080", "[::]:0", "192.0.2.7:80"] {
            assert!(
                warning_of(open).is_some_and(|text| text.starts_with(&format!("warning: {open} "))),
                "{open}"
            );
        }
    }
}
