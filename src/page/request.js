// A step's request, by the API that it names. Runs unchanged in a window, a dedicated worker and every kind
// of iframe. Knows no time: whoever asks decides when to give up.
"use strict";

const requests = {
  __proto__: null,

  /** Launches a request: `{result, abort}`, where `result` promises what came of it. */
  start(request) {
    switch (request.via) {
      case "fetch":
        return viaFetch(request);
      case "xhr":
        return viaXhr(request);
      case "window":
        return viaWindow(request);
      case "message":
        return viaMessage(request);
      case "storage":
        return viaStorage(request);
      default:
        throw new Error(`a request via the unknown '${request.via}'`);
    }
  },
};
