// Windows beside the page: a frame in it or a popup, at a URL of the harness on any origin.
"use strict";

const otherWindows = (() => {
  const { Blob, Error, Promise, URL, document, encodeURIComponent, fetch, open } = globalThis;
  const { method, getter } = primordials;
  const listen = method(EventTarget.prototype, "addEventListener");
  const setAttribute = method(Element.prototype, "setAttribute");
  const createElement = method(Document.prototype, "createElement");
  const append = method(Element.prototype, "append");
  const remove = method(Element.prototype, "remove");
  const bodyOf = getter(Document.prototype, "body");
  const windowOf = getter(HTMLIFrameElement.prototype, "contentWindow");
  const text = method(Response.prototype, "text");
  const replace = method(String.prototype, "replace");
  const includes = method(String.prototype, "includes");
  const startsWith = method(String.prototype, "startsWith");
  const createObjectURL = URL.createObjectURL.bind(URL);

  /** A document like any that cases reach; where a URL has no server it is put there. */
  const DOCUMENT = "/.corsproof/window";

  /** What a popup tells its opener once it has loaded: no event of its own says so across origins. */
  const UP = "corsproof: up";

  /** How often to look whether a popup looks closed, in milliseconds. */
  const SEVERED = 25;

  /** Promises the other window of an access: `{window, element, close}`. */
  function reach(request) {
    const { reached, sandbox } = request.access;
    return reached === "popup" || reached === "opener" ? popup(request.url) : frame(url(request), sandbox);
  }

  const shared = { __proto__: null };

  /**
   * The same, for those who leave the other window as it is: one a document, since making one takes the most time. It
   * stays as long as this document, so its `close` does nothing.
   */
  function share(request) {
    const { document_domain, reached, sandbox } = request.access;
    const isWindow = reached === "popup" || reached === "opener";
    const key = `${withoutToken(request.url)} ${isWindow} ${sandbox} ${document_domain}`;
    shared[key] ??= reach(request).then((other) => {
      if (isWindow) listen(globalThis, "pagehide", other.close);
      return { __proto__: null, ...other, close: () => {} };
    });
    return shared[key];
  }

  const withoutToken = (url) => replace(url, /([?&])corsproof=[a-z0-9]*/, "$1");

  /** The URL of a frame; see document_domain.js. */
  const url = ({ access, url }) => (access.document_domain ? `${url}&document-domain` : url);

  async function frame(url, sandbox) {
    const element = createElement(document, "iframe");
    if (sandbox !== null) setAttribute(element, "sandbox", sandbox);
    const [name, value] = await address(url);
    setAttribute(element, name, value);
    const loaded = new Promise((resolve) => listen(element, "load", resolve, { once: true }));
    append(bodyOf(document), element);
    await loaded;
    return { __proto__: null, window: windowOf(element), element, close: () => remove(element) };
  }

  /** The attribute that gives a frame its document, and its value. */
  async function address(url) {
    const served = async () => text(await fetch(DOCUMENT));
    if (url === "about:srcdoc") return ["srcdoc", await served()];
    if (startsWith(url, "data:")) return ["src", `data:text/html;charset=utf-8,${encodeURIComponent(await served())}`];
    if (startsWith(url, "blob:")) return ["src", createObjectURL(new Blob([await served()], { type: "text/html" }))];
    return ["src", url];
  }

  async function popup(url) {
    let opened = null;
    const up = new Promise((resolve) => {
      listen(globalThis, "message", ({ data, source }) => {
        if (data === UP && source === opened) resolve(true);
      });
    });
    opened = open(url);
    if (opened === null) throw new Error("the browser opened no window");
    // A policy may take the two apart: then nothing comes, and the window looks closed from here.
    while (!(await clock.within(SEVERED, up, () => opened.closed))) continue;
    return { __proto__: null, window: opened, element: null, close: () => opened.close() };
  }

  /** Promises a way to the script in the other window: `far(request, reached)`, in its own terms. */
  async function connect(other) {
    // The script there takes one way only.
    other.far ??= contexts.connect((port) => other.window.postMessage(null, "*", [port]));
    const far = await other.far;
    return (request, reached) => far.start({ ...request, access: { ...request.access, reached } }).result;
  }

  // A case's window whose opener is taken away has nobody else who could close it.
  if (globalThis.opener) globalThis.opener.postMessage(UP, "*");
  else if (globalThis.parent === globalThis && includes(globalThis.location.search, "corsproof=")) globalThis.close();

  return { __proto__: null, reach, share, connect };
})();
