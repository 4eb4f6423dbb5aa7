// Bodies: those that a request is given, and the text that a response turns out to hold.
"use strict";

const bodies = (() => {
  const { Blob, FormData, ReadableStream, Request, TextDecoder, TextEncoder, Uint8Array, URLSearchParams } =
    globalThis;
  const encode = primordials.method(TextEncoder.prototype, "encode").bind(null, new TextEncoder());
  const decode = primordials.method(TextDecoder.prototype, "decode");
  const append = primordials.method(FormData.prototype, "append");
  const hasHeader = primordials.method(Headers.prototype, "has");
  const headersOf = primordials.getter(Request.prototype, "headers");

  /** How much of a body is brought back, in bytes. */
  const LIMIT = 64 * 1024;

  /** A step's body as the JavaScript object that its kind names. */
  function make(body) {
    switch (body.kind) {
      case "text":
        return body.text;
      case "blob":
        return new Blob([body.text], { __proto__: null, type: body.type });
      case "url-search-params":
        return new URLSearchParams(body.text);
      case "form-data":
        return formData(body.members);
      case "bytes":
        return encode(body.text);
      case "stream":
        return stream(encode(body.text));
      default:
        throw new Error(`a body of the unknown kind '${body.kind}'`);
    }
  }

  function formData(members) {
    const data = new FormData();
    for (let i = 0; i < members.length; i++) append(data, members[i][0], members[i][1]);
    return data;
  }

  function stream(bytes) {
    return new ReadableStream({
      start(controller) {
        if (bytes.length > 0) controller.enqueue(bytes);
        controller.close();
      },
    });
  }

  /**
   * Whether a request can have a stream for its body. An engine that cannot makes the stream a string,
   * which gives the request a Content-Type, and never asks for `duplex`.
   */
  const canStream = (() => {
    let asked = false;
    try {
      const request = new Request("https://stream.invalid/", {
        method: "POST",
        body: new ReadableStream(),
        get duplex() {
          asked = true;
          return "half";
        },
      });
      return asked && !hasHeader(headersOf(request), "content-type");
    } catch {
      return false;
    }
  })();

  /** The text of a response's bytes, as UTF-8; of its first 64 KiB where it is longer. */
  function text(buffer) {
    if (buffer === null || buffer.byteLength === 0) return "";
    if (buffer.byteLength <= LIMIT) return decode(new TextDecoder(), buffer);
    // As a stream, so that a character cut in two is left out instead of replaced.
    return decode(new TextDecoder(), new Uint8Array(buffer, 0, LIMIT), { __proto__: null, stream: true });
  }

  return { __proto__: null, make, canStream, text };
})();
