package waybill.server.playback;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.access.UserId;

/// The playbacks of this node: one of each socket, and a few in all. Thread-safe.
final class Playbacks {

    /// Playbacks of one administrator at once.
    static final int PER_USER_MAX = 3;

    /// Playbacks of this node at once.
    static final int ALL_MAX = 12;

    private final Map<String, Owned> bySocket = new HashMap<>();

    private record Owned(UserId user, Playback playback) {}

    /// Puts a playback in the place of the socket's former one. Empty when it was added, or else why it was not.
    synchronized Optional<String> add(String socket, UserId user, Playback playback) {
        var former = bySocket.remove(socket);
        if (former != null) {
            former.playback.close();
        }
        var ofUser = bySocket.values().stream()
                .filter(owned -> owned.user.equals(user))
                .count();
        if (ofUser >= PER_USER_MAX) {
            return Optional.of("replays: " + ofUser + " of this user already (expected: at most " + PER_USER_MAX + ")");
        }
        if (bySocket.size() >= ALL_MAX) {
            return Optional.of(
                    "replays: " + bySocket.size() + " on this node already (expected: at most " + ALL_MAX + ")");
        }
        bySocket.put(socket, new Owned(user, playback));
        return Optional.empty();
    }

    synchronized Optional<Playback> of(String socket) {
        return Optional.ofNullable(bySocket.get(socket)).map(Owned::playback);
    }

    synchronized void remove(String socket) {
        var former = bySocket.remove(socket);
        if (former != null) {
            former.playback.close();
        }
    }

    synchronized List<Playback> all() {
        return bySocket.values().stream().map(Owned::playback).toList();
    }
}
