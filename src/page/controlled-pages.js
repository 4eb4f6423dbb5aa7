// Documents that a service worker controls, one a case: registered for the case, and gone with it.
"use strict";

const controlledPages = (() => {
  const { encodeURIComponent, Promise } = globalThis;
  const { stringify } = JSON;
  const { serviceWorker } = navigator;
  const listen = primordials.method(EventTarget.prototype, "addEventListener");

  const FRAME = "/.corsproof/frame";
  const SCRIPT = "/.corsproof/service-worker.js";

  /** How long a controlled document may take to come up, and to be taken down, in milliseconds. */
  const START_LIMIT = 10_000;
  const END_LIMIT = 2_000;

  const made = { __proto__: null };

  /** Promises a case's controlled document, with the face of request.js; null where the engine has no service workers. */
  function get(id, worker) {
    if (serviceWorker === undefined) return Promise.resolve(null);
    const pages = (made[id] ??= []);
    const text = stringify(worker);
    const former = pages.find((page) => page.text === text);
    if (former !== undefined) return former.context;
    // The scope is a prefix of URLs: it ends in what no other one goes on with.
    const page = { __proto__: null, text, scope: `${FRAME}?corsproof=${id}.${pages.length}.`, id };
    pages.push(page);
    page.context = clock.within(START_LIMIT, make(page), () => {
      throw new Error(`the service worker and its page were not up within ${START_LIMIT} ms`);
    });
    return page.context;
  }

  async function make(page) {
    const script = `${SCRIPT}?corsproof=${page.id}.${encodeURIComponent(page.text)}`;
    page.registration = await serviceWorker.register(script, { scope: page.scope });
    await active(page.registration);
    return contexts.connect((port) => {
      return contexts.iframe({ src: page.scope }, port, (frame) => {
        page.frame = frame;
        const { controller } = frame.contentWindow.navigator.serviceWorker;
        if (controller === null) throw new Error("the service worker controls nothing");
      });
    });
  }

  /** Promises that the worker of a registration is activated: before that it controls no document. */
  function active(registration) {
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    return new Promise((resolve, reject) => {
      const look = () => {
        if (worker.state === "activated") resolve();
        if (worker.state === "redundant") reject(new Error("the service worker did not come up"));
      };
      listen(worker, "statechange", look);
      look();
    });
  }

  /** Takes down what was made for a case. What cannot be taken down has a scope of its own, and is in nobody's way. */
  async function end(id) {
    const pages = made[id] ?? [];
    delete made[id];
    for (const { registration, frame } of pages) {
      frame?.remove();
      try {
        if (registration) await clock.within(END_LIMIT, registration.unregister(), () => {});
      } catch {}
    }
  }

  return { __proto__: null, end, get };
})();
