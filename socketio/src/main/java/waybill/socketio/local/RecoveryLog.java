package waybill.socketio.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.Adapter.RestoredSession;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.RecoveryConfig;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.adapter.SavedSession.PendingAck;
import waybill.socketio.adapter.Target;
import waybill.socketio.packet.JsonArray;

/// What was broadcast in a namespace, for as long as a client may be away, and the clients that are.
///
/// A client names the last packet that it saw by the offset that each carries as its last argument. Packets
/// that ask for an ack carry none, for a client takes its last argument for data: those are kept by session
/// until they are answered. Bounded by time and by number. Not thread-safe: its adapter holds its lock.
final class RecoveryLog {

    private record LoggedPacket(long atMs, PendingAck pendingAck, Target target) {

        long sequence() {
            return pendingAck.sequence();
        }
    }

    private record DisconnectedSession(SavedSession session, long sinceMs) {}

    private final RecoveryConfig recovery;
    private final String epoch; // of this process: offsets of another one mean nothing
    private final ArrayDeque<LoggedPacket> entries = new ArrayDeque<>();
    private final Map<String, DisconnectedSession> absent = new LinkedHashMap<>();
    private long last;

    RecoveryLog(RecoveryConfig recovery, String epoch) {
        this.recovery = recovery;
        this.epoch = epoch;
    }

    long lastSequence() {
        return last;
    }

    /// Remembers the packet and returns it with its offset.
    Packet.Event append(Packet.Event packet, Target target, long nowMs) {
        evictExpired(nowMs);
        last++;
        var json = packet.data().json();
        var withOffset = json.substring(0, json.lastIndexOf(']')) + ",\"" + epoch + last + "\"]";
        var marked = new Packet.Event(
                packet.namespace(), packet.ackId(), JsonArray.ofTrusted(withOffset), packet.attachments());
        store(new LoggedPacket(nowMs, new PendingAck(marked, last, null), target));
        return marked;
    }

    /// Stores a packet that wants an ack and returns its number.
    long appendWithAck(Packet.Event packet, Target target, AckSink answers, long nowMs) {
        evictExpired(nowMs);
        last++;
        store(new LoggedPacket(nowMs, new PendingAck(packet, last, answers), target));
        return last;
    }

    private void store(LoggedPacket entry) {
        entries.add(entry);
        if (entries.size() > recovery.packetsMax()) {
            entries.remove();
        }
    }

    void persist(SavedSession session, long nowMs) {
        absent.put(session.pid(), new DisconnectedSession(session, nowMs));
        if (absent.size() > recovery.sessionsMax()) {
            var oldest = absent.values().iterator();
            var evicted = oldest.next();
            oldest.remove();
            evicted.session().onExpired().run();
        }
        evictExpired(nowMs);
    }

    Optional<RestoredSession> restore(String pid, String offset, long nowMs) {
        evictExpired(nowMs);
        var found = absent.remove(pid);
        if (found == null) {
            return Optional.empty();
        }
        var session = found.session();
        if (!recovery.storesPackets()) {
            return Optional.of(new RestoredSession(session, List.of()));
        }
        long since = offset.isEmpty() ? session.offset() : parseOffset(offset);
        long oldest = entries.isEmpty() ? last + 1 : entries.getFirst().sequence();
        if (since < 0 || since > last || since < oldest - 1) {
            session.onExpired().run();
            return Optional.empty();
        }
        return Optional.of(new RestoredSession(session, missedSince(session, since)));
    }

    private List<PendingAck> missedSince(SavedSession session, long since) {
        var own = new HashSet<>(session.rooms());
        own.add(session.id());
        var missed = new ArrayList<>(session.pendingAcks());
        for (var entry : entries) {
            var answers = entry.pendingAck().acks();
            long seen = answers == null ? since : session.ackOffset();
            boolean waitedFor = answers == null || !answers.isDone();
            if (entry.sequence() > seen && waitedFor && matches(entry.target(), own)) {
                missed.add(entry.pendingAck());
            }
        }
        missed.sort(Comparator.comparingLong(PendingAck::sequence));
        return missed;
    }

    private static boolean matches(Target target, Set<String> own) {
        boolean meant = target.rooms().isEmpty() || target.rooms().stream().anyMatch(own::contains);
        return meant && target.except().stream().noneMatch(own::contains);
    }

    /// The number in an offset of ours, or -1.
    private long parseOffset(@Nullable String offset) {
        if (offset == null || !offset.startsWith(epoch)) {
            return -1;
        }
        try {
            return Long.parseLong(offset.substring(epoch.length()));
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /// Deletes everything; no disconnected client can recover.
    void clear() {
        entries.clear();
        absent.values().forEach(one -> one.session().onExpired().run());
        absent.clear();
    }

    private void evictExpired(long nowMs) {
        long before = nowMs - recovery.maxDisconnection().toMillis();
        while (!entries.isEmpty() && entries.getFirst().atMs() < before) {
            entries.remove();
        }
        var oldest = absent.values().iterator();
        while (oldest.hasNext()) {
            var one = oldest.next();
            if (one.sinceMs() >= before) {
                return;
            }
            oldest.remove();
            one.session().onExpired().run();
        }
    }
}
