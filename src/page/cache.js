// A request by a Cache, or for one, and what it gives back.
"use strict";

(() => {
  const { fetch, Cache, CacheStorage, Request } = globalThis;
  const { method } = primordials;
  const arrayBuffer = method(Response.prototype, "arrayBuffer");

  // An insecure context has no caches: what is made of them there is never called.
  const of = (owner, name) => (owner === undefined ? undefined : method(owner.prototype, name));
  const open = of(CacheStorage, "open");
  const remove = of(CacheStorage, "delete");
  const match = of(Cache, "match");
  const addOne = of(Cache, "add");
  const addAll = of(Cache, "addAll");
  const put = of(Cache, "put");

  const startAs = (store) => (request) => ({ result: ask(request, store), abort: () => {} });

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

  requests.add("cache-add", startAs((cache, asked) => addOne(cache, asked)));
  requests.add("cache-add-all", startAs((cache, asked) => addAll(cache, [asked])));
  requests.add("cache-put", startAs(async (cache, asked) => put(cache, asked, await fetch(asked))));
})();
