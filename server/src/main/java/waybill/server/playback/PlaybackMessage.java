package waybill.server.playback;

/// An event to the viewer of a playback: the name and the payload that clients saw, and when it was.
///
/// @param json the payload, as a live client got it
/// @param meta the second argument: `{at, to, eventId?, state?}`
record PlaybackMessage(String event, String json, String meta, long atMs) {

    int characters() {
        return event.length() + json.length() + meta.length();
    }
}
