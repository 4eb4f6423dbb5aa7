// A request for the script of a service worker: whether it is taken.
"use strict";

(() => {
  const { serviceWorker } = navigator;

  async function ask(request) {
    if (serviceWorker === undefined) return results.unsupported("service workers");
    const started = results.now();
    try {
      // The script's own URL and more, so that no other case has this scope.
      const registration = await serviceWorker.register(request.url, { scope: `${request.url}.` });
      await registration.unregister();
    } catch (error) {
      return results.embedded(false, results.withheld(null, error), started);
    }
    return results.embedded(true, results.opaque(), started);
  }

  requests.add("service-worker", (request) => ({ result: ask(request), abort: () => {} }));
})();
