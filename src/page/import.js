// A request by import(), and what the module exports.
"use strict";

(() => {
  const { stringify } = JSON;
  const windowOf = primordials.getter(HTMLIFrameElement.prototype, "contentWindow");

  const startAs = (load) => (request) => ({ result: ask(load, request), abort: () => {} });

  async function ask(load, request) {
    const started = results.now();
    try {
      const module = await load(request);
      return results.embedded(true, results.readable(module.default), started);
    } catch (error) {
      return results.embedded(false, results.withheld(null, error), started);
    }
  }

  /** By an import map in a document of its own: not every engine lets a document have several. */
  async function mapped({ url, integrity }) {
    const map = { imports: { secret: url } };
    if (integrity !== null) map.integrity = { [url]: integrity };
    const frame = dom.create("iframe");
    dom.set(frame, "srcdoc", `<!doctype html><script type="importmap">${stringify(map)}<\/script>`);
    const arrived = frames.loaded(frame);
    dom.insert(frame);
    await arrived;
    const module = await windowOf(frame).eval('import("secret")');
    // Where the import fails, the document stays: Firefox tells its console why a moment later, and only of documents
    // that are still there.
    dom.remove(frame);
    return module;
  }

  requests.add("import", startAs(({ url }) => import(url)));
  requests.add("import-json", startAs(({ url }) => import(url, { with: { type: "json" } })));
  requests.add("import-map", startAs(mapped));
})();
