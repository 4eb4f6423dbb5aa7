// A request by a form that is submitted into an iframe, and what the page gets of the document there.
"use strict";

(() => {
  const { Promise, URL } = globalThis;
  const { getter, method } = primordials;
  const submit = method(HTMLFormElement.prototype, "submit");
  const documentOf = getter(HTMLIFrameElement.prototype, "contentDocument");
  const textOf = getter(Node.prototype, "textContent");

  let last = 0;

  function start(request) {
    const place = dom.create("div");
    return { result: ask(place, request), abort: () => dom.remove(place) };
  }

  async function ask(place, request) {
    const frame = dom.create("iframe");
    const name = `form-${++last}`;
    dom.set(frame, "name", name);
    dom.append(place, frame, form(request, name));
    const started = results.now();
    const arrived = new Promise((resolve) => {
      dom.listen(frame, "load", () => {
        const inside = documentOf(frame);
        // An iframe begins with a document of its own, which may tell that it loaded, too.
        if (inside === null || inside.URL !== "about:blank") resolve(inside);
      });
    });
    dom.insert(place);
    submit(place.lastChild);
    const inside = await arrived;
    const read = inside === null ? results.withheld("document-origin") : results.readable(textOf(inside.body));
    dom.remove(place);
    return results.embedded(true, read, started);
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
