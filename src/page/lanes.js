// Which jobs run, and how many side by side.
"use strict";

const lanes = (() => {
  const { Promise } = globalThis;
  const then = primordials.method(Promise.prototype, "then");

  // The harness widens and narrows the fast lane while it runs: what a machine can do is not known before.
  const fast = { limit: 6, queue: [], next: 0, running: 0 };
  const slow = { limit: 4, queue: [], next: 0, running: 0 };
  const byName = { __proto__: null, fast, slow };

  /** Puts a job (a function that promises and never rejects) at the end of a lane. */
  function add(name, job) {
    const lane = byName[name];
    if (lane === undefined) throw new Error(`a job for the unknown lane '${name}'`);
    lane.queue[lane.queue.length] = job;
  }

  /** Starts what may start. Slow jobs wait until no fast one does: they may hold connections for long. */
  function launch() {
    fill(fast);
    if (isEmpty(fast)) fill(slow);
  }

  /** Lets so many fast jobs run side by side from now on. */
  function widen(limit) {
    fast.limit = limit;
    launch();
  }

  function fill(lane) {
    while (lane.running < lane.limit && !isEmpty(lane)) {
      const job = lane.queue[lane.next++];
      lane.running++;
      then(job(), () => {
        lane.running--;
        launch();
      });
    }
    if (isEmpty(lane)) {
      lane.queue = [];
      lane.next = 0;
    }
  }

  const isEmpty = (lane) => lane.next === lane.queue.length;

  return { __proto__: null, add, launch, widen };
})();
