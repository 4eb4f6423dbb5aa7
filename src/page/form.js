// A request by a form that is submitted into an iframe, and what the page gets of the document there.
"use strict";

(() => {
  const { URL } = globalThis;
  const { getter, method } = primordials;
  const submit = method(HTMLFormElement.prototype, "submit");
  const documentOf = getter(HTMLIFrameElement.prototype, "contentDocument");

  let last = 0;

  function start(request) {
    const place = dom.create("div");
    return { result: ask(place, request), abort: () => dom.remove(place) };
  }

  async function ask(place, request) {
    dom.insert(place);
    const home = request.referrer_policy === null ? place : await withPolicy(place, request.referrer_policy);
    const frame = dom.create("iframe");
    const name = `form-${++last}`;
    dom.set(frame, "name", name);
    // A document of its own first: whether an iframe without one tells that it loaded is every engine's own affair.
    dom.set(frame, "src", "data:text/html,");
    const begun = frames.loaded(frame);
    dom.append(home, frame, form(request, name));
    await begun;
    const started = results.now();
    const arrived = frames.loaded(frame);
    submit(home.lastChild);
    await arrived;
    const read = frames.read(frame);
    dom.remove(place);
    return results.embedded(true, read, started);
  }

  /** Promises the body of a document like this one, but for its referrer policy. */
  async function withPolicy(place, policy) {
    const frame = dom.create("iframe");
    dom.set(frame, "srcdoc", `<!doctype html><meta name="referrer" content="${policy}"><body></body>`);
    const loaded = frames.loaded(frame);
    dom.append(place, frame);
    await loaded;
    return documentOf(frame).body;
  }

  function form(request, target) {
    const form = dom.create("form");
    const attributes = { action: request.url, target, method: request.method ?? "GET", enctype: request.enctype };
    for (const name in attributes) dom.set(form, name, attributes[name]);
    // A GET puts its fields in the place of the query, which holds what tells this case from others.
    if (attributes.method === "GET") {
      for (const [name, value] of new URL(request.url).searchParams) dom.append(form, field(name, value));
    }
    const members = request.body === null ? [] : request.body.members;
    for (let i = 0; i < members.length; i++) dom.append(form, field(members[i][0], members[i][1]));
    return form;
  }

  function field(name, value) {
    const input = dom.create("input");
    dom.set(input, "type", "hidden");
    dom.set(input, "name", name);
    dom.set(input, "value", value);
    return input;
  }

  requests.add("form", start);
})();
