// The results of a step, as the harness reads them.
"use strict";

const results = (() => {
  const now = primordials.method(Performance.prototype, "now").bind(null, performance);
  const { String } = globalThis;

  const resolved = (response, started) => ({ outcome: "resolved", response, duration_ms: now() - started });

  /** `leaks`: what the API tells of the response although it failed. */
  const rejected = (name, message, thrown, started, leaks) => ({
    outcome: "rejected",
    error: { name: String(name), message: String(message), thrown, leaks },
    duration_ms: now() - started,
  });

  /** What an element came to: whether it took effect, and what a script could read. */
  const embedded = (loaded, read, started) => ({ outcome: "embedded", loaded, read, duration_ms: now() - started });

  const readable = (body) => ({ kind: "allowed", body: String(body) });

  /** There is nothing that a script could try. */
  const opaque = () => ({ kind: "opaque" });

  /** `reason`: its word, where the API itself tells; `error`: what it threw, if it did. */
  const withheld = (reason, error, leaks = []) => ({
    kind: "blocked",
    reason,
    message: error ? `${error.name}: ${error.message}` : "",
    leaks,
  });
  /** What a script learns without a response. */
  const told = (body, started) =>
    resolved({ type: null, status: 0, status_text: "", url: "", redirected: null, headers: [], body }, started);

  /** An exception of an access: a SecurityError names `reason`, any other one none. */
  function denied(reason, error, started) {
    const result = rejected(error.name, error.message, false, started, []);
    result.error.reason = error.name === "SecurityError" ? reason : null;
    return result;
  }

  const timedOut = (limit_ms) => ({ outcome: "timed-out", limit_ms });

  const unsupported = (what) => ({ outcome: "unsupported", what });

  /** The harness's own failure: `error` is something that nobody foresaw. */
  const broken = (error) => ({ outcome: "broken", what: String(error) });

  return {
    __proto__: null,
    now,
    resolved,
    rejected,
    embedded,
    readable,
    opaque,
    withheld,
    told,
    denied,
    timedOut,
    unsupported,
    broken,
  };
})();
