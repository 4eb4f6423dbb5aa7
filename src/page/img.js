// A request by an image, of HTML or of SVG, and what a script gets of it.
"use strict";

(() => {
  const { getter } = primordials;
  const widthOf = getter(HTMLImageElement.prototype, "naturalWidth");
  const heightOf = getter(HTMLImageElement.prototype, "naturalHeight");

  function start(request) {
    const image = dom.make("img", request);
    return { result: ask(image, request), abort: () => dom.set(image, "src", "") };
  }

  async function ask(image, request) {
    const started = results.now();
    const loaded = dom.loads(image);
    dom.set(image, "src", request.url);
    if (!(await loaded)) return results.embedded(false, results.withheld(null), started);
    return results.embedded(true, await read(image, request.reading), started);
  }

  const read = (image, reading) =>
    reading === "natural-size"
      ? results.readable(`${widthOf(image)}x${heightOf(image)}`)
      : pixels.attempt(image, reading, 1);

  requests.add("img", start);
})();
