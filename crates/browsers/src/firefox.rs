//! Firefox, by geckodriver.

use super::{
    Pairing,
    by_hand::ByHand,
    row::{
        BrowserName, BrowserProgram, Certificates, ConsoleSource, DriverProgram, NewSession, PortChoice,
        Preference, ProxyTold, Refusal, Row,
    },
};

pub(super) static FIREFOX: Row = Row {
    title: "Firefox",
    browser: BrowserProgram {
        variable: "CORSPROOF_FIREFOX",
        usual_name: "firefox",
        names: &["firefox", "firefox-esr"],
        files: &[],
    },
    driver: DriverProgram {
        variable: "CORSPROOF_GECKODRIVER",
        name: "geckodriver",
        folder_variable: Some("GECKOWEBDRIVER"),
        // Its WebSocket would take port 9222, whoever has it.
        arguments: &["--port", "{port}", "--websocket-port", "0"],
        // "... INFO Listening on 127.0.0.1:42001"; the browser below it writes of a port of its own without the address.
        port: PortChoice::Driver { announces: "Listening on 127.0.0.1:" },
        port_taken: &["Address already in use"],
    },
    remedy: "On Debian: apt-get install firefox-esr, and cargo install geckodriver --locked (about 4 minutes). On Ubuntu \
             the package is a snap, which cannot be driven here: install Firefox from Mozilla. CORSPROOF_FIREFOX \
             and CORSPROOF_GECKODRIVER name programs in other places.",
    pairing: Pairing::Any,
    needs: &[],
    session: NewSession {
        browser_name: BrowserName::Asked("firefox"),
        certificates: Certificates::Accepted,
        proxy: ProxyTold::Capability,
        console: ConsoleSource::Bidi,
        options: "moz:firefoxOptions",
        arguments: &["-headless"],
        profile_argument: None,
        arguments_without: &[],
        preferences: &[
            // Without it localhost names go past the proxy.
            ("network.proxy.allow_hijacking_localhost", Preference::Truth(true)),
            // Else a request whose connection closes is sent up to ten times.
            ("network.http.request.max-attempts", Preference::Number(1)),
            // Else 32 hung requests, to whatever hosts, starve all others.
            ("network.http.max-persistent-connections-per-proxy", Preference::Number(255)),
        ],
    },
    refusals: &[Refusal {
        words: &["protocol version", "Marionette"],
        remedy: "The driver is made for another version: cargo install geckodriver --locked brings the current one, or \
                 name a pair that fits by CORSPROOF_FIREFOX and CORSPROOF_GECKODRIVER.",
    }],
    signs_of_death: &[
        "Failed to decode response from marionette",
        "unexpectedly closed",
        "Connection reset by peer",
    ],
    by_hand: ByHand {
        // certutil (Debian: libnss3-tools) makes the profile trust the network's certificates.
        line: "certutil -N -d sql:{profile} --empty-password && \
               certutil -A -d sql:{profile} -n corsproof -t C,, -i {ca} && \
               {program} --no-remote --profile {profile} {url}",
        // It takes its proxy from its profile alone.
        profile_files: &[(
            "user.js",
            "user_pref(\"network.proxy.type\", 1);\n\
             user_pref(\"network.proxy.http\", \"{host}\");\n\
             user_pref(\"network.proxy.http_port\", {port});\n\
             user_pref(\"network.proxy.ssl\", \"{host}\");\n\
             user_pref(\"network.proxy.ssl_port\", {port});\n\
             user_pref(\"network.proxy.allow_hijacking_localhost\", true);\n\
             user_pref(\"network.http.request.max-attempts\", 1);\n",
        )],
    },
};
