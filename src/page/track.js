// A request by a text track, and the text of its first cue.
"use strict";

(() => {
  const { getter, setter } = primordials;
  const trackOf = getter(HTMLTrackElement.prototype, "track");
  const setMode = setter(TextTrack.prototype, "mode");
  const cuesOf = getter(TextTrack.prototype, "cues");

  function start(request) {
    // The attribute crossorigin is the media element's, and its tracks go by it.
    const media = dom.make("video", request);
    return { result: ask(media, request), abort: () => dom.remove(media) };
  }

  async function ask(media, request) {
    const track = dom.create("track");
    dom.set(track, "kind", "metadata");
    dom.append(media, track);
    dom.insert(media);
    const started = results.now();
    const loaded = dom.loads(track);
    dom.set(track, "src", request.url);
    // A track that nobody wants is not fetched.
    setMode(trackOf(track), "hidden");
    const came = await loaded;
    const read = came ? results.readable(cuesOf(trackOf(track))[0].text) : results.withheld(null);
    dom.remove(media);
    return results.embedded(came, read, started);
  }

  requests.add("track", start);
})();
