// A step's request, by the API that it names. What needs no document runs unchanged in a window, a dedicated
// worker and every kind of iframe. Knows no time: whoever asks decides when to give up.
"use strict";

const requests = (() => {
  const ways = { __proto__: null };

  /** Adds a way of asking: `start(request)` gives `{result, abort}`. */
  function add(via, start) {
    ways[via] = start;
  }

  /** Launches a request: `{result, abort}`, where `result` promises what came of it. */
  function start(request) {
    if (ways[request.via] === undefined) throw new Error(`a request via '${request.via}', which nobody knows here`);
    return ways[request.via](request);
  }

  return { __proto__: null, add, start };
})();
