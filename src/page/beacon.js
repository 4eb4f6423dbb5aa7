// A request by navigator.sendBeacon(), of which nobody is told what became.
"use strict";

(() => {
  const { navigator, Navigator } = globalThis;
  const sendBeacon = primordials.method(Navigator.prototype, "sendBeacon").bind(null, navigator);

  /** How long a beacon may take to be sent, in milliseconds: the page has no other way to know. */
  const GRACE = 600;

  async function ask(request) {
    const started = results.now();
    const queued = sendBeacon(request.url, request.body === null ? null : bodies.make(request.body));
    await clock.sleep(GRACE);
    return results.embedded(queued, results.opaque(), started);
  }

  requests.add("beacon", (request) => ({ result: ask(request), abort: () => {} }));
})();
