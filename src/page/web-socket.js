// A request by a WebSocket, and the echo of what it sends.
"use strict";

(() => {
  const { WebSocket, Promise } = globalThis;
  const { method } = primordials;
  const resolved = Promise.resolve.bind(Promise);
  const send = method(WebSocket.prototype, "send");
  const close = method(WebSocket.prototype, "close");

  function start(request) {
    const started = results.now();
    let socket;
    try {
      socket = new WebSocket(request.url);
    } catch (error) {
      // The standard lets the connection fail; some engines throw over a policy.
      return { result: resolved(results.embedded(false, results.withheld(null, error), started)), abort: () => {} };
    }
    const result = new Promise((resolve) => {
      let loaded = false;
      const end = (read) => {
        close(socket);
        resolve(results.embedded(loaded, read, started));
      };
      dom.listen(socket, "open", () => {
        loaded = true;
        send(socket, request.body === null ? "" : bodies.make(request.body));
      });
      dom.listen(socket, "message", (event) => end(results.readable(event.data)));
      dom.listen(socket, "error", () => end(results.withheld(null)));
    });
    return { result, abort: () => close(socket) };
  }

  requests.add("web-socket", start);
})();
