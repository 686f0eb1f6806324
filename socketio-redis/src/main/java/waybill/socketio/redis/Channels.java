package waybill.socketio.redis;

import waybill.socketio.adapter.Target;

/// The names of a namespace's channels.
///
/// @param broadcasts what the channels of broadcasts begin with; a broadcast to one room has its name behind it
/// @param requests where all nodes hear requests
/// @param responses where all nodes hear responses
record Channels(String broadcasts, String requests, String responses) {

    static Channels of(String key, String namespace) {
        return new Channels(
                key + "#" + namespace + "#", key + "-request#" + namespace + "#", key + "-response#" + namespace + "#");
    }

    /// The channel of a broadcast.
    String broadcast(Target target) {
        return target.rooms().size() == 1
                ? broadcasts + target.rooms().iterator().next() + "#"
                : broadcasts;
    }

    /// The pattern of all channels of broadcasts. A name may have characters that mean something in a pattern.
    String broadcastPattern() {
        return broadcasts.replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + "*";
    }

    /// Where one node alone hears responses.
    String responsesTo(String node) {
        return responses + node + "#";
    }
}
