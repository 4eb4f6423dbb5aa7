// What a script gets of the pixels of an image or of a video's frame, by any canvas.
"use strict";

const pixels = (() => {
  const { createImageBitmap, Promise, HTMLCanvasElement, OffscreenCanvas } = globalThis;
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
  const { round } = Math;

  /**
   * The colour of the first pixel, by the way that `reading` names; each channel is a multiple of `step`: video is
   * no exact thing.
   */
  async function attempt(source, reading, step) {
    try {
      return results.readable(colour(await read[reading](source), step));
    } catch (error) {
      return results.withheld(error.name === "SecurityError" ? "tainted-canvas" : null, error);
    }
  }

  const read = {
    __proto__: null,
    "get-image-data": (source) => firstPixel(drawn(source)),
    "to-data-url": (source) => {
      const context = drawn(source);
      toDataURL(context.canvas);
      return firstPixel(context);
    },
    "to-blob": async (source) => {
      const context = drawn(source);
      await new Promise((resolve) => toBlob(context.canvas, resolve));
      return firstPixel(context);
    },
    pattern: (source) => {
      const context = empty();
      setFillStyle(context, createPattern(context, source, "repeat"));
      fillRect(context, 0, 0, 1, 1);
      return firstPixel(context);
    },
    "second-canvas": (source) => firstPixel(drawn(drawn(source).canvas)),
    "image-bitmap": async (source) => firstPixel(drawn(await createImageBitmap(source))),
    "offscreen-canvas": (source) => {
      const context = new OffscreenCanvas(1, 1).getContext("2d");
      context.drawImage(source, 0, 0);
      return context.getImageData(0, 0, 1, 1);
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

  /** Whether `source` leaves anything on a canvas: what taints it has. */
  function isPainted(source) {
    try {
      return firstPixel(drawn(source)).data[3] > 0;
    } catch (error) {
      if (error.name === "SecurityError") return true;
      throw error;
    }
  }

  const firstPixel = (context) => getImageData(context, 0, 0, 1, 1);

  function colour({ data }, step) {
    let text = "#";
    for (let i = 0; i < 3; i++) text += pad(hex(round(data[i] / step) * step, 16), 2, "0");
    return text;
  }

  return { __proto__: null, attempt, isPainted };
})();
