// A shared worker that keeps one value for those who connect to it.
"use strict";

(() => {
  let value = null;

  const operations = {
    __proto__: null,
    get: () => value,
    set: (message) => {
      value = message.value;
    },
    delete: () => {
      value = null;
    },
  };

  globalThis.onconnect = ({ ports: [port] }) => {
    port.onmessage = ({ data }) => port.postMessage(operations[data.operation](data));
  };
})();
