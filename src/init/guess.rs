//! What a folder shows of a server: its framework, how it is started, what it serves, and whom it lets read.

use std::path::Path;

use serde_json::Value;

use super::{
    cors_settings::CorsSettings,
    manifest::{self, Manifest, read},
    routes::{self, Route},
    source,
};

/// What is guessed, and from what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Guess {
    /// The framework's name in policy files.
    pub framework: Option<&'static str>,
    pub runtime: Runtime,
    pub reach: GuessedSource,
    /// The files that the guess was made from.
    pub from: Vec<String>,
    /// The routes that the code declares.
    pub routes: Vec<Route>,
    /// The CORS settings that the code has.
    pub cors: Option<CorsSettings>,
}

/// What a server runs on, which CI has to install.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Runtime {
    /// Node.js; how its packages are installed, and how it is built, where it must be.
    Node {
        /// The command that installs the packages.
        install: &'static str,
        /// The command that builds, where there is one.
        build: Option<&'static str>,
    },
    Python {
        /// The command that installs the packages.
        install: &'static str,
    },
    Rust,
    Nginx,
    /// No file of the folder tells.
    Unknown,
}

/// How the server can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum GuessedSource {
    /// The command that starts the server on the port in the variable `PORT`.
    Start(String),
    /// By this URL, since it runs already.
    Url(String),
}

/// The frameworks, by the dependency that gives them away. The first that is there counts: Next.js and Nest
/// bring Express along.
const NODE: [(&str, &str); 6] = [
    ("next", "next"),
    ("fastify", "fastify"),
    ("koa", "koa"),
    ("hono", "hono"),
    ("@hono/node-server", "hono"),
    ("express", "express"),
];
const PYTHON: [(&str, &str); 4] =
    [("fastapi", "fastapi"), ("django", "django"), ("flask", "flask"), ("starlette", "fastapi")];
const RUST: [(&str, &str); 4] =
    [("actix-cors", "actix"), ("actix-web", "actix"), ("tower-http", "tower-http"), ("axum", "tower-http")];

impl Guess {
    /// Guesses from the files in `folder`.
    pub(crate) fn of(folder: &Path) -> Self {
        let guess = node(folder)
            .or_else(|| python(folder))
            .or_else(|| rust(folder))
            .or_else(|| nginx(folder))
            .unwrap_or_else(Self::nothing);
        let sources = source::files(folder);
        Self { routes: routes::routes(folder, &sources), cors: CorsSettings::of(&sources), ..guess }
    }

    fn nothing() -> Self {
        let reach = GuessedSource::Url("http://127.0.0.1:3000".to_owned());
        Self::new(None, Runtime::Unknown, reach, Vec::new())
    }

    fn new(
        framework: Option<&'static str>,
        runtime: Runtime,
        reach: GuessedSource,
        from: Vec<String>,
    ) -> Self {
        Self { framework, runtime, reach, from, routes: Vec::new(), cors: None }
    }
}

fn framework(manifest: &Manifest, known: &[(&str, &'static str)]) -> Option<&'static str> {
    known.iter().find(|(dependency, _)| manifest.has(dependency)).map(|(_, framework)| *framework)
}

fn node(folder: &Path) -> Option<Guess> {
    let (manifest, json) = manifest::package_json(folder)?;
    let framework = framework(&manifest, &NODE);
    let has = |file: &str| folder.join(file).is_file();
    let install = if has("pnpm-lock.yaml") {
        "corepack enable && pnpm install --frozen-lockfile"
    } else if has("yarn.lock") {
        "corepack enable && yarn install --immutable"
    } else if has("package-lock.json") {
        "npm ci"
    } else {
        "npm install"
    };
    let build = json["scripts"]["build"].is_string().then_some("npm run build");
    let is_next = framework == Some("next");
    let start = match node_start(folder, &json) {
        _ if is_next => "npx next start --port \"$PORT\"".to_owned(),
        start => start?,
    };
    let build = if is_next { Some(build.unwrap_or("npx next build")) } else { build };
    let reach = GuessedSource::Start(start);
    Some(Guess::new(framework, Runtime::Node { install, build }, reach, vec![manifest.file.to_owned()]))
}

/// The script `start`, or the file that is the server.
fn node_start(folder: &Path, json: &Value) -> Option<String> {
    if json["scripts"]["start"].is_string() {
        return Some("npm start".to_owned());
    }
    let usual =
        ["server.js", "server.mjs", "index.js", "app.js", "src/server.js", "src/index.js", "src/app.js"];
    let main = json["main"].as_str();
    let file = main.into_iter().chain(usual).find(|file| folder.join(file).is_file())?;
    Some(format!("node {file}"))
}

fn python(folder: &Path) -> Option<Guess> {
    let manifest = manifest::python(folder)?;
    let framework = framework(&manifest, &PYTHON)?;
    let (start, file) = python_start(folder, framework)?;
    let install =
        if manifest.file == "requirements.txt" { "pip install -r requirements.txt" } else { "pip install ." };
    let (reach, from) = (GuessedSource::Start(start), vec![manifest.file.to_owned(), file]);
    Some(Guess::new(Some(framework), Runtime::Python { install }, reach, from))
}

/// The command that starts a Python server, and the file that it is in.
fn python_start(folder: &Path, framework: &str) -> Option<(String, String)> {
    if framework == "django" {
        let start = "python manage.py runserver --noreload \"127.0.0.1:$PORT\"".to_owned();
        return folder.join("manage.py").is_file().then(|| (start, "manage.py".to_owned()));
    }
    let files = ["main.py", "app.py", "server.py", "api.py", "app/main.py", "app/__init__.py", "src/main.py"];
    let classes = match framework {
        "flask" => ["Flask(", "Flask("],
        _ => ["FastAPI(", "Starlette("],
    };
    files.into_iter().find_map(|file| {
        let text = read(folder, file)?;
        let name = classes.iter().find_map(|class| variable(&text, class))?;
        // It starts a server itself, where it is told to.
        if text.contains(".run(") && text.contains("\"PORT\"") {
            return Some((format!("python {file}"), file.to_owned()));
        }
        let module = file.trim_end_matches(".py").trim_end_matches("/__init__").replace('/', ".");
        let start = match framework {
            "flask" => format!("python -m flask --app {module}:{name} run --port \"$PORT\""),
            _ => format!("python -m uvicorn {module}:{name} --port \"$PORT\""),
        };
        Some((start, file.to_owned()))
    })
}

/// The variable that a line such as `app = FastAPI(title="x")` sets at the top of a file.
fn variable<'a>(text: &'a str, class: &str) -> Option<&'a str> {
    text.lines().find_map(|line| {
        let (name, value) = line.split_once('=')?;
        let name = name.split(':').next()?.trim_end();
        let is_name =
            !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_');
        let value = value.trim_start();
        let value =
            value.rsplit_once('.').filter(|(path, _)| !path.contains('(')).map_or(value, |(_, last)| last);
        (is_name && value.starts_with(class)).then_some(name)
    })
}

fn rust(folder: &Path) -> Option<Guess> {
    let manifest = manifest::cargo(folder)?;
    let framework = framework(&manifest, &RUST)?;
    let reach = GuessedSource::Start("cargo run --quiet".to_owned());
    Some(Guess::new(Some(framework), Runtime::Rust, reach, vec![manifest.file.to_owned()]))
}

fn nginx(folder: &Path) -> Option<Guess> {
    let (file, port) = manifest::nginx(folder)?;
    let reach = GuessedSource::Url(format!("http://127.0.0.1:{port}"));
    Some(Guess::new(Some("nginx"), Runtime::Nginx, reach, vec![file.display().to_string()]))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::express_script(
        &[("package.json", r#"{"scripts": {"start": "node ."}, "dependencies": {"express": "5"}}"#)],
        Some("express"), "npm start"
    )]
    #[case::express_main(
        &[("package.json", r#"{"main": "api.js", "dependencies": {"express": "5", "cors": "2"}}"#), ("api.js", "")],
        Some("express"), "node api.js"
    )]
    #[case::node_alone(
        &[("package.json", "{}"), ("server.js", "")],
        None, "node server.js"
    )]
    #[case::next_brings_express_along(
        &[("package.json", r#"{"dependencies": {"next": "16", "express": "5"}}"#)],
        Some("next"), "npx next start --port \"$PORT\""
    )]
    #[case::fastapi(
        &[("requirements.txt", "fastapi==0.165.0\nstarlette==1.0\n"), ("app/main.py", "api: FastAPI = fastapi.FastAPI()\n")],
        Some("fastapi"), "python -m uvicorn app.main:api --port \"$PORT\""
    )]
    #[case::fastapi_that_starts_itself(
        &[("requirements.txt", "fastapi\n"), ("main.py", "app = FastAPI()\nuvicorn.run(app, port=int(os.environ[\"PORT\"]))\n")],
        Some("fastapi"), "python main.py"
    )]
    #[case::flask_in_pyproject(
        &[("pyproject.toml", "[project]\ndependencies = [\"Flask>=3\"]\n"), ("app.py", "app = Flask(__name__)\n")],
        Some("flask"), "python -m flask --app app:app run --port \"$PORT\""
    )]
    #[case::django(
        &[("pyproject.toml", "[tool.poetry.dependencies]\ndjango = \"^5\"\n"), ("manage.py", "")],
        Some("django"), "python manage.py runserver --noreload \"127.0.0.1:$PORT\""
    )]
    #[case::axum(
        &[("Cargo.toml", "[dependencies]\naxum = \"0.8\"\ntower-http = { version = \"0.7\" }\n")],
        Some("tower-http"), "cargo run --quiet"
    )]
    #[case::actix(
        &[("Cargo.toml", "[dependencies]\nactix-web = \"4\"\n")],
        Some("actix"), "cargo run --quiet"
    )]
    fn a_server_is_started_as_its_files_say(
        #[case] files: &[(&str, &str)],
        #[case] framework: Option<&str>,
        #[case] start: &str,
    ) {
        let guess = guess(files);
        assert_eq!((guess.framework, guess.reach), (framework, GuessedSource::Start(start.to_owned())));
    }

    fn guess(files: &[(&str, &str)]) -> Guess {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        Guess::of(folder.path())
    }

    #[test]
    fn nginx_runs_already() {
        let guess = guess(&[("nginx.conf", "http { server {\nlisten 8080;\n} }")]);
        assert_eq!(guess.framework, Some("nginx"));
        assert_eq!(guess.reach, GuessedSource::Url("http://127.0.0.1:8080".to_owned()));
    }

    #[rstest]
    #[case::empty(&[])]
    #[case::broken(&[("package.json", "{"), ("Cargo.toml", "=")])]
    #[case::a_library(&[("Cargo.toml", "[dependencies]\nserde = \"1\"\n")])]
    fn where_nothing_can_be_told_nothing_is_claimed(#[case] files: &[(&str, &str)]) {
        assert_eq!(guess(files), Guess::nothing());
    }

    #[rstest]
    #[case("package-lock.json", "npm ci")]
    #[case("yarn.lock", "corepack enable && yarn install --immutable")]
    #[case("other", "npm install")]
    fn packages_are_installed_by_the_lockfile(#[case] file: &str, #[case] expected: &'static str) {
        let guess = guess(&[("package.json", "{}"), ("index.js", ""), (file, "")]);
        assert_eq!(guess.runtime, Runtime::Node { install: expected, build: None });
    }
}
