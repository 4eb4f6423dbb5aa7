// When silence means that nothing comes any more. Engines tell nothing of some loads that end without effect, and no
// clock can: a browser that is stopped or starved is silent as well. So what is waited for are events that come after
// all that the load could bring.
"use strict";

const silence = (() => {
  const { fetch, Promise, URL } = globalThis;
  const text = primordials.method(Response.prototype, "text");

  /** How often is looked after the last event, and how long between two looks, in milliseconds. */
  const LOOKS = 10;
  const PAUSE = 20;

  let last = 0;

  /**
   * Looks again and again for the effect of loading `url`: `found` promises what `look()` gave that is not null, or
   * null once nothing comes any more. `stop()` ends the looking.
   */
  function watch(url, look) {
    let isOver = false;
    const end = () => {
      isOver = true;
    };
    return { found: untilFound(url, look, end, () => isOver), stop: end };
  }

  async function untilFound(url, look, end, isOver) {
    const { search } = new URL(url);
    quiet(search, isOver).then(end);
    let seen = look();
    while (seen === null && !isOver()) {
      await clock.sleep(PAUSE);
      seen = look();
    }
    end();
    return seen;
  }

  /**
   * Resolves when two rounds found the same number of answers delivered: a load may go on with another request after
   * a redirect. Each round waits until the network has no answer of the case on its way, then for an image that this
   * document asks for after that, which comes to it by the same queues, and then for some turns of its event loop.
   */
  async function quiet(search, isOver) {
    let before = null;
    while (!isOver()) {
      const delivered = await text(await fetch(`/.corsproof/delivered${search}`));
      await fence();
      for (let i = 0; i < LOOKS && !isOver(); i++) await clock.sleep(PAUSE);
      if (delivered === before) return;
      before = delivered;
    }
  }

  function fence() {
    const image = dom.create("img");
    const ended = dom.loads(image);
    dom.set(image, "src", `/.corsproof/fence.svg?corsproof=fence-${++last}`);
    return ended;
  }

  return { __proto__: null, watch };
})();
