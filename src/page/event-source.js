// A request by an EventSource, and its first message.
"use strict";

(() => {
  const { EventSource, Promise } = globalThis;
  const stateOf = primordials.getter(EventSource.prototype, "readyState");
  const resolved = Promise.resolve.bind(Promise);
  const close = primordials.method(EventSource.prototype, "close");

  function start(request) {
    const withCredentials = request.credentials === "include";
    const started = results.now();
    let source;
    try {
      source = new EventSource(request.url, { __proto__: null, withCredentials });
    } catch (error) {
      // The standard lets the fetch fail; WebKitGTK looks at the page's policy before it.
      const reason = error.name === "SecurityError" ? "content-security-policy" : null;
      return { result: resolved(results.embedded(false, results.withheld(reason, error), started)), abort: () => {} };
    }
    const result = new Promise((resolve) => {
      let loaded = false;
      // One message is enough: an EventSource would ask again and again.
      const end = (read) => {
        close(source);
        resolve(results.embedded(loaded, read, started));
      };
      dom.listen(source, "open", () => {
        loaded = true;
      });
      dom.listen(source, "message", (event) => end(results.readable(event.data)));
      dom.listen(source, "error", () => {
        // A stream that was open has come to its end, and another one follows.
        const goesOn = loaded && stateOf(source) === EventSource.CONNECTING;
        if (!goesOn) end(results.withheld(null));
      });
    });
    return { result, abort: () => close(source) };
  }

  requests.add("event-source", start);
})();
