// A request by fetch().
"use strict";

const viaFetch = (() => {
  const { fetch, AbortController, Request } = globalThis;
  const { method, getter } = primordials;
  const abort = method(AbortController.prototype, "abort");
  const signalOf = getter(AbortController.prototype, "signal");
  const type = getter(Response.prototype, "type");
  const status = getter(Response.prototype, "status");
  const statusText = getter(Response.prototype, "statusText");
  const url = getter(Response.prototype, "url");
  const redirected = getter(Response.prototype, "redirected");
  const headersOf = getter(Response.prototype, "headers");
  const arrayBuffer = method(Response.prototype, "arrayBuffer");
  const forEach = method(Headers.prototype, "forEach");

  /** The members of a step's request, and what `RequestInit` calls them. */
  const OPTIONS = [
    ["method", "method"],
    ["mode", "mode"],
    ["credentials", "credentials"],
    ["redirect", "redirect"],
    ["cache", "cache"],
    ["referrer", "referrer"],
    ["referrer_policy", "referrerPolicy"],
    ["integrity", "integrity"],
    ["keepalive", "keepalive"],
  ];

  /** Asks. `result` is never rejected but by a failure of this script. */
  function start(request) {
    const controller = new AbortController();
    return { result: ask(request, signalOf(controller)), abort: () => abort(controller) };
  }

  async function ask(request, signal) {
    if (isStream(request) && !bodies.canStream) {
      return results.unsupported("a ReadableStream as a request's body");
    }
    const options = init(request, signal);
    const started = results.now();
    let response, body;
    try {
      response = await fetch(request.url, options);
      body = await arrayBuffer(response);
    } catch (error) {
      return results.rejected(error.name, error.message, isThrown(request), started, []);
    }
    return results.resolved(seen(response, bodies.text(body)), started);
  }

  const isStream = (request) => request.body !== null && request.body.kind === "stream";

  /** The second argument of fetch(): what the step does not name is not in it. */
  function init(request, signal) {
    const options = { __proto__: null, signal };
    for (let i = 0; i < OPTIONS.length; i++) {
      const value = request[OPTIONS[i][0]];
      if (value !== null) options[OPTIONS[i][1]] = value;
    }
    // As pairs, so that they are filtered by the request's own guard, which knows its mode.
    if (request.headers.length > 0) options.headers = request.headers;
    if (request.body !== null) options.body = bodies.make(request.body);
    if (isStream(request)) options.duplex = "half";
    return options;
  }

  /**
   * Whether a failed fetch() failed over its arguments: then making the Request alone fails as well. Asked
   * afterwards, so that what is measured is the plain call.
   */
  function isThrown(request) {
    try {
      new Request(request.url, init(request, undefined));
      return false;
    } catch {
      return true;
    }
  }

  function seen(response, body) {
    const headers = [];
    forEach(headersOf(response), (value, name) => {
      headers[headers.length] = [name, value];
    });
    return {
      type: type(response),
      status: status(response),
      status_text: statusText(response),
      url: url(response),
      redirected: redirected(response),
      headers,
      body,
    };
  }

  start.init = init;
  start.seen = seen;
  start.isThrown = isThrown;
  return start;
})();

requests.add("fetch", viaFetch);
