// What the other scripts use of their environment, taken when the document loads, so that nothing that
// runs in it later (a script under test, say) changes what is asked or what is seen.
"use strict";

const primordials = (() => {
  const { call } = Function.prototype;
  const { getOwnPropertyDescriptor } = Object;

  /** `method(prototype, "name")(object, ...args)` is what `object.name(...args)` is now. */
  const method = (prototype, name) => call.bind(prototype[name]);
  /** `getter(prototype, "name")(object)` is what `object.name` is now. */
  const getter = (prototype, name) => call.bind(getOwnPropertyDescriptor(prototype, name).get);
  /** `setter(prototype, "name")(object, value)` is what `object.name = value` is now. */
  const setter = (prototype, name) => call.bind(getOwnPropertyDescriptor(prototype, name).set);

  return { __proto__: null, method, getter, setter };
})();
