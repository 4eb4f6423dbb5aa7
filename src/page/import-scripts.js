// A request by importScripts(), and what the importing script learns of the error that the other one throws.
"use strict";

(() => {
  const { importScripts } = globalThis;

  async function ask(request) {
    const started = results.now();
    delete globalThis.ran;
    try {
      importScripts(request.url);
    } catch (error) {
      // A script says that it runs by `ran = true`; a muted error looks like a failed fetch.
      const ran = globalThis.ran === true;
      if (!ran) return results.embedded(false, results.withheld(null, error), started);
      const muted = error.name === "NetworkError";
      const read = muted ? results.withheld("muted-error", error) : results.readable(error.message);
      return results.embedded(true, read, started);
    }
    return results.embedded(true, results.opaque(), started);
  }

  requests.add("import-scripts", (request) => ({ result: ask(request), abort: () => {} }));
})();
