// Reading on a BroadcastChannel: whoever has a value answers, and nobody says that there is none. How long an answer
// takes no clock can say, so a message is waited for that comes after any answer: first the contexts that may have a
// value say that all messages so far have come to them, and then the one that reads says the same.
"use strict";

const channels = (() => {
  /** Messages of several senders are in order only as a rule. */
  const ROUNDS = 3;

  const isRead = ({ access }) =>
    access !== null && access.area === "broadcast-channel" && access.operation === "get";

  /** Reads in `context`, with the face of request.js; `others` are the contexts that the case was in before. */
  function read(context, request, others) {
    const say = (context, operation) =>
      context.start({ ...request, access: { ...request.access, operation } }).result;
    return { result: hear(say, context, others), abort: () => say(context, "get") };
  }

  async function hear(say, context, others) {
    const asked = await say(context, "ask");
    if (asked.outcome !== "resolved") return asked;
    for (let round = 0; round < ROUNDS; round++) {
      for (let i = 0; i < others.length; i++) await say(others[i], "fence");
      await say(context, "fence");
    }
    return say(context, "get");
  }

  return { __proto__: null, isRead, read };
})();
