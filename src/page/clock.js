// The only clock of the page and its contexts: iframes and hidden documents have timers that engines slow down.
"use strict";

const clock = (() => {
  const { setTimeout, clearTimeout, Promise } = globalThis;
  const then = primordials.method(Promise.prototype, "then");

  /**
   * A limit is counted in ticks of so many milliseconds. Where the machine stops or starves this page, a tick takes
   * longer than that: the page then has as many turns for its work as on a machine that is idle.
   */
  const TICK = 250;

  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /** What `promise` comes to, or what `late()` says where that takes more ticks than make up `ms`. */
  function within(ms, promise, late) {
    return new Promise((resolve, reject) => {
      let timer;
      let left = ms;
      const tick = () => {
        if (left > 0) return wait();
        try {
          resolve(late());
        } catch (error) {
          reject(error);
        }
      };
      const wait = () => {
        const length = left < TICK ? left : TICK;
        left -= length;
        timer = setTimeout(tick, length);
      };
      wait();
      const settle = (report) => (value) => {
        clearTimeout(timer);
        report(value);
      };
      then(promise, settle(resolve), settle(reject));
    });
  }

  return { __proto__: null, sleep, within };
})();
