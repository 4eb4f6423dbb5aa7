//! Chromium and Google Chrome, by chromedriver.

use super::{
    Need, Pairing,
    by_hand::ByHand,
    row::{
        BrowserName, BrowserProgram, Certificates, ConsoleSource, DriverProgram, NewSession, PortChoice,
        ProxyTold, Refusal, Row,
    },
};

pub(super) static CHROMIUM: Row = Row {
    title: "Chromium",
    browser: BrowserProgram {
        variable: "CORSPROOF_CHROMIUM",
        usual_name: "chromium",
        names: &["google-chrome", "google-chrome-stable", "chromium", "chromium-browser"],
        files: &[],
    },
    driver: DriverProgram {
        variable: "CORSPROOF_CHROMEDRIVER",
        name: "chromedriver",
        folder_variable: Some("CHROMEWEBDRIVER"),
        arguments: &["--port={port}"],
        // "ChromeDriver was started successfully on port 38155."
        port: PortChoice::Driver { announces: "started successfully on port " },
        // The port that the system gives it for IPv6 may be taken for IPv4.
        port_taken: &["port not available", "Address already in use"],
    },
    remedy: "On Debian: apt-get install chromium chromium-driver. On Ubuntu those are snaps, which cannot be driven \
             here: install google-chrome and the chromedriver of its version. CORSPROOF_CHROMIUM and \
             CORSPROOF_CHROMEDRIVER name programs in other places.",
    pairing: Pairing::SameMajor,
    needs: &[Need::Sandbox, Need::SharedMemory],
    session: NewSession {
        browser_name: BrowserName::Asked("chrome"),
        // Where all are accepted nothing that came over https is cached.
        certificates: Certificates::Pinned,
        proxy: ProxyTold::Capability,
        console: ConsoleSource::Log,
        options: "goog:chromeOptions",
        arguments: &[
            "--headless",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // Or sound waits for a person's click.
            "--autoplay-policy=no-user-gesture-required",
            // Without it localhost names go past the proxy.
            "--proxy-bypass-list=<-loopback>",
            // The first turns http pages into https ones, the second hides what sandboxed frames log.
            "--disable-features=HttpsUpgrades,IsolateSandboxedIframes",
            "--ignore-certificate-errors-spki-list={spki_pin}",
        ],
        profile_argument: Some("--user-data-dir={profile}"),
        arguments_without: &[
            (Need::Sandbox, "--no-sandbox"),
            (Need::SharedMemory, "--disable-dev-shm-usage"),
        ],
        preferences: &[],
    },
    refusals: &[
        Refusal {
            words: &["only supports Chrome version"],
            remedy: "The driver is made for another version: install the chromedriver of the browser's version, or name \
                     a pair that fits by CORSPROOF_CHROMIUM and CORSPROOF_CHROMEDRIVER.",
        },
        Refusal {
            words: &["crashed", "exited", "DevToolsActivePort"],
            remedy: "The browser ended as soon as it was started: run it by hand with --headless to see why.",
        },
    ],
    signs_of_death: &[
        "disconnected",
        "not reachable",
        "crashed",
        "session deleted",
        "target window already closed",
    ],
    by_hand: ByHand {
        line: "{program} --user-data-dir={profile} --no-first-run --proxy-server={proxy} \
               '--proxy-bypass-list=<-loopback>' --ignore-certificate-errors-spki-list={spki_pin} \
               --disable-features=HttpsUpgrades {url}",
        profile_files: &[],
    },
};
