// An operation on the storage of the document or worker that this runs in.
"use strict";

const viaStorage = (() => {
  const { BroadcastChannel, Promise, Response, SharedWorker, String } = globalThis;
  const { random } = Math;
  const startsWith = primordials.method(String.prototype, "startsWith");
  const listen = primordials.method(EventTarget.prototype, "addEventListener");

  /** Where a cache keeps its one answer. */
  const URL_IN_CACHE = "https://value.invalid/";

  /** The script of the shared worker that keeps a value. */
  const KEEPER = `${globalThis.origin}/.corsproof/keeper.js`;

  /** What a message that shows how far a channel has come begins with. */
  const FENCE = "corsproof: fence ";

  /** Channels on which somebody asked, and what came, by their keys. */
  const asking = { __proto__: null };

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
      // These two and `get` make one reading; see channels.js.
      ask,
      fence,
      get: answered,
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

  /** Listens on a channel for whoever has a value, and asks. */
  function ask(key) {
    const channel = new BroadcastChannel(key);
    const asked = { __proto__: null, channel, value: null };
    channel.onmessage = ({ data }) => {
      if (data !== null && !startsWith(data, FENCE)) asked.value = data;
    };
    asking[key] = asked;
    return fence(key);
  }

  /**
   * Promises that what was said on a channel before has come to those who listen or answer here. Whoever asks does so
   * again, on the same way: in Chromium the first message of a new channel in a worker can come late, or not at all.
   */
  function fence(key) {
    const ear = asking[key]?.channel ?? kept[key];
    if (ear === undefined) return undefined;
    const mouth = new BroadcastChannel(key);
    const mark = `${FENCE}${random()}`;
    const heard = new Promise((resolve) => {
      listen(ear, "message", ({ data }) => {
        if (data !== mark) return;
        mouth.close();
        resolve();
      });
    });
    if (key in asking) mouth.postMessage(null);
    mouth.postMessage(mark);
    return heard;
  }

  /** What somebody has answered by now; nobody is listened to after this. */
  function answered(key) {
    const { channel, value } = asking[key];
    delete asking[key];
    channel.close();
    return value;
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
    return { result: perform(request.access), abort: () => {} };
  }

  async function perform({ area, operation, key, value }) {
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
