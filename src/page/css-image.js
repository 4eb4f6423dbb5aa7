// A request for an image by a style sheet, and what a script can measure of it. Such an image has no events: that its
// load has ended is seen in the room it takes, or in the resource timing; of one that CORS blocks WebKit tells nothing.
"use strict";

(() => {
  const { PerformanceObserver, URL } = globalThis;
  const { method } = primordials;
  const { stringify } = JSON;
  const { round } = Math;
  const entriesOf = method(PerformanceObserverEntryList.prototype, "getEntries");
  const boxOf = method(Element.prototype, "getBoundingClientRect");

  // An engine whose buffer is full tells of nothing more.
  method(Performance.prototype, "setResourceTimingBufferSize")(performance, 1_000_000);

  /** The room that text has beside a float whose shape is none. */
  const MARGIN_BOX = 150;

  let last = 0;

  function start(request) {
    const place = dom.create("div");
    const started = results.now();
    const ended = endOf(request.url);
    const measure = show[request.css_property](place, `url(${stringify(request.url)})`);
    dom.insert(place);
    const watched = silence.watch(request.url, () => measure(ended.entry));
    const leave = () => {
      ended.cancel();
      dom.remove(place);
    };
    const result = watched.found.then((seen) => {
      leave();
      return results.embedded(seen !== null, seen ?? results.withheld(null), started);
    });
    return {
      result,
      abort() {
        watched.stop();
        leave();
      },
    };
  }

  const show = {
    __proto__: null,
    "background-image": (place, url) => {
      paint(place, `background-image: ${url}`);
      // Whatever came of it.
      return (entry) => (entry === undefined ? null : results.opaque());
    },
    "mask-image": (place, url) => {
      paint(place, `mask-image: ${url}`);
      // A response that CORS grants has a status in its timing.
      return (entry) => (entry === undefined || entry.responseStatus === 0 ? null : results.opaque());
    },
    "shape-outside": (place, url) => {
      const float = dom.create("div");
      const text = dom.create("span");
      // No float of another case reaches into it.
      dom.set(place, "style", "display: flow-root; width: 500px");
      dom.set(float, "style", `float: left; width: 100px; height: 100px; margin-right: 50px; shape-outside: ${url}`);
      dom.append(text, "text");
      dom.append(place, float, text);
      const room = () => boxOf(text).left - boxOf(place).left;
      return () => (room() < MARGIN_BOX ? results.readable("opaque") : null);
    },
    content: (place, url) => {
      const style = dom.create("style");
      const name = `corsproof-content-${++last}`;
      dom.append(style, `.${name}::before { content: ${url} }`);
      const box = dom.create("div");
      dom.set(box, "class", name);
      dom.set(box, "style", "display: inline-block; font-size: 0; line-height: 0");
      dom.append(place, style, box);
      return () => {
        const { width, height } = boxOf(box);
        return width > 0 ? results.readable(`${round(width)}x${round(height)}`) : null;
      };
    },
  };

  const paint = (place, declaration) => dom.set(place, "style", `width: 50px; height: 50px; ${declaration}`);

  /** Looks out for the entry in the resource timing that says how the load of `asked` ended. */
  function endOf(asked) {
    const name = new URL(asked).href;
    const end = { __proto__: null, entry: undefined, cancel: () => observer.disconnect() };
    const observer = new PerformanceObserver((list) => {
      for (const entry of entriesOf(list)) if (entry.name === name) end.entry = entry;
    });
    observer.observe({ __proto__: null, type: "resource" });
    return end;
  }

  requests.add("css-image", start);
})();
