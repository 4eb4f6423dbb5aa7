// A request by a Cache, or for one, and what it gives back.
"use strict";

(() => {
  const { fetch, Cache, CacheStorage, Request } = globalThis;
  const { method } = primordials;
  const arrayBuffer = method(Response.prototype, "arrayBuffer");

  function add(via, store) {
    requests.add(via, (request) => ({ result: ask(request, store), abort: () => {} }));
  }

  /** The URL has the case's token in it, so the cache of that name is the case's own. */
  async function ask(request, store) {
    if (CacheStorage === undefined) return results.unsupported("caches");
    const started = results.now();
    let caches, response, body;
    try {
      // Throws where the origin is opaque.
      ({ caches } = globalThis);
      const cache = await open(caches, request.url);
      const asked = new Request(request.url, viaFetch.init(request, undefined));
      await store(cache, asked);
      response = await match(cache, asked);
      body = await arrayBuffer(response);
    } catch (error) {
      const isThrown = request.method !== null && request.method !== "GET";
      return results.rejected(error.name, error.message, isThrown || viaFetch.isThrown(request), started, []);
    } finally {
      if (caches !== undefined) await remove(caches, request.url);
    }
    return results.resolved(viaFetch.seen(response, bodies.text(body)), started);
  }

  if (CacheStorage === undefined) {
    for (const via of ["cache-add", "cache-add-all", "cache-put"]) add(via);
    return;
  }
  const open = method(CacheStorage.prototype, "open");
  const remove = method(CacheStorage.prototype, "delete");
  const match = method(Cache.prototype, "match");
  const addOne = method(Cache.prototype, "add");
  const addAll = method(Cache.prototype, "addAll");
  const put = method(Cache.prototype, "put");

  add("cache-add", (cache, asked) => addOne(cache, asked));
  add("cache-add-all", (cache, asked) => addAll(cache, [asked]));
  add("cache-put", async (cache, asked) => put(cache, asked, await fetch(asked)));
})();
