// A request by @import in a style sheet of the page's own, and what a script gets of the imported rules.
"use strict";

(() => {
  const { getter } = primordials;
  const { stringify } = JSON;
  const sheetOf = getter(HTMLStyleElement.prototype, "sheet");
  const rulesOf = getter(CSSStyleSheet.prototype, "cssRules");
  const importedOf = getter(CSSImportRule.prototype, "styleSheet");

  function start(request) {
    const host = dom.create("div");
    return { result: ask(host, request), abort: () => dom.remove(host) };
  }

  async function ask(host, request) {
    const style = dom.create("style");
    dom.append(style, `@import url(${stringify(request.url)});`);
    const started = results.now();
    const loaded = dom.loads(style);
    const applied = sheets.insert(host, style);
    const came = (await loaded) && applied();
    const read = came ? sheets.read(() => importedOf(rulesOf(sheetOf(style))[0])) : results.withheld(null);
    dom.remove(host);
    return results.embedded(came, read, started);
  }

  requests.add("css-import", start);
})();
