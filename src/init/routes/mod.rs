//! The routes that a project's source files declare, as far as they are written out.

mod javascript;
mod next;
mod python;
mod rust;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use regex::Regex;

use super::source::{Language, Source, expression};

/// The methods of pages' requests, as functions of routers are called.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// A path that a server serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    /// The path as the code has it: `/orders/{id}`.
    pub path: String,
    /// In upper case, those of pages' requests: no HEAD, no OPTIONS.
    pub methods: Vec<String>,
    /// The file that declares it.
    pub file: PathBuf,
}

impl Route {
    /// A path to ask for, with `1` for each part that stands for something.
    pub(crate) fn example(&self) -> String {
        static PLACEHOLDER: LazyLock<Regex> =
            LazyLock::new(|| expression(r"\{[^}]*\}|<[^>]*>|\[[^\]]*\]|:[A-Za-z_]\w*(?:\([^)]*\))?\??"));
        PLACEHOLDER.replace_all(&self.path, "1").into_owned()
    }

    /// Whether a part of the path stands for something that only the server's data can tell.
    pub(crate) fn has_placeholder(&self) -> bool {
        self.example() != self.path
    }
}

/// Something declared in a file under a name: a router, an application.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Declared {
    file: PathBuf,
    name: String,
}

/// A router that is put below a prefix of another.
#[derive(Clone, Debug)]
struct Mount {
    on: Declared,
    prefix: String,
    mounted: Mounted,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Mounted {
    Router(Declared),
    /// Whatever routers a file has.
    File(PathBuf),
}

/// A route, on the router that it is declared on.
#[derive(Clone, Debug)]
struct Found {
    on: Declared,
    path: String,
    methods: Vec<String>,
}

/// How deep routers are put into routers at most.
const DEPTH: usize = 5;

/// What stands before the paths of `router`.
fn prefix(router: &Declared, mounts: &[Mount], depth: usize) -> String {
    let is_of = |mount: &&Mount| match &mount.mounted {
        Mounted::Router(mounted) => mounted == router && mount.on != *router,
        Mounted::File(file) => *file == router.file && mount.on.file != router.file,
    };
    match mounts.iter().find(is_of) {
        Some(mount) if depth < DEPTH => format!("{}{}", prefix(&mount.on, mounts, depth + 1), mount.prefix),
        _ => String::new(),
    }
}

/// The routes of the project in `folder`, whose files are `sources`: those without placeholders first, then those that can
/// be read by GET.
pub(super) fn routes(folder: &Path, sources: &[Source]) -> Vec<Route> {
    let mut found = Vec::new();
    let mut mounts = Vec::new();
    for source in sources {
        match source.language {
            Language::JavaScript => javascript::read(source, sources, &mut found, &mut mounts),
            Language::Python => python::read(source, sources, &mut found, &mut mounts),
            Language::Rust => rust::read(source, sources, &mut found, &mut mounts),
        }
    }
    let written = found.into_iter().map(|found| {
        let path = format!("{}{}", prefix(&found.on, &mounts, 0), found.path);
        Route { path: joined(&path), methods: found.methods, file: found.on.file }
    });
    let mut by_path: BTreeMap<String, Route> = BTreeMap::new();
    let is_askable = |route: &Route| {
        !route.path.contains(['*', '#', '"', '\'', '`']) && !route.path.contains(char::is_whitespace)
    };
    for route in written.chain(next::routes(folder, sources)).filter(is_askable) {
        let known = by_path
            .entry(route.path.clone())
            .or_insert_with(|| Route { methods: Vec::new(), ..route.clone() });
        let new = route.methods.into_iter().filter(|method| !known.methods.contains(method));
        let new: Vec<String> = new.collect();
        known.methods.extend(new);
    }
    let mut routes: Vec<Route> = by_path.into_values().collect();
    let rank = |route: &Route| (route.has_placeholder(), !route.methods.iter().any(|method| method == "GET"));
    routes.sort_by_key(rank);
    routes
}

/// A path without doubled slashes, beginning with one.
fn joined(path: &str) -> String {
    static SLASHES: LazyLock<Regex> = LazyLock::new(|| expression("/{2,}"));
    SLASHES.replace_all(&format!("/{path}"), "/").into_owned()
}

/// The method of a router's function, in upper case; what takes all of them takes a GET.
fn method(function: &str) -> String {
    match function {
        "all" | "any" | "use" => "GET".to_owned(),
        "del" => "DELETE".to_owned(),
        method => method.to_uppercase(),
    }
}

/// The functions of routers that `text` calls: `get(list).post(make)`.
fn called_methods(text: &str) -> Vec<String> {
    static CALL: LazyLock<Regex> =
        LazyLock::new(|| expression(r"\b(get|post|put|patch|delete|any)\s*(?:::<[^>]*>)?\("));
    let mut methods: Vec<String> = Vec::new();
    for found in CALL.captures_iter(text) {
        let method = method(&found[1]);
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    methods
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// The routes of these files, as `GET POST /path`.
    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<Source> =
            files.iter().map(|(path, text)| Source::new(path.into(), text).expect("a source")).collect();
        let routes = routes(Path::new("."), &sources);
        routes.iter().map(|route| format!("{} {}", route.methods.join(" "), route.path)).collect()
    }

    #[test]
    fn express_is_read_with_routers_of_other_files() {
        let files = [
            (
                "server.js",
                "import express from 'express'\nimport orders from './routes/orders.js'\n\
                 const app = express()\nconst v2 = express.Router()\napp.get('view engine')\n\
                 // app.get('/gone', gone)\napp.get('/health', (request, response) => axios.get('/upstream'))\n\
                 app.use('/api/orders', authenticate, orders)\napp.use('/v2', v2)\nv2.route('/things').get(list).post(make)\n",
            ),
            (
                "routes/orders.js",
                "const router = Router()\nrouter.get('/', list)\nrouter.post('/', make)\nrouter.get('/:id', one)\nexport default router",
            ),
        ];
        assert_eq!(
            found(&files),
            ["GET POST /api/orders/", "GET /health", "GET POST /v2/things", "GET /api/orders/:id"]
        );
    }

    #[test]
    fn fastify_and_hono_put_routers_below_a_prefix_too() {
        let fastify = [
            (
                "app.js",
                "const app = fastify()\napp.register(require('./items'), { prefix: '/v1' })\napp.route({ method: ['GET', 'PUT'], url: '/one' })",
            ),
            ("items.js", "module.exports = async function (fastify) { fastify.get('/items', list) }"),
        ];
        assert_eq!(found(&fastify), ["GET PUT /one", "GET /v1/items"]);
        let hono = [(
            "app.ts",
            "const app = new Hono(); const books = new Hono()\nbooks.get('/', c => c.text('a'))\napp.route('/books', books)",
        )];
        assert_eq!(found(&hono), ["GET /books/"]);
    }

    #[test]
    fn fastapi_is_read_with_its_routers() {
        let files = [
            (
                "app/main.py",
                "from .routers import items\nfrom app.routers.users import router as users_router\n\
                 app = FastAPI()\napp.include_router(items.router, prefix=\"/api\")\napp.include_router(users_router)\n\
                 @app.get(\"/\")\ndef root(): ...\n@app.api_route(\"/both\", methods=[\"GET\", \"PUT\"])\ndef both(): ...",
            ),
            (
                "app/routers/items.py",
                "router = APIRouter(prefix='/items')\n@router.get('/{item_id}')\ndef one(): ...\n@router.get('')\ndef all(): ...",
            ),
            (
                "app/routers/users.py",
                "router = APIRouter(\n    prefix='/users',\n)\n@router.post('/')\ndef make(): ...",
            ),
        ];
        assert_eq!(
            found(&files),
            ["GET /", "GET /api/items", "GET PUT /both", "POST /users/", "GET /api/items/{item_id}"]
        );
    }

    #[test]
    fn flask_names_its_methods_beside_the_path() {
        let files = [(
            "app.py",
            "app = Flask(__name__)\nshop = Blueprint('shop', __name__, url_prefix='/shop')\n\
             @app.route('/data', methods=['GET', 'POST'])\ndef data(): ...\n@shop.route('/carts/<int:id>')\ndef cart(): ...\n\
             app.register_blueprint(shop)",
        )];
        assert_eq!(found(&files), ["GET POST /data", "GET /shop/carts/<int:id>"]);
    }

    #[test]
    fn axum_is_read_with_nested_routers() {
        let files = [
            (
                "src/main.rs",
                "fn app() -> Router {\n    let data = get(|| async { \"a\" }).post(make);\n    let admin = Router::new().route(\"/users\", get(users));\n    \
                 Router::new().route(\"/data\", data).nest(\"/admin\", admin).nest(\"/api\", api::routes())\n}",
            ),
            (
                "src/api.rs",
                "pub fn routes() -> Router {\n    Router::new()\n        .route(\"/orders\", post(make))\n        .route(\"/orders/{id}\", get(one).delete(gone))\n}",
            ),
        ];
        assert_eq!(
            found(&files),
            ["GET /admin/users", "GET POST /data", "POST /api/orders", "GET DELETE /api/orders/{id}"]
        );
        let actix = [(
            "src/main.rs",
            "#[get(\"/data\")]\nasync fn data() {}\n#[put(\"/data\")]\nasync fn change() {}",
        )];
        assert_eq!(found(&actix), ["GET PUT /data"]);
    }

    #[test]
    fn next_serves_what_its_folders_say() {
        let files = [
            (
                "src/app/(shop)/api/orders/route.ts",
                "export async function GET() {}\nexport const POST = handler",
            ),
            ("src/app/api/orders/[id]/route.ts", "export function DELETE() {}"),
            ("src/app/page.tsx", "export default function Page() {}"),
            ("pages/api/index.js", "export default (request, response) => response.json({})"),
            (
                "pages/api/cart.js",
                "export default (request, response) => { if (request.method === 'PUT') {} }",
            ),
        ];
        let dependencies =
            Source::new("next.config.js".into(), "module.exports = { basePath: '/shop' }").expect("one");
        let mut sources: Vec<Source> =
            files.iter().map(|(path, text)| Source::new(path.into(), text).expect("a source")).collect();
        sources.push(dependencies);
        let routes = routes(Path::new("."), &sources);
        let written: Vec<String> =
            routes.iter().map(|route| format!("{} {}", route.methods.join(" "), route.path)).collect();
        assert_eq!(
            written,
            [
                "GET /shop/api",
                "GET PUT /shop/api/cart",
                "GET POST /shop/api/orders",
                "DELETE /shop/api/orders/[id]"
            ]
        );
    }

    #[rstest]
    #[case("/orders/{id}", "/orders/1")]
    #[case("/orders/:id/lines/:line?", "/orders/1/lines/1")]
    #[case("/orders/<int:id>", "/orders/1")]
    #[case("/orders/[id]", "/orders/1")]
    #[case("/orders", "/orders")]
    fn a_placeholder_becomes_something_to_ask_for(#[case] path: &str, #[case] example: &str) {
        let route = Route { path: path.to_owned(), methods: Vec::new(), file: PathBuf::new() };
        assert_eq!((route.example().as_str(), route.has_placeholder()), (example, path != example));
    }

    #[test]
    fn what_is_no_route_is_none() {
        let files = [(
            "server.js",
            "const settings = new Map()\nsettings.get('/setting')\napp.get('/hash#x', one)\n\
             app.get(['/a1', '/a2'], two)\nr.use('/self', r)\nr.get('/b', three)",
        )];
        assert_eq!(found(&files), ["GET /a1", "GET /a2", "GET /b"]);
    }

    #[test]
    fn routers_in_a_ring_end() {
        let ring = [("a.js", "a.use('/x', b)\nb.use('/y', a)\na.get('/z', one)")];
        assert_eq!(found(&ring).len(), 1);
    }
}
