// A request by a dedicated or a shared worker for its script, and the first message of that.
"use strict";

(() => {
  const { Worker, SharedWorker, Promise } = globalThis;
  const { getter, method } = primordials;
  const resolve = Promise.resolve.bind(Promise);
  const terminate = method(Worker.prototype, "terminate");
  const portOf = SharedWorker === undefined ? null : getter(SharedWorker.prototype, "port");
  const startPort = method(MessagePort.prototype, "start");
  const closePort = method(MessagePort.prototype, "close");

  /** Asks by the worker that `make` makes; `endsOf` tells who brings its messages, and what ends it. */
  const startAs = (make, endsOf) => (request) => {
    const started = results.now();
    let worker;
    try {
      worker = make(request.url);
    } catch (error) {
      // The standard lets the fetch fail; engines look at the origin before it.
      const reason = error.name === "SecurityError" ? "request-mode" : null;
      const result = results.embedded(false, results.withheld(reason, error), started);
      return { result: resolve(result), abort: () => {} };
    }
    const { from, end } = endsOf(worker);
    const result = new Promise((resolve) => {
      const tell = (loaded, read) => {
        end();
        resolve(results.embedded(loaded, read, started));
      };
      dom.listen(from, "message", (event) => tell(true, results.readable(event.data)));
      dom.listen(worker, "error", () => tell(false, results.withheld(null)));
    });
    return { result, abort: end };
  };

  const dedicated = (worker) => ({ from: worker, end: () => terminate(worker) });

  function shared(worker) {
    const port = portOf(worker);
    startPort(port);
    return { from: port, end: () => closePort(port) };
  }

  requests.add("worker", startAs((url) => new Worker(url), dedicated));
  requests.add("module-worker", startAs((url) => new Worker(url, { type: "module" }), dedicated));
  requests.add("shared-worker", startAs((url) => new SharedWorker(url), shared));
})();
