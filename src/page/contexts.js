// The environments that requests are made in: the page's window, and others that are made when first asked
// for, once a page.
"use strict";

const contexts = (() => {
  const { fetch, MessageChannel, Promise, Worker } = globalThis;
  const { method, getter, setter } = primordials;
  const text = method(Response.prototype, "text");
  const listen = method(EventTarget.prototype, "addEventListener");
  const post = method(MessagePort.prototype, "postMessage");
  const startPort = method(MessagePort.prototype, "start");
  const postToWorker = method(Worker.prototype, "postMessage");
  const windowOf = getter(HTMLIFrameElement.prototype, "contentWindow");
  const setAttribute = method(Element.prototype, "setAttribute");
  const createElement = method(Document.prototype, "createElement");
  const append = method(Element.prototype, "append");
  const bodyOf = getter(Document.prototype, "body");
  const { Blob, document, encodeURIComponent, URL } = globalThis;
  const createObjectURL = URL.createObjectURL.bind(URL);

  /** How long a context may take to come up, in milliseconds. */
  const START_LIMIT = 10_000;

  const FRAME = "/.corsproof/frame";
  const WORKER = "/.corsproof/worker.js";

  const makers = {
    __proto__: null,
    window: async () => requests,
    worker: () => connect((port) => worker(WORKER, port)),
    "blob-worker": () => connect(async (port) => worker(await blobUrl(WORKER, "text/javascript"), port)),
    "data-worker": () => connect(async (port) => worker(await dataUrl(WORKER, "text/javascript"), port)),
    "sandboxed-iframe": () => connect((port) => iframe({ sandbox: "allow-forms allow-scripts", src: FRAME }, port)),
    "srcdoc-iframe": () => connect(async (port) => iframe({ srcdoc: await served(FRAME) }, port)),
    "data-iframe": () => connect(async (port) => iframe({ src: await dataUrl(FRAME, "text/html") }, port)),
    "document-domain-iframe": () => connect((port) => iframe({ src: `${FRAME}?document-domain` }, port)),
    "blob-iframe": () => connect(async (port) => iframe({ src: await blobUrl(FRAME, "text/html") }, port)),
  };

  const made = { __proto__: null };

  /** Promises the context of that name: `start(request)` as in request.js. */
  function get(name) {
    if (made[name] === undefined) made[name] = make(name);
    return made[name];
  }

  function make(name) {
    if (makers[name] === undefined) throw new Error(`a request from the unknown context '${name}'`);
    return clock.within(START_LIMIT, makers[name](), () => {
      throw new Error(`the context '${name}' was not up within ${START_LIMIT} ms`);
    });
  }

  /** Hands one end of a channel over and promises the other one's `start`, once somebody answers. */
  async function connect(handOver) {
    const { port1, port2 } = new MessageChannel();
    const ready = new Promise((resolve) => listen(port1, "message", resolve, { once: true }));
    startPort(port1);
    await handOver(port2);
    await ready;
    return remote(port1);
  }

  /** A context behind a port, with the face of request.js. */
  function remote(port) {
    const waiting = { __proto__: null };
    let last = 0;
    listen(port, "message", ({ data }) => {
      waiting[data.id](data.result);
      delete waiting[data.id];
    });
    return {
      __proto__: null,
      start(request) {
        const id = ++last;
        const result = new Promise((resolve) => {
          waiting[id] = resolve;
        });
        post(port, { id, request });
        return { result, abort: () => post(port, { id, abort: true }) };
      },
    };
  }

  function worker(url, port) {
    return new Promise((resolve, reject) => {
      const worker = new Worker(url);
      listen(worker, "error", (event) => reject(new Error(`the worker failed: ${event.message}`)));
      postToWorker(worker, null, [port]);
      resolve();
    });
  }

  function iframe(attributes, port) {
    return new Promise((resolve) => {
      const frame = createElement(document, "iframe");
      for (const name in attributes) setAttribute(frame, name, attributes[name]);
      listen(frame, "load", () => {
        windowOf(frame).postMessage(null, "*", [port]);
        resolve();
      }, { once: true });
      append(bodyOf(document), frame);
    });
  }

  const served = async (path) => text(await fetch(path));

  const dataUrl = async (path, type) => `data:${type};charset=utf-8,${encodeURIComponent(await served(path))}`;

  const blobUrl = async (path, type) => createObjectURL(new Blob([await served(path)], { type }));

  return { __proto__: null, connect, get };
})();
