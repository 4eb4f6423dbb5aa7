// A message to another window, and whether it arrives.
"use strict";

const viaMessage = (() => {
  const { Promise } = globalThis;
  const listen = primordials.method(EventTarget.prototype, "addEventListener");

  const MESSAGE = "hello";

  /** Posted after it to whoever is there: messages of one window to another arrive in order. */
  const FENCE = "corsproof: fence";

  const arrived = [];
  const fences = [];
  const waiting = [];

  listen(globalThis, "message", ({ data, origin, source }) => {
    if (data === MESSAGE) arrived[arrived.length] = { __proto__: null, origin, source };
    if (data !== FENCE) return;
    fences[fences.length] = source;
    for (let i = 0; i < waiting.length; i++) waiting[i]();
  });
  /** Asks. `result` is never rejected but by a failure of this script. */
  function start(request) {
    return { result: ask(request), abort: () => {} };
  }

  async function ask(request) {
    const { reached } = request.access;
    if (reached === "here") return receive(globalThis.opener ?? globalThis.parent);
    if (reached === "its-parent") return post(globalThis.parent, request);
    if (reached === "its-opener") return post(globalThis.opener, request);
    const other = await otherWindows.reach(request);
    // Before any message: the script there takes the first one for its way to this page.
    const far = await otherWindows.connect(other);
    const posted = await (isThere(reached) ? post(other.window, request) : far(request, `its-${reached}`));
    const result = posted.outcome === "rejected" ? posted : await seen(isThere(reached), far, other, request);
    other.close();
    return result;
  }

  const isThere = (reached) => reached === "frame" || reached === "popup";

  const seen = (there, far, other, request) => (there ? far(request, "here") : receive(other.window));

  function post(target, request) {
    const started = results.now();
    try {
      target.postMessage(MESSAGE, request.access.target_origin);
    } catch (error) {
      return results.rejected(error.name, error.message, true, started, []);
    }
    target.postMessage(FENCE, "*");
    return results.told("posted", started);
  }

  /** What has arrived from `sender` before its fence. */
  async function receive(sender) {
    const started = results.now();
    while (!find(fences, (source) => source === sender)) {
      await new Promise((resolve) => {
        waiting[waiting.length] = resolve;
      });
    }
    const message = find(arrived, ({ source }) => source === sender);
    return message
      ? results.told(`${MESSAGE} from ${message.origin}`, started)
      : results.denied("target-origin", { name: "SecurityError", message: "" }, started);
  }

  function find(list, matches) {
    for (let i = 0; i < list.length; i++) if (matches(list[i])) return list[i];
    return undefined;
  }

  return start;
})();

requests.add("message", viaMessage);
