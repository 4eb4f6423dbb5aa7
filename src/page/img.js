// A request by an image, and what a script gets of its pixels.
"use strict";

(() => {
  const { createImageBitmap, document, Promise, HTMLCanvasElement, OffscreenCanvas } = globalThis;
  const { method, setter } = primordials;
  const contextOf = method(HTMLCanvasElement.prototype, "getContext");
  const toDataURL = method(HTMLCanvasElement.prototype, "toDataURL");
  const toBlob = method(HTMLCanvasElement.prototype, "toBlob");
  const drawImage = method(CanvasRenderingContext2D.prototype, "drawImage");
  const createPattern = method(CanvasRenderingContext2D.prototype, "createPattern");
  const setFillStyle = setter(CanvasRenderingContext2D.prototype, "fillStyle");
  const fillRect = method(CanvasRenderingContext2D.prototype, "fillRect");
  const getImageData = method(CanvasRenderingContext2D.prototype, "getImageData");
  const hex = method(Number.prototype, "toString");
  const pad = method(String.prototype, "padStart");

  function start(request) {
    const image = dom.make("img", request);
    return { result: ask(image, request), abort: () => dom.set(image, "src", "") };
  }

  async function ask(image, request) {
    const started = results.now();
    const loaded = dom.loads(image);
    dom.set(image, "src", request.url);
    if (!(await loaded)) return results.embedded(false, results.withheld(null), started);
    return results.embedded(true, await attempt(image, request.reading), started);
  }

  async function attempt(image, reading) {
    try {
      return results.readable(await read[reading](image));
    } catch (error) {
      return results.withheld(error.name === "SecurityError" ? "tainted-canvas" : null, error);
    }
  }

  const read = {
    __proto__: null,
    "get-image-data": (image) => firstPixel(drawn(image)),
    "to-data-url": (image) => {
      const context = drawn(image);
      toDataURL(context.canvas);
      return firstPixel(context);
    },
    "to-blob": async (image) => {
      const context = drawn(image);
      await new Promise((resolve) => toBlob(context.canvas, resolve));
      return firstPixel(context);
    },
    pattern: (image) => {
      const context = empty();
      setFillStyle(context, createPattern(context, image, "repeat"));
      fillRect(context, 0, 0, 1, 1);
      return firstPixel(context);
    },
    "second-canvas": (image) => firstPixel(drawn(drawn(image).canvas)),
    "image-bitmap": async (image) => firstPixel(drawn(await createImageBitmap(image))),
    "offscreen-canvas": (image) => {
      const context = new OffscreenCanvas(1, 1).getContext("2d");
      context.drawImage(image, 0, 0);
      return colour(context.getImageData(0, 0, 1, 1));
    },
  };

  function empty() {
    return contextOf(dom.create("canvas"), "2d");
  }

  function drawn(source) {
    const context = empty();
    drawImage(context, source, 0, 0);
    return context;
  }

  const firstPixel = (context) => colour(getImageData(context, 0, 0, 1, 1));

  function colour({ data }) {
    let text = "#";
    for (let i = 0; i < 3; i++) text += pad(hex(data[i], 16), 2, "0");
    return text;
  }

  requests.add("img", start);
})();
