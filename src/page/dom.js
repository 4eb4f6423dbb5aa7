// Elements: how those that ask for something are made, and what becomes of them.
"use strict";

const dom = (() => {
  const { document, Promise } = globalThis;
  const { method, getter } = primordials;
  const listen = method(EventTarget.prototype, "addEventListener");
  const create = method(Document.prototype, "createElement").bind(null, document);
  const set = method(Element.prototype, "setAttribute");
  const append = method(Element.prototype, "append");
  const remove = method(Element.prototype, "remove");
  const bodyOf = getter(Document.prototype, "body");

  /** An element with the attributes that a step names; its URL comes last, once it is listened to. */
  function make(name, request) {
    const element = create(name);
    if (request.crossorigin !== null) set(element, "crossorigin", request.crossorigin);
    if (request.integrity !== null) set(element, "integrity", request.integrity);
    if (request.referrer_policy !== null) set(element, "referrerpolicy", request.referrer_policy);
    return element;
  }

  /** Promises whether `element` loads: which of its two events comes. */
  function loads(element, event = "load") {
    return new Promise((resolve) => {
      listen(element, event, () => resolve(true), { __proto__: null, once: true });
      listen(element, "error", () => resolve(false), { __proto__: null, once: true });
    });
  }

  const insert = (element) => append(bodyOf(document), element);

  return { __proto__: null, append, create, insert, listen, loads, make, remove, set };
})();
