// An operation on the storage of the document or worker that this runs in.
"use strict";

const viaStorage = (() => {
  const { BroadcastChannel, Promise, Response, SharedWorker, String, setTimeout } = globalThis;

  /** Where a cache keeps its one answer. */
  const URL_IN_CACHE = "https://value.invalid/";

  /** The script of the shared worker that keeps a value. */
  const KEEPER = `${globalThis.origin}/.corsproof/keeper.js`;

  /** How long to listen on a channel for somebody who has a value, in milliseconds. */
  const PATIENCE = 400;

  /** Channels that answer, and connections to workers, by their keys: gone, they would keep nothing. */
  const kept = { __proto__: null };

  const AREAS = {
    __proto__: null,
    "local-storage": web(() => globalThis.localStorage),
    "session-storage": web(() => globalThis.sessionStorage),
    "indexed-db": {
      get: (key) => inDatabase(key, "readonly", (values) => values.get("value")),
      set: (key, value) => inDatabase(key, "readwrite", (values) => values.put(value, "value")),
      delete: (key) => settled(globalThis.indexedDB.deleteDatabase(key)),
    },
    "cache-storage": {
      async get(key) {
        const answer = await (await globalThis.caches.open(key)).match(URL_IN_CACHE);
        return answer === undefined ? null : answer.text();
      },
      async set(key, value) {
        await (await globalThis.caches.open(key)).put(URL_IN_CACHE, new Response(value));
      },
      async delete(key) {
        await globalThis.caches.delete(key);
      },
    },
    "shared-worker": {
      get: (key) => atKeeper(key, { operation: "get" }),
      set: (key, value) => atKeeper(key, { operation: "set", value }),
      delete: (key) => atKeeper(key, { operation: "delete" }),
    },
    "broadcast-channel": {
      get: heard,
      set(key, value) {
        kept[key]?.close();
        const channel = new BroadcastChannel(key);
        channel.onmessage = ({ data }) => data === null && channel.postMessage(value);
        kept[key] = channel;
      },
      delete: (key) => kept[key]?.close(),
    },
    cookie: { get: cookie, set: setCookie, delete: (name) => setCookie(name, "; Max-Age=0") },
  };

  /** The value of a cookie that the document sees. */
  function cookie(name) {
    const pairs = globalThis.document.cookie.split("; ");
    const pair = pairs.find((pair) => pair.startsWith(`${name}=`));
    return pair === undefined ? null : pair.slice(name.length + 1);
  }

  function setCookie(name, value) {
    globalThis.document.cookie = `${name}=${value}`;
  }

  function web(area) {
    return {
      get: (key) => area().getItem(key),
      set: (key, value) => area().setItem(key, value),
      delete: (key) => area().removeItem(key),
    };
  }

  function atKeeper(key, message) {
    const { port } = (kept[key] ??= new SharedWorker(KEEPER, key));
    return new Promise((resolve) => {
      port.onmessage = ({ data }) => resolve(data);
      port.postMessage(message);
    });
  }

  /** Asks on a channel; whoever has a value answers, and nobody says that there is none. */
  function heard(key) {
    const channel = new BroadcastChannel(key);
    return new Promise((resolve) => {
      const end = (value) => {
        channel.close();
        resolve(value);
      };
      channel.onmessage = ({ data }) => data !== null && end(data);
      channel.postMessage(null);
      setTimeout(end, PATIENCE, null);
    });
  }

  async function inDatabase(name, mode, act) {
    const opening = globalThis.indexedDB.open(name);
    opening.onupgradeneeded = () => opening.result.createObjectStore("values");
    const database = await settled(opening);
    const value = await settled(act(database.transaction("values", mode).objectStore("values")));
    database.close();
    return mode === "readonly" ? value ?? null : undefined;
  }

  /** A deletion that is blocked waits for connections to close, and they do. */
  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  /** Asks. `result` is never rejected but by a failure of this script. */
  function start(request) {
    return { result: ask(request.access), abort: () => {} };
  }

  async function ask({ area, operation, key, value }) {
    const started = results.now();
    try {
      return results.told(String(await AREAS[area][operation](key, value)), started);
    } catch (error) {
      return results.denied("opaque-storage", error, started);
    }
  }

  return start;
})();

requests.add("storage", viaStorage);
