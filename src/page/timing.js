// A request by fetch(), and whether a member of its PerformanceResourceTiming entry says anything.
"use strict";

(() => {
  const { fetch, AbortController, PerformanceObserver, Promise, URL } = globalThis;
  const { method, getter } = primordials;
  const abort = method(AbortController.prototype, "abort");
  const signalOf = getter(AbortController.prototype, "signal");
  const text = method(Response.prototype, "text");
  const find = method(Array.prototype, "find");
  const observe = method(PerformanceObserver.prototype, "observe");
  const disconnect = method(PerformanceObserver.prototype, "disconnect");

  /** What an entry tells of a response and not of times: what is hidden there is hidden by CORS. */
  const OF_RESPONSE = { __proto__: null, encodedBodySize: true, decodedBodySize: true, responseStatus: true };

  function start(request) {
    const controller = new AbortController();
    return { result: ask(request, signalOf(controller)), abort: () => abort(controller) };
  }

  async function ask(request, signal) {
    const options = { __proto__: null, signal };
    if (request.mode !== null) options.mode = request.mode;
    if (request.credentials !== null) options.credentials = request.credentials;
    const started = results.now();
    const observed = entryOf(new URL(request.url).href);
    try {
      await text(await fetch(request.url, options));
    } catch (error) {
      observed.stop();
      return results.embedded(false, results.withheld(null, error), started);
    }
    const entry = await observed.entry;
    return results.embedded(true, read(entry[request.member], request.member), started);
  }

  /** Times, sizes and statuses are 0 and texts and lists are empty where they are hidden. */
  function read(value, member) {
    if (value === undefined) return results.withheld(null, { name: "undefined", message: `there is no ${member}` });
    const says = typeof value === "number" ? value !== 0 : value.length > 0;
    if (says) return results.readable("shown");
    return results.withheld(OF_RESPONSE[member] ? "opaque-response" : "timing-allow-origin");
  }

  /** Promises the entry of a URL. The buffer of entries holds a few hundred: an observer sees them all. */
  function entryOf(url) {
    let observer;
    const entry = new Promise((resolve) => {
      observer = new PerformanceObserver((list) => {
        const entry = find(list.getEntriesByType("resource"), ({ name }) => name === url);
        if (entry === undefined) return;
        disconnect(observer);
        resolve(entry);
      });
      observe(observer, { __proto__: null, type: "resource" });
    });
    return { entry, stop: () => disconnect(observer) };
  }

  requests.add("timing", start);
})();
