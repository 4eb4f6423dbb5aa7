// A document that sets its document.domain, where its URL says so, to its host without the first label.
"use strict";

(() => {
  const { URL, document, location } = globalThis;
  const { hostname, searchParams } = new URL(location);
  if (searchParams.has("document-domain")) document.domain = hostname.slice(hostname.indexOf(".") + 1);
})();
