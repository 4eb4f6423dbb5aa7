// Requests by SVG's image and use elements, and what a script gets of them.
"use strict";

(() => {
  const { document } = globalThis;
  const { method } = primordials;
  const createNS = method(Document.prototype, "createElementNS").bind(null, document);
  const boxOf = method(SVGGraphicsElement.prototype, "getBBox");

  const SVG = "http://www.w3.org/2000/svg";

  /** An element of that name in an svg element of its own. */
  function make(name, request) {
    const svg = createNS(SVG, "svg");
    const element = createNS(SVG, name);
    if (request.crossorigin !== null) dom.set(element, "crossorigin", request.crossorigin);
    dom.append(svg, element);
    return { svg, element };
  }

  function startImage(request) {
    const { svg, element } = make("image", request);
    return { result: askImage(svg, element, request), abort: () => dom.remove(svg) };
  }

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

  /** Where a use element stays empty engines tell nothing. */
  function startUse(request) {
    const { svg, element } = make("use", request);
    const started = results.now();
    dom.set(element, "href", request.url);
    dom.insert(svg);
    const watched = silence.watch(request.url, () => {
      const { width, height } = boxOf(element);
      return width > 0 ? results.readable(`${width}x${height}`) : null;
    });
    const result = watched.found.then((seen) => {
      dom.remove(svg);
      return results.embedded(seen !== null, seen ?? results.withheld(null), started);
    });
    return {
      result,
      abort() {
        watched.stop();
        dom.remove(svg);
      },
    };
  }

  requests.add("svg-image", startImage);
  requests.add("svg-use", startUse);
})();
