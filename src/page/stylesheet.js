// A request by a style sheet link, and what a script gets of its rules. Each sheet has a shadow tree of its own, so
// that none styles another's.
"use strict";

const sheets = (() => {
  const { getComputedStyle } = globalThis;
  const { getter, method } = primordials;
  const attachShadow = method(Element.prototype, "attachShadow");
  const appendToTree = method(DocumentFragment.prototype, "append");
  const rulesOf = getter(CSSStyleSheet.prototype, "cssRules");
  const valueOf = method(CSSStyleDeclaration.prototype, "getPropertyValue");
  const trim = method(String.prototype, "trim");

  const PROPERTY = "--secret";

  /** Puts `element`, which brings a sheet, into a tree of its own below `host`: whether its sheet applies. */
  function insert(host, element) {
    const probe = dom.create("p");
    appendToTree(attachShadow(host, { __proto__: null, mode: "closed" }), element, probe);
    dom.insert(host);
    return () => valueOf(getComputedStyle(probe), PROPERTY) !== "";
  }

  /** What a script gets of the rules of `sheet()`. */
  function read(sheet) {
    try {
      return results.readable(trim(valueOf(rulesOf(sheet())[0].style, PROPERTY)));
    } catch (error) {
      return results.withheld(error.name === "SecurityError" ? "stylesheet-origin" : null, error);
    }
  }

  return { __proto__: null, insert, read };
})();

(() => {
  const sheetOf = primordials.getter(HTMLLinkElement.prototype, "sheet");

  function start(request) {
    const host = dom.create("div");
    return { result: ask(host, request), abort: () => dom.remove(host) };
  }

  async function ask(host, request) {
    const link = dom.make("link", request);
    dom.set(link, "rel", "stylesheet");
    const started = results.now();
    const loaded = dom.loads(link);
    dom.set(link, "href", request.url);
    const applied = sheets.insert(host, link);
    const came = (await loaded) && applied();
    const read = came ? sheets.read(() => sheetOf(link)) : results.withheld(null);
    dom.remove(host);
    return results.embedded(came, read, started);
  }

  requests.add("stylesheet", start);
})();
