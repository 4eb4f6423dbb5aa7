// The only clock of the page and its contexts: iframes and hidden documents have timers that engines slow down.
"use strict";

const clock = (() => {
  const { setTimeout, clearTimeout, Promise } = globalThis;
  const then = primordials.method(Promise.prototype, "then");

  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /** What `promise` comes to, or what `late()` says where that takes longer than `ms`. */
  function within(ms, promise, late) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        try {
          resolve(late());
        } catch (error) {
          reject(error);
        }
      }, ms);
      const settle = (report) => (value) => {
        clearTimeout(timer);
        report(value);
      };
      then(promise, settle(resolve), settle(reject));
    });
  }

  return { __proto__: null, sleep, within };
})();
