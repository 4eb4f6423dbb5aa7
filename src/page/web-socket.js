// A request by a WebSocket, and the echo of what it sends.
"use strict";

(() => {
  const { WebSocket, Promise } = globalThis;
  const { method } = primordials;
  const send = method(WebSocket.prototype, "send");
  const close = method(WebSocket.prototype, "close");

  function start(request) {
    const started = results.now();
    const socket = new WebSocket(request.url);
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
