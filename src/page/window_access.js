// An operation on another window's Window or Location, by the function of Reflect that is its internal method.
"use strict";

const viaWindow = (() => {
  const { Reflect, String, Symbol, URL, location } = globalThis;
  const { apply, defineProperty, deleteProperty, get, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
  const { has, isExtensible, ownKeys, preventExtensions, set, setPrototypeOf } = Reflect;
  const { method } = primordials;
  const startsWith = method(String.prototype, "startsWith");
  const slice = method(String.prototype, "slice");
  const map = method(Array.prototype, "map");
  const sort = method(Array.prototype, "sort");
  const join = method(Array.prototype, "join");
  const includes = method(Array.prototype, "includes");

  const SYMBOLS = ["toStringTag", "hasInstance", "isConcatSpreadable"];

  /** What a function is called with; others are called with nothing. */
  const ARGUMENTS = {
    __proto__: null,
    postMessage: () => ["x", "*"],
    replace: (there) => [there],
    assign: (there) => [there],
    scrollTo: () => [0, 0],
  };

  /** What each operation tells, in words. `there` is a URL in the same document: going there does no harm. */
  const OPERATIONS = {
    __proto__: null,
    get: (object, key) => kind(get(object, key)),
    value: (object, key) => plain(get(object, key)),
    set: (object, key, there) => String(set(object, key, there)),
    call(object, key, there) {
      apply(get(object, key), object, ARGUMENTS[key]?.(there) ?? []);
      return "called";
    },
    has: (object, key) => String(has(object, key)),
    delete: (object, key) => String(deleteProperty(object, key)),
    define: (object, key) => String(defineProperty(object, key, { value: 1, configurable: true })),
    describe: (object, key) => shape(getOwnPropertyDescriptor(object, key)),
    enumerate: (object, key) => String(includes(ownKeys(object), key)),
    keys: (object) => names(ownKeys(object)),
    "get-prototype": (object) => kind(getPrototypeOf(object)),
    "set-prototype": (object) => String(setPrototypeOf(object, {})),
    "set-prototype-null": (object) => String(setPrototypeOf(object, null)),
    "is-extensible": (object) => String(isExtensible(object)),
    "prevent-extensions": (object) => String(preventExtensions(object)),
    borrow: (object, key, _, own) => kind(apply(getOwnPropertyDescriptor(own, key).get, object, [])),
  };

  /** The operations that leave an object as it is. */
  const READING = ["get", "value", "has", "describe", "enumerate", "keys", "get-prototype", "is-extensible", "borrow"];

  /** Those that an object of another origin refuses, but for what NAVIGATING names. */
  const REFUSED = ["set", "delete", "define", "set-prototype", "set-prototype-null", "prevent-extensions"];

  /** The properties that may be set across origins, to go elsewhere. */
  const NAVIGATING = ["location", "href"];

  const kind = (value) => (value === null ? "null" : typeof value);

  const plain = (value) => (typeof value === "number" || typeof value === "boolean" ? String(value) : kind(value));

  /** A descriptor: what it has, and its attributes that are true. */
  function shape(descriptor) {
    if (descriptor === undefined) return "none";
    const words = [];
    if (descriptor.get !== undefined) words[words.length] = "get";
    if (descriptor.set !== undefined) words[words.length] = "set";
    if (has(descriptor, "value")) words[words.length] = "value";
    if (descriptor.writable) words[words.length] = "writable";
    if (descriptor.enumerable) words[words.length] = "enumerable";
    if (descriptor.configurable) words[words.length] = "configurable";
    return join(words, " ");
  }

  /** Keys, sorted; those of an object of one's own origin are many, and the engine's to choose. */
  function names(keys) {
    if (includes(keys, "document") || includes(keys, "assign")) return "many";
    return join(sort(map(keys, spelled)), " ");
  }

  const spelled = (key) => (typeof key === "symbol" ? `@@${slice(key.description, "Symbol.".length)}` : key);

  /** `@@toStringTag` is the symbol. */
  function keyOf(property) {
    if (!startsWith(property, "@@")) return property;
    const name = slice(property, 2);
    if (!includes(SYMBOLS, name)) throw new Error(`the symbol '${property}' is none that cases use`);
    return Symbol[name];
  }

  /** Asks. `result` is never rejected but by a failure of this script. */
  function start(request) {
    return { result: ask(request), abort: () => {} };
  }

  async function ask(request) {
    const { reached } = request.access;
    if (reached === "its-parent") return perform(globalThis.parent, null, request);
    if (reached === "its-opener") return perform(globalThis.opener, null, request);
    const other = await (staysAsItIs(request) ? otherWindows.share(request) : otherWindows.reach(request));
    const result = await (reached === "frame" || reached === "popup"
      ? perform(other.window, other.element, request)
      : (await otherWindows.connect(other))(request, `its-${reached}`));
    other.close();
    return result;
  }

  /**
   * Whether the other window is afterwards what it was. A document that names its domain, and one without a URL of its
   * own, may be of this origin after all.
   */
  function staysAsItIs({ url, access: { operation, property, document_domain } }) {
    if (includes(READING, operation)) return true;
    const isOther = startsWith(url, "http") && new URL(url).origin !== globalThis.origin && !document_domain;
    return isOther && includes(REFUSED, operation) && !includes(NAVIGATING, property);
  }

  function perform(target, element, request) {
    const { object, operation, property } = request.access;
    const started = results.now();
    const key = keyOf(property);
    try {
      if (object === "iframe-element") return results.told(kind(get(element, key)), started);
      const [reached, own] = object === "window" ? [target, globalThis] : [target.location, location];
      const act = OPERATIONS[operation];
      return results.told(act(reached, key, `${request.url}#set`, own), started);
    } catch (error) {
      return results.denied("cross-origin-object", error, started);
    }
  }

  return start;
})();

requests.add("window", viaWindow);
