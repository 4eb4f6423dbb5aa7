// Requests by object and embed elements, and what the page gets of the document that they show.
"use strict";

(() => {
  const { getter, method } = primordials;
  const documentOf = getter(HTMLObjectElement.prototype, "contentDocument");
  const svgDocumentOf = method(HTMLEmbedElement.prototype, "getSVGDocument");
  const textOf = getter(Node.prototype, "textContent");
  const trim = method(String.prototype, "trim");

  const startAs = (name, attribute, inside) => (request) => {
    const element = dom.create(name);
    return { result: ask(element, attribute, inside, request), abort: () => dom.remove(element) };
  };

  async function ask(element, attribute, inside, request) {
    dom.set(element, "type", "image/svg+xml");
    const started = results.now();
    const loaded = dom.loads(element);
    dom.set(element, attribute, request.url);
    dom.insert(element);
    const came = await loaded;
    const read = came ? title(inside(element)) : results.withheld(null);
    dom.remove(element);
    return results.embedded(came, read, started);
  }

  const title = (shown) =>
    shown === null ? results.withheld("document-origin") : results.readable(trim(textOf(shown.documentElement)));

  requests.add("object", startAs("object", "data", documentOf));
  requests.add("embed", startAs("embed", "src", svgDocumentOf));
})();
