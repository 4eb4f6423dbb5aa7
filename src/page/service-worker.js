// A service worker: answers what the page of its case asks as the case says, in its URL.
"use strict";

(() => {
  const { Headers, JSON, Request, Response } = globalThis;
  const search = new URLSearchParams(location.search).get("corsproof");
  const { respond, request } = JSON.parse(search.slice(search.indexOf(".") + 1));

  /** The members of a step's request, and what `RequestInit` calls them. */
  const OPTIONS = [
    ["method", "method"],
    ["mode", "mode"],
    ["credentials", "credentials"],
    ["redirect", "redirect"],
    ["cache", "cache"],
    ["referrer_policy", "referrerPolicy"],
  ];

  let first = null;

  /** What each word of a case gives; undefined leaves the request to the network. */
  const answers = {
    __proto__: null,
    network: () => undefined,
    request: (asked) => fetch(asked),
    copy: (asked) => fetch(new Request(asked)),
    "copy-with-init": (asked) => fetch(new Request(asked, { cache: "default" })),
    "copy-with-header": (asked) => {
      const copy = new Request(asked);
      copy.headers.append("Accept-Language", "de");
      return fetch(copy);
    },
    fetch: () => fetch(request.url, init()),
    first: async (asked) => {
      first ??= fetch(asked);
      return (await first).clone();
    },
    made: () => new Response("made", { headers: { "X-Made": "yes" } }),
    error: () => Response.error(),
    "grant-options": (asked) => (asked.method === "OPTIONS" ? granted(asked) : undefined),
  };

  function init() {
    const options = { __proto__: null };
    for (const [ours, theirs] of OPTIONS) if (request[ours] !== null) options[theirs] = request[ours];
    if (request.headers.length > 0) options.headers = request.headers;
    return options;
  }

  function granted(asked) {
    const headers = new Headers({
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Methods": "PUT",
      "Access-Control-Allow-Headers": asked.headers.get("Access-Control-Request-Headers") ?? "X-None",
    });
    return new Response(null, { status: 204, headers });
  }

  addEventListener("fetch", (event) => {
    // The harness's own documents are none of the case's business.
    if (new URL(event.request.url).pathname.startsWith("/.corsproof/")) return;
    const answer = answers[respond](event.request);
    if (answer !== undefined) event.respondWith(answer);
  });
})();
