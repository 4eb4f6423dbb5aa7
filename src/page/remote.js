// The far end of a context: takes requests from the page by a MessagePort. Runs in a worker or an iframe.
"use strict";

(() => {
  const post = primordials.method(MessagePort.prototype, "postMessage");
  const startPort = primordials.method(MessagePort.prototype, "start");
  const listen = primordials.method(EventTarget.prototype, "addEventListener");
  const running = new Map();

  async function ask(port, id, request) {
    let result;
    try {
      const asked = requests.start(request);
      running.set(id, asked);
      result = await asked.result;
    } catch (error) {
      result = results.broken(error);
    }
    running.delete(id);
    post(port, { id, result });
  }

  function heed(port, message) {
    if (message.abort) running.get(message.id)?.abort();
    else ask(port, message.id, message.request);
  }

  listen(
    globalThis,
    "message",
    (event) => {
      const port = event.ports[0];
      listen(port, "message", (event) => heed(port, event.data));
      startPort(port);
      post(port, "ready");
    },
    { once: true },
  );
})();
