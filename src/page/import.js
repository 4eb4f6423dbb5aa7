// A request by import(), and what the module exports.
"use strict";

requests.add("import", (request) => {
  async function ask() {
    const started = results.now();
    try {
      const module = await import(request.url);
      return results.embedded(true, results.readable(module.default), started);
    } catch (error) {
      return results.embedded(false, results.withheld(null, error), started);
    }
  }
  return { result: ask(), abort: () => {} };
});
