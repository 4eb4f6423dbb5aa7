//! Servers as they are deployed: behind TLS with an authority of their own, and on a Unix socket.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use corsproof::Engine;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rstest::rstest;

use super::{corsproof, out};
use crate::{
    engines::installed,
    installed_engines::{installed_engines, names},
};

const POLICY: &str = r#"
[[policy]]
path    = "/data"
origins = ["https://app.shop.example"]
exposed_headers = ["X-Total-Count"]
"#;

/// What nginx does: over TLS on a port, without on a socket.
const NGINX: &str = r#"
daemon off;
master_process off;
pid nginx.pid;
error_log stderr;
events {}
http {
    access_log off;
    client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp; uwsgi_temp_path temp; scgi_temp_path temp;
    map $http_origin $allowed { default ""; "~^https://app\.shop\.exampleEND" $http_origin; }
    server {
        listen 127.0.0.1:PORT ssl http2;
        listen unix:FOLDER/app.sock;
        ssl_certificate certificate.pem;
        ssl_certificate_key key.pem;
        location / {
            default_type application/json;
            add_header Access-Control-Allow-Origin $allowed always;
            add_header Access-Control-Expose-Headers X-Total-Count always;
            add_header X-Total-Count 2 always;
            add_header Vary Origin always;
            return 200 '["first", "second"]';
        }
    }
}
"#;

/// A deployed server, which ends with the test.
struct Deployed {
    folder: tempfile::TempDir,
    port: u16,
    nginx: Child,
}

impl Drop for Deployed {
    fn drop(&mut self) {
        drop(self.nginx.kill());
        drop(self.nginx.wait());
    }
}

impl Deployed {
    /// Answers as `api.shop.example`, and lets in the origins that end as `end` says.
    fn start(end: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a port").port();
        write_certificates(folder.path());
        let conf = NGINX
            .replace("END", end)
            .replace("PORT", &port.to_string())
            .replace("FOLDER", &folder.path().display().to_string());
        fs::write(folder.path().join("nginx.conf"), conf).expect("a file");
        let nginx = Command::new("nginx")
            .args(["-p", ".", "-c", "nginx.conf"])
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .expect("run ci/servers");
        let deployed = Self { folder, port, nginx };
        let deadline = Instant::now() + Duration::from_secs(10);
        while !deployed.folder.path().join("app.sock").exists() {
            assert!(Instant::now() < deadline, "nginx does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        deployed
    }

    /// Checks it where `server` says that it is.
    fn check(&self, server: &str, browsers: &str) -> assert_cmd::assert::Assert {
        let origin = format!("https://api.shop.example:{}", self.port);
        let text = format!("[server]\norigin = \"{origin}\"\n{server}\n{POLICY}");
        fs::write(self.folder.path().join("corsproof.toml"), text).expect("a file");
        corsproof(self.folder.path(), &["check", "--browser", browsers])
    }
}

/// `ca.pem`, and a certificate of it for the server, with its key.
fn write_certificates(folder: &Path) {
    let mut params = CertificateParams::new(Vec::new()).expect("no name");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority =
        CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority");
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(vec!["api.shop.example".to_owned()]).expect("a name");
    let certificate = params.signed_by(&key, &authority).expect("a certificate");
    for (file, text) in [
        ("ca.pem", authority.pem()),
        ("certificate.pem", certificate.pem()),
        ("key.pem", key.serialize_pem()),
    ] {
        fs::write(folder.join(file), text).expect("a file");
    }
}

#[test]
fn a_deployed_server_is_proven_in_every_engine() {
    let right = Deployed::start("$");
    let server = format!("resolve = \"127.0.0.1:{}\"\nca = \"ca.pem\"\nrate = 500", right.port);
    let told = out(&right.check(&server, &names(&installed_engines())).success());
    assert!(told.contains("✓ origins") && told.contains("✓ reflection"), "{told}");
    let wrong = Deployed::start("");
    let server = format!("url = \"https://127.0.0.1:{}\"\nca = \"ca.pem\"", wrong.port);
    let told = out(&wrong.check(&server, &names(&installed_engines())).code(1));
    assert!(told.contains("unsafe: trusts-prefix /data"), "{told}");
}

#[test]
fn a_server_on_a_unix_socket_is_proven() {
    let Some(_) = installed(Engine::Chromium) else { return };
    let right = Deployed::start("$");
    let server = format!("url = \"unix:{}/app.sock\"", right.folder.path().display());
    let told = out(&right.check(&server, "chromium").success());
    assert!(told.contains("✓ origins"), "{told}");
}

#[rstest]
#[case::unknown_authority("", "an authority that this machine does not know. Name the certificate")]
#[case::no_such_file("ca = \"no.pem\"", "no.pem cannot be read")]
#[case::no_certificate("ca = \"nginx.conf\"", "no certificate of an authority can be read")]
#[case::plain("url = \"http://127.0.0.1:PORT\"", "speaks TLS: write url = \"https://127.0.0.1:PORT\"")]
#[case::nobody("resolve = \"127.0.0.1:1\"", "no server accepts a connection at 127.0.0.1:1")]
fn what_keeps_a_deployed_server_from_being_asked_is_told(#[case] server: &str, #[case] says: &str) {
    let Some(_) = installed(Engine::Chromium) else { return };
    let deployed = Deployed::start("$");
    let port = deployed.port.to_string();
    let place = if server.contains("url") || server.contains("resolve") {
        String::new()
    } else {
        format!("resolve = \"127.0.0.1:{port}\"\n")
    };
    let told = out(&deployed.check(&(place + &server.replace("PORT", &port)), "chromium").code(3));
    assert!(told.contains(&says.replace("PORT", &port)), "{told}");
    assert!(!told.contains("origin-locked-out"), "it is no matter of CORS: {told}");
}
