// A request by a script element, and what the page learns of the error that the script throws.
"use strict";

(() => {
  const { document, Map } = globalThis;
  const { getter, method } = primordials;
  const currentScript = getter(Document.prototype, "currentScript");
  const startsWith = method(String.prototype, "startsWith");
  const includes = method(String.prototype, "includes");

  /** The scripts under way, and the error that each has thrown. */
  const running = new Map();

  // Errors of classic scripts may be muted, but those run one at a time; module scripts say where they come from.
  dom.listen(globalThis, "error", (event) => {
    for (const [element, run] of running) {
      const { type, token } = run;
      const threw = type === "module" ? includes(event.filename, token) : currentScript(document) === element;
      if (threw) run.error = event;
    }
  });

  const startAs = (type) => (request) => {
    const element = dom.make("script", request);
    if (type !== "") dom.set(element, "type", type);
    return { result: ask(element, type, request), abort: () => dom.remove(element) };
  };

  async function ask(element, type, request) {
    const run = { type, token: mark(request.url), error: null };
    running.set(element, run);
    const started = results.now();
    const loaded = dom.loads(element);
    dom.set(element, "src", request.url);
    dom.insert(element);
    const came = await loaded;
    running.delete(element);
    dom.remove(element);
    return results.embedded(came, came ? read(run.error, request.url) : results.withheld(null), started);
  }

  /** What a URL has in it that no other case's has: its query. */
  const mark = (url) => new URL(url).search;

  function read(event, asked) {
    if (event === null) return results.opaque();
    if (event.error) return results.readable(event.error.message ?? event.error);
    return results.withheld("muted-error", { name: "ErrorEvent", message: event.message }, leaks(event, asked));
  }

  /**
   * What a muted error tells all the same: by the standard nothing but that there was one. The URL that the page
   * itself asked for, which Firefox repeats, is nothing new to it.
   */
  function leaks({ message, filename, lineno, colno }, asked) {
    const told = [];
    if (message !== "Script error.") told[told.length] = `message ${message}`;
    if (!startsWith(asked, filename)) told[told.length] = `filename ${filename}`;
    if (lineno !== 0) told[told.length] = `line ${lineno}`;
    if (colno !== 0) told[told.length] = `column ${colno}`;
    return told;
  }

  requests.add("script", startAs(""));
  requests.add("module-script", startAs("module"));
})();
