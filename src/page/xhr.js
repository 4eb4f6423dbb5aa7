// A request by an XMLHttpRequest, asynchronous or synchronous.
"use strict";

const viaXhr = (() => {
  const { XMLHttpRequest, Promise } = globalThis;
  const { method, getter, setter } = primordials;
  const open = method(XMLHttpRequest.prototype, "open");
  const setRequestHeader = method(XMLHttpRequest.prototype, "setRequestHeader");
  const send = method(XMLHttpRequest.prototype, "send");
  const abort = method(XMLHttpRequest.prototype, "abort");
  const setResponseType = setter(XMLHttpRequest.prototype, "responseType");
  const setWithCredentials = setter(XMLHttpRequest.prototype, "withCredentials");
  const upload = getter(XMLHttpRequest.prototype, "upload");
  const response = getter(XMLHttpRequest.prototype, "response");
  const status = getter(XMLHttpRequest.prototype, "status");
  const statusText = getter(XMLHttpRequest.prototype, "statusText");
  const responseURL = getter(XMLHttpRequest.prototype, "responseURL");
  const getAllResponseHeaders = method(XMLHttpRequest.prototype, "getAllResponseHeaders");
  const addEventListener = method(EventTarget.prototype, "addEventListener");
  const split = method(String.prototype, "split");
  const indexOf = method(String.prototype, "indexOf");
  const slice = method(String.prototype, "slice");
  const toLowerCase = method(String.prototype, "toLowerCase");

  /** Asks. `result` is never rejected but by a failure of this script. */
  function start(request) {
    const xhr = new XMLHttpRequest();
    return { result: new Promise((resolve) => ask(xhr, request, resolve)), abort: () => abort(xhr) };
  }

  function ask(xhr, request, resolve) {
    if (request.body !== null && request.body.kind === "stream") {
      return resolve(results.unsupported("a ReadableStream as the body of an XMLHttpRequest"));
    }
    const body = request.body === null ? null : bodies.make(request.body);
    const started = results.now();
    addEventListener(xhr, "load", () => {
      resolve(results.resolved(seen(xhr), started));
    });
    addEventListener(xhr, "error", () => {
      // The event carries no words; the name is the one that the standard gives this failure.
      resolve(results.rejected("NetworkError", "", false, started, leaks(xhr)));
    });
    try {
      prepare(xhr, request);
      send(xhr, body);
    } catch (error) {
      resolve(results.rejected(error.name, error.message, true, started, []));
    }
  }

  function prepare(xhr, request) {
    open(xhr, request.method ?? "GET", request.url, true);
    setResponseType(xhr, "arraybuffer");
    if (request.credentials === "include") setWithCredentials(xhr, true);
    if (request.upload_listener) addEventListener(upload(xhr), "progress", () => {});
    setHeaders(xhr, request);
  }

  function setHeaders(xhr, request) {
    for (let i = 0; i < request.headers.length; i++) {
      setRequestHeader(xhr, request.headers[i][0], request.headers[i][1]);
    }
  }

  function seen(xhr) {
    return {
      type: null,
      status: status(xhr),
      status_text: statusText(xhr),
      url: responseURL(xhr),
      redirected: null,
      headers: headers(getAllResponseHeaders(xhr)),
      body: content(xhr),
    };
  }

  /** A synchronous one in a window has no other response type than text. */
  function content(xhr) {
    const content = response(xhr);
    return typeof content === "string" ? content : bodies.text(content);
  }

  /** What a failed XHR tells all the same: by the standard nothing, its response is a network error. */
  function leaks(xhr) {
    const told = [];
    const { status, status_text, url, headers, body } = seen(xhr);
    if (status !== 0) told[told.length] = `status ${status}`;
    if (status_text !== "") told[told.length] = `statusText ${status_text}`;
    if (url !== "") told[told.length] = `responseURL ${url}`;
    if (headers.length > 0) told[told.length] = `${headers.length} headers`;
    if (body !== "") told[told.length] = `${body.length} characters of the body`;
    return told;
  }

  /** The pairs of `getAllResponseHeaders()`: lines `name: value`, already sorted and combined. */
  function headers(text) {
    const lines = split(text, "\r\n");
    const pairs = [];
    for (let i = 0; i < lines.length; i++) {
      const colon = indexOf(lines[i], ":");
      if (colon < 0) continue;
      pairs[pairs.length] = [toLowerCase(slice(lines[i], 0, colon)), slice(lines[i], colon + 2)];
    }
    return pairs;
  }

  /** Asks and waits: everything else in this context stands still meanwhile. */
  start.sync = (request) => ({ result: askSync(new XMLHttpRequest(), request), abort: () => {} });

  async function askSync(xhr, request) {
    const body = request.body === null ? null : bodies.make(request.body);
    const started = results.now();
    try {
      open(xhr, request.method ?? "GET", request.url, false);
      if (request.credentials === "include") setWithCredentials(xhr, true);
      setHeaders(xhr, request);
      send(xhr, body);
    } catch (error) {
      // A NetworkError is what send() says where the fetch fails; every other one is about the arguments.
      return results.rejected(error.name, error.message, error.name !== "NetworkError", started, leaks(xhr));
    }
    return results.resolved(seen(xhr), started);
  }

  return start;
})();

requests.add("xhr", viaXhr);
requests.add("xhr-sync", viaXhr.sync);
