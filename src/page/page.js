// What the harness calls: `corsproof.start` and `corsproof.drain`.
"use strict";

(() => {
  const { parse, stringify } = JSON;
  const { origin, setTimeout, clearTimeout } = globalThis;

  /**
   * How many results are worth a call, and how long a call waits for so many, in milliseconds. A call costs
   * the driver, the browser and this page more than a request does: one a result would cost a fifth of the speed.
   */
  const ENOUGH = 256;
  const PATIENCE = 250;

  /** The mark of the visit that started jobs here; null on a page that was just opened. */
  let visit = null;
  /** Results that the harness has not acknowledged, and the number of the first of them. */
  let finished = [];
  let first = 0;
  let pending = 0;
  let drainer = null;
  /** When the visit began, by `results.now()`. */
  let began = 0;

  /**
   * Starts the jobs of a JSON text and returns at once, with true. Returns false on the page of an earlier visit,
   * which a navigation is about to replace: engines that put the new page into another process let scripts run in
   * the old one for a while. Throws where this is not a page of the origin that the jobs are meant for: a navigation
   * may have ended elsewhere.
   */
  function start(mark, expectedOrigin, text) {
    if (visit !== null) return visit === mark;
    if (origin !== expectedOrigin) {
      throw new Error(`the jobs are for a page of ${expectedOrigin}, but this page's origin is ${origin}`);
    }
    const jobs = parse(text);
    for (let i = 0; i < jobs.length; i++) lanes.add(jobs[i].lane, () => run(jobs[i]));
    visit = mark;
    began = results.now();
    pending += jobs.length;
    lanes.launch();
    return true;
  }

  async function run(job) {
    const launched = results.now();
    const steps = [];
    const former = [];
    const times = { contexts: 0 };
    for (let i = 0; i < job.steps.length; i++) {
      steps[i] = await follow(steps[i - 1], job.steps[i], job.id, former, times);
    }
    await controlledPages.end(job.id);
    const took_ms = results.now() - launched;
    finished[finished.length] = { id: job.id, steps, began_ms: launched - began, took_ms, contexts_ms: times.contexts };
    pending--;
    if (drainer !== null && isWorthwhile()) deliver();
  }

  /** Asks a step, unless the one before it came to nothing: then it would not be what its case says. */
  async function follow(previous, step, id, former, times) {
    const lost = previous && (previous.outcome === "timed-out" || previous.outcome === "broken");
    return lost ? results.broken("not asked, because the step before gave no result") : ask(step, id, former, times);
  }

  /** `former`: the contexts of the steps before, to which this one is added. `times.contexts`: what they took to come up. */
  async function ask(step, id, former, times) {
    try {
      if (step.wait_ms > 0) await clock.sleep(step.wait_ms);
      const awaited = results.now();
      const context = await contextOf(step, id);
      times.contexts += results.now() - awaited;
      if (context === null) return results.unsupported("service workers");
      const { request } = step;
      const asked = channels.isRead(request) ? channels.read(context, request, former) : context.start(request);
      former[former.length] = context;
      return await clock.within(step.limit_ms, asked.result, () => {
        asked.abort();
        return results.timedOut(step.limit_ms);
      });
    } catch (error) {
      return results.broken(error);
    }
  }

  const contextOf = ({ context, frames, service_worker }, id) =>
    service_worker === null ? contexts.get(context, frames) : controlledPages.get(id, service_worker);

  const isWorthwhile = () => pending === 0 || finished.length >= ENOUGH;

  /**
   * Calls `done` with a JSON text of this page's mark, the results that the harness does not have yet and how many
   * jobs are still to come: as soon as there are many results or no more to wait for, and at the latest after 250 ms.
   * `acknowledged` is how many results the harness has by now; the others are kept and told again. `width` is how
   * many fast jobs may run side by side. A caller that comes while another one waits takes its place: the driver has
   * given that one up.
   */
  function drain(acknowledged, width, done) {
    if (drainer !== null) clearTimeout(drainer.timer);
    forget(acknowledged);
    drainer = { done, timer: setTimeout(deliver, PATIENCE) };
    lanes.widen(width);
    if (drainer !== null && isWorthwhile()) deliver();
  }

  function forget(acknowledged) {
    const kept = [];
    for (let i = acknowledged - first; i < finished.length; i++) kept[kept.length] = finished[i];
    finished = kept;
    first = acknowledged;
  }

  function deliver() {
    const { done, timer } = drainer;
    clearTimeout(timer);
    drainer = null;
    done(stringify({ visit, first, finished, pending }));
  }

  Object.defineProperty(globalThis, "corsproof", { value: Object.freeze({ __proto__: null, start, drain }) });
})();
