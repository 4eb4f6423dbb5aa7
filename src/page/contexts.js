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
  const join = method(Array.prototype, "join");
  const slice = method(Array.prototype, "slice");
  const bodyOf = getter(Document.prototype, "body");
  const { Blob, document, encodeURIComponent, URL } = globalThis;
  const createObjectURL = URL.createObjectURL.bind(URL);

  /** How long a context may take to come up, in milliseconds. */
  const START_LIMIT = 10_000;

  // What is made in a page has the header fields of the page.
  const { search } = globalThis.location;
  const FRAME = `/.corsproof/frame${search}`;
  const DOMAIN_FRAME = `${FRAME}${search === "" ? "?" : "&"}document-domain=`;
  const WORKER = `/.corsproof/worker.js${search}`;

  const makers = {
    __proto__: null,
    window: async () => requests,
    worker: () => connect((port, fail) => worker(WORKER, port, fail)),
    "blob-worker": () => connect(async (port, fail) => worker(await blobUrl(WORKER, "text/javascript"), port, fail)),
    "data-worker": () => connect(async (port, fail) => worker(await dataUrl(WORKER, "text/javascript"), port, fail)),
    "sandboxed-iframe": () => connect((port) => iframe({ sandbox: "allow-forms allow-scripts", src: FRAME }, port)),
    "srcdoc-iframe": () => connect(async (port) => iframe({ srcdoc: await served(FRAME) }, port)),
    "data-iframe": () => connect(async (port) => iframe({ src: await dataUrl(FRAME, "text/html") }, port)),
    "document-domain-iframe": () => connect((port) => iframe({ src: DOMAIN_FRAME }, port)),
    "blob-iframe": () => connect(async (port) => iframe({ src: await blobUrl(FRAME, "text/html") }, port)),
  };

  const made = { __proto__: null };

  /**
   * Promises the context of that name: `start(request)` as in request.js. `frames` are the origins of frames in each
   * other, from the outermost on, if the last of them is the context.
   */
  function get(name, frames) {
    const key = frames.length === 0 ? name : join(frames, " ");
    if (made[key] === undefined) made[key] = make(key, frames);
    return made[key];
  }

  function make(name, frames) {
    if (frames.length === 0 && makers[name] === undefined) {
      throw new Error(`a request from the unknown context '${name}'`);
    }
    const making = frames.length === 0 ? makers[name]() : connect((port) => iframe({ src: inward(frames) }, port));
    return clock.within(START_LIMIT, making, () => {
      throw new Error(`the context '${name}' was not up within ${START_LIMIT} ms`);
    });
  }

  /**
   * Hands one end of a channel over, `handOver(port, fail)`, and promises the other one's `start`, once somebody
   * answers; `fail(error)` says that nobody will.
   */
  async function connect(handOver) {
    const { port1, port2 } = new MessageChannel();
    let fail;
    const ready = new Promise((resolve, reject) => {
      fail = reject;
      listen(port1, "message", resolve, { once: true });
    });
    startPort(port1);
    await handOver(port2, fail);
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

  function worker(url, port, fail) {
    const worker = new Worker(url);
    listen(worker, "error", (event) => fail(new Error(`the worker failed: ${event.message}`)));
    postToWorker(worker, null, [port]);
  }

  /** `prepare(frame)`: what is done or looked at before the frame is given its port. */
  function iframe(attributes, port, prepare = () => {}) {
    return new Promise((resolve, reject) => {
      const frame = createElement(document, "iframe");
      for (const name in attributes) setAttribute(frame, name, attributes[name]);
      listen(frame, "load", () => {
        try {
          prepare(frame);
          windowOf(frame).postMessage(null, "*", [port]);
          resolve();
        } catch (error) {
          reject(error);
        }
      }, { once: true });
      append(bodyOf(document), frame);
    });
  }

  /** The URL of the outermost frame: around.js puts the others into it. */
  function inward(frames) {
    if (frames.length === 1) return frames[0] + FRAME;
    return `${frames[0]}/.corsproof/around${search}#${join(slice(frames, 1), "%20")}`;
  }

  const served = async (path) => text(await fetch(path));

  const dataUrl = async (path, type) => `data:${type};charset=utf-8,${encodeURIComponent(await served(path))}`;

  const blobUrl = async (path, type) => createObjectURL(new Blob([await served(path)], { type }));

  return { __proto__: null, connect, get, iframe };
})();
