// Requests by SVG's image and use elements, and what a script gets of them.
"use strict";

(() => {
  const { document } = globalThis;
  const { method } = primordials;
  const createNS = method(Document.prototype, "createElementNS").bind(null, document);
  const boxOf = method(SVGGraphicsElement.prototype, "getBBox");

  const SVG = "http://www.w3.org/2000/svg";

  /**
   * How long a use element may take to show its shape, in milliseconds: where it stays empty engines tell nothing.
   */
  const GRACE = 1_000;

  const startAs = (name, ask) => (request) => {
    const svg = createNS(SVG, "svg");
    const element = createNS(SVG, name);
    if (request.crossorigin !== null) dom.set(element, "crossorigin", request.crossorigin);
    dom.append(svg, element);
    return { result: ask(svg, element, request), abort: () => dom.remove(svg) };
  };

  async function askImage(svg, image, request) {
    const started = results.now();
    const loaded = dom.loads(image);
    dom.set(image, "href", request.url);
    dom.insert(svg);
    const came = await loaded;
    const read = came ? await pixels.attempt(image, request.reading, 1) : results.withheld(null);
    dom.remove(svg);
    return results.embedded(came, read, started);
  }

  async function askUse(svg, use, request) {
    const started = results.now();
    let failed = false;
    dom.listen(use, "error", () => {
      failed = true;
    });
    dom.set(use, "href", request.url);
    dom.insert(svg);
    let box = boxOf(use);
    while (box.width === 0 && !failed && results.now() - started < GRACE) {
      await clock.sleep(20);
      box = boxOf(use);
    }
    dom.remove(svg);
    const came = box.width > 0;
    const read = came ? results.readable(`${box.width}x${box.height}`) : results.withheld(null);
    return results.embedded(came, read, started);
  }

  requests.add("svg-image", startAs("image", askImage));
  requests.add("svg-use", startAs("use", askUse));
})();
