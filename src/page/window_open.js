// A request by a window that is opened, and what the page gets of the document there.
"use strict";

(() => {
  const { Error, Promise, open, setTimeout } = globalThis;
  const textOf = primordials.getter(Node.prototype, "textContent");

  /** Between two looks whether the document has arrived, in milliseconds: across origins no event says so. */
  const LOOK = 20;

  function start(request) {
    const opened = open(request.url);
    if (opened === null) throw new Error("the browser opened no window");
    return { result: ask(opened), abort: () => opened.close() };
  }

  async function ask(opened) {
    const started = results.now();
    let read = look(opened);
    while (read === null) {
      await new Promise((resolve) => setTimeout(resolve, LOOK));
      read = look(opened);
    }
    opened.close();
    return results.embedded(true, read, started);
  }

  /** What a script gets of the document in the window; null before it is there. */
  function look(opened) {
    let inside;
    try {
      inside = opened.document;
    } catch (error) {
      return results.withheld("document-origin", error);
    }
    // A window begins with a document of its own.
    const isThere = inside.URL !== "about:blank" && inside.readyState === "complete";
    return isThere ? results.readable(textOf(inside.body)) : null;
  }

  requests.add("window-open", start);
})();
