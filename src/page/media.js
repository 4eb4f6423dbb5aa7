// Requests by audio and video elements, and what a script gets of them.
"use strict";

(() => {
  const { AudioContext, Float32Array } = globalThis;
  const { getter, method, setter } = primordials;
  const widthOf = getter(HTMLVideoElement.prototype, "videoWidth");
  const heightOf = getter(HTMLVideoElement.prototype, "videoHeight");
  const durationOf = getter(HTMLMediaElement.prototype, "duration");
  const timeOf = getter(HTMLMediaElement.prototype, "currentTime");
  const setLoop = setter(HTMLMediaElement.prototype, "loop");
  const play = method(HTMLMediaElement.prototype, "play");
  const load = method(HTMLMediaElement.prototype, "load");
  const { abs, round } = Math;

  /** What engines make of a video's colours differs by a few: the sample has multiples of this. */
  const COLOUR_STEP = 32;

  /** After how many looks at what plays silence is silence; the clock of what plays goes on between two looks. */
  const LOOKS = 8;

  const startAs = (name) => (request) => {
    const media = dom.make(name, request);
    return { result: ask(media, request), abort: () => release(media) };
  };

  async function ask(media, request) {
    dom.set(media, "preload", "auto");
    const started = results.now();
    const loaded = dom.loads(media, "loadeddata");
    dom.set(media, "src", request.url);
    const came = await loaded;
    const read = came ? await attempt(media, request.reading) : results.withheld(null);
    release(media);
    return results.embedded(came, read, started);
  }

  function release(media) {
    dom.set(media, "src", "");
    load(media);
  }

  async function attempt(media, reading) {
    switch (reading) {
      case "duration":
        return results.readable(`${round(durationOf(media) * 1000)} ms`);
      case "natural-size":
        await frame(media);
        return results.readable(`${widthOf(media)}x${heightOf(media)}`);
      case "web-audio":
        return hear(media);
      default:
        await frame(media);
        return pixels.attempt(media, reading, COLOUR_STEP);
    }
  }

  /** Resolves when there is a frame to draw: WebKit tells of loaded data a little before. */
  async function frame(media) {
    while (widthOf(media) === 0 || !pixels.isPainted(media)) await clock.sleep(20);
  }

  /** What Web Audio gets of the sound: anything at all, or silence for as long as it has surely played. */
  async function hear(media) {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaElementSource(media).connect(analyser);
    analyser.connect(context.destination);
    setLoop(media, true);
    await play(media);
    const samples = new Float32Array(analyser.fftSize);
    let heard = false;
    let [looks, before] = [0, 0];
    while (!heard && looks < LOOKS) {
      await clock.sleep(10);
      analyser.getFloatTimeDomainData(samples);
      for (let i = 0; i < samples.length; i++) heard ||= abs(samples[i]) > 0.01;
      const now = timeOf(media);
      if (now !== before) looks++;
      before = now;
    }
    context.close();
    return heard ? results.readable("sound") : results.withheld("silent-media");
  }

  requests.add("audio", startAs("audio"));
  requests.add("video", startAs("video"));
})();
