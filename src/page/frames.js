// Iframes that ask for a document, and what the page gets of it.
"use strict";

const frames = (() => {
  const { Promise } = globalThis;
  const { getter } = primordials;
  const documentOf = getter(HTMLIFrameElement.prototype, "contentDocument");
  const textOf = getter(Node.prototype, "textContent");

  /** Promises that a document has arrived in `frame`, whichever. */
  const loaded = (frame) => new Promise((resolve) => dom.listen(frame, "load", resolve, { __proto__: null, once: true }));

  /** What a script gets of the document in `frame`. */
  function read(frame) {
    const inside = documentOf(frame);
    return inside === null ? results.withheld("document-origin") : results.readable(textOf(inside.body));
  }

  function start(request) {
    const frame = dom.make("iframe", request);
    return { result: ask(frame, request), abort: () => dom.remove(frame) };
  }

  async function ask(frame, request) {
    const started = results.now();
    const arrived = loaded(frame);
    dom.set(frame, "src", request.url);
    dom.insert(frame);
    await arrived;
    const result = read(frame);
    dom.remove(frame);
    return results.embedded(true, result, started);
  }

  requests.add("iframe", start);

  return { __proto__: null, loaded, read };
})();
