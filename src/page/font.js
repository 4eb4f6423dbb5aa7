// Requests for fonts, by a FontFace object or a rule, and how wide their characters turn out to be.
"use strict";

(() => {
  const { document, FontFace } = globalThis;
  const { getter, method } = primordials;
  const { stringify } = JSON;
  const { round } = Math;
  const fontsOf = getter(Document.prototype, "fonts");
  const load = method(FontFace.prototype, "load");
  const contextOf = method(HTMLCanvasElement.prototype, "getContext");
  const measure = method(CanvasRenderingContext2D.prototype, "measureText");

  const SIZE = 100;

  let last = 0;

  const startAs = (fetchFont) => (request) => ({ result: ask(fetchFont, request), abort: () => {} });

  async function ask(fetchFont, request) {
    const family = `corsproof-${++last}`;
    const started = results.now();
    try {
      await fetchFont(family, `url(${stringify(request.url)})`);
    } catch (error) {
      return results.embedded(false, results.withheld(null, error), started);
    }
    return results.embedded(true, results.readable(`${width(family)}em`), started);
  }

  async function byObject(family, source) {
    const face = new FontFace(family, source);
    await load(face);
    fontsOf(document).add(face);
  }

  async function byRule(family, source) {
    const style = dom.create("style");
    dom.append(style, `@font-face { font-family: ${family}; src: ${source} }`);
    dom.insert(style);
    await fontsOf(document).load(`${SIZE}px ${family}`, "A");
  }

  function width(family) {
    const context = contextOf(dom.create("canvas"), "2d");
    context.font = `${SIZE}px ${family}`;
    return round(measure(context, "A").width) / SIZE;
  }

  requests.add("font", startAs(byObject));
  requests.add("font-face", startAs(byRule));
})();
