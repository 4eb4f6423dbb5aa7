//! How each browser is started by hand with the network as its proxy.

use std::{fs, io, net::SocketAddr};

use browsers::Engine;
use corsproof_fixture::Internet;
use tempfile::TempDir;

use crate::cli::output::quoted;

/// The profile folders that the launch lines name; dropping it removes them.
pub(super) struct Profile {
    folder: TempDir,
    proxy: SocketAddr,
    spki_pin: String,
}

impl Profile {
    /// Writes what a browser needs to know of the network.
    pub(super) fn new(internet: &Internet) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("corsproof-serve-").tempdir()?;
        let firefox = folder.path().join("firefox");
        fs::create_dir(&firefox)?;
        fs::write(firefox.join("user.js"), preferences(internet.address()))?;
        fs::write(folder.path().join("ca.pem"), internet.ca_pem())?;
        Ok(Self { folder, proxy: internet.address(), spki_pin: internet.spki_pin().to_owned() })
    }

    /// A line for a shell for each engine, that opens `url`.
    pub(super) fn lines(&self, url: &str) -> Vec<(Engine, String)> {
        Engine::ALL.map(|engine| (engine, self.line(engine, url))).to_vec()
    }

    fn line(&self, engine: Engine, url: &str) -> String {
        let program = browsers::find(engine)
            .map_or_else(|_| usual_name(engine).to_owned(), |found| quoted(&found.browser));
        let folder = self.folder.path();
        let Self { proxy, spki_pin, .. } = self;
        match engine {
            Engine::Chromium => format!(
                "{program} --user-data-dir={} --no-first-run --proxy-server={proxy} \
                 '--proxy-bypass-list=<-loopback>' --ignore-certificate-errors-spki-list={spki_pin} \
                 --disable-features=HttpsUpgrades {url}",
                quoted(&folder.join("chromium")),
            ),
            // certutil (Debian: libnss3-tools) makes the profile trust the network's certificates.
            Engine::Firefox => {
                let (profile, ca) = (quoted(&folder.join("firefox")), quoted(&folder.join("ca.pem")));
                format!(
                    "certutil -N -d sql:{profile} --empty-password && \
                     certutil -A -d sql:{profile} -n corsproof -t C,, -i {ca} && \
                     {program} --no-remote --profile {profile} {url}"
                )
            }
            Engine::WebKit => format!("{program} --private --ignore-tls-errors --proxy=http://{proxy} {url}"),
        }
    }
}

fn usual_name(engine: Engine) -> &'static str {
    match engine {
        Engine::Chromium => "chromium",
        Engine::Firefox => "firefox",
        Engine::WebKit => "MiniBrowser",
    }
}

/// Firefox takes its proxy from its profile alone.
fn preferences(proxy: SocketAddr) -> String {
    let (host, port) = (proxy.ip(), proxy.port());
    format!(
        "user_pref(\"network.proxy.type\", 1);\n\
         user_pref(\"network.proxy.http\", \"{host}\");\n\
         user_pref(\"network.proxy.http_port\", {port});\n\
         user_pref(\"network.proxy.ssl\", \"{host}\");\n\
         user_pref(\"network.proxy.ssl_port\", {port});\n\
         user_pref(\"network.proxy.allow_hijacking_localhost\", true);\n\
         user_pref(\"network.http.request.max-attempts\", 1);\n"
    )
}
