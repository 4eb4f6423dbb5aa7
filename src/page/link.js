// Requests by links that fetch ahead, of which a script is told that they loaded and nothing else.
"use strict";

(() => {
  const startAs = (rel) => (request) => {
    const link = dom.make("link", request);
    return { result: ask(link, rel, request), abort: () => dom.remove(link) };
  };

  async function ask(link, rel, request) {
    dom.set(link, "rel", rel);
    if (request.as !== null) dom.set(link, "as", request.as);
    const started = results.now();
    const loaded = dom.loads(link);
    dom.set(link, "href", request.url);
    // It stays: what it brought is for the steps that follow.
    dom.insert(link);
    const came = await loaded;
    return results.embedded(came, came ? results.opaque() : results.withheld(null), started);
  }

  requests.add("preload", startAs("preload"));
  requests.add("modulepreload", startAs("modulepreload"));
  requests.add("prefetch", startAs("prefetch"));
})();
