// A request by a dedicated worker for its script, and the first message of that.
"use strict";

(() => {
  const { Worker, Promise } = globalThis;
  const resolve = Promise.resolve.bind(Promise);
  const terminate = primordials.method(Worker.prototype, "terminate");

  function start(request) {
    const started = results.now();
    let worker;
    try {
      worker = new Worker(request.url);
    } catch (error) {
      // The standard lets the fetch fail; engines look at the origin before it.
      const reason = error.name === "SecurityError" ? "request-mode" : null;
      const result = results.embedded(false, results.withheld(reason, error), started);
      return { result: resolve(result), abort: () => {} };
    }
    const result = new Promise((resolve) => {
      const end = (loaded, read) => {
        terminate(worker);
        resolve(results.embedded(loaded, read, started));
      };
      dom.listen(worker, "message", (event) => end(true, results.readable(event.data)));
      dom.listen(worker, "error", () => end(false, results.withheld(null)));
    });
    return { result, abort: () => terminate(worker) };
  }

  requests.add("worker", start);
})();
