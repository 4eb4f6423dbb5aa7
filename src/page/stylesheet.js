// A request by a style sheet link, and what a script gets of its rules. Each has a shadow tree of its own, so
// that none styles another's.
"use strict";

(() => {
  const { document, getComputedStyle } = globalThis;
  const { getter, method } = primordials;
  const attachShadow = method(Element.prototype, "attachShadow");
  const appendToTree = method(DocumentFragment.prototype, "append");
  const sheetOf = getter(HTMLLinkElement.prototype, "sheet");
  const rulesOf = getter(CSSStyleSheet.prototype, "cssRules");
  const valueOf = method(CSSStyleDeclaration.prototype, "getPropertyValue");
  const trim = method(String.prototype, "trim");

  const PROPERTY = "--secret";

  function start(request) {
    const host = dom.create("div");
    return { result: ask(host, request), abort: () => dom.remove(host) };
  }

  async function ask(host, request) {
    const link = dom.make("link", request);
    const probe = dom.create("p");
    dom.set(link, "rel", "stylesheet");
    appendToTree(attachShadow(host, { __proto__: null, mode: "closed" }), link, probe);
    const started = results.now();
    const loaded = dom.loads(link);
    dom.set(link, "href", request.url);
    dom.insert(host);
    const came = await loaded;
    const applies = came && valueOf(getComputedStyle(probe), PROPERTY) !== "";
    const read = applies ? rules(link) : results.withheld(null);
    dom.remove(host);
    return results.embedded(applies, read, started);
  }

  function rules(link) {
    try {
      return results.readable(trim(valueOf(rulesOf(sheetOf(link))[0].style, PROPERTY)));
    } catch (error) {
      return results.withheld(error.name === "SecurityError" ? "stylesheet-origin" : null, error);
    }
  }

  requests.add("stylesheet", start);
})();
