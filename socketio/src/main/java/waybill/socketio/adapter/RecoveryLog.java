package waybill.socketio.adapter;

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
import waybill.socketio.adapter.Adapter.Restored;
import waybill.socketio.adapter.SavedSession.Asked;
import waybill.socketio.packet.JsonArray;
import waybill.socketio.packet.Packet;
import waybill.socketio.room.Target;

/// What was broadcast in a namespace, for as long as a client may be away, and the clients that are.
///
/// A client names the last packet that it saw by the offset that each carries as its last argument. Packets
/// that ask for an ack carry none, for a client takes its last argument for data: those are kept by session
/// until they are answered. Bounded by time and by number. Not thread-safe: its adapter holds its lock.
final class RecoveryLog {

    private record Entry(long atMs, Asked asked, Target target) {

        long number() {
            return asked.number();
        }
    }

    private record Absent(SavedSession session, long sinceMs) {}

    private final Recovery recovery;
    private final String epoch; // of this process: offsets of another one mean nothing
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Map<String, Absent> absent = new LinkedHashMap<>();
    private long last;

    RecoveryLog(Recovery recovery, String epoch) {
        this.recovery = recovery;
        this.epoch = epoch;
    }

    long mark() {
        return last;
    }

    /// Remembers the packet and returns it with its offset.
    Packet.Event append(Packet.Event packet, Target target, long nowMs) {
        forgetOld(nowMs);
        last++;
        var json = packet.data().json();
        var withOffset = json.substring(0, json.lastIndexOf(']')) + ",\"" + epoch + last + "\"]";
        var marked = new Packet.Event(
                packet.namespace(), packet.ackId(), JsonArray.trusted(withOffset), packet.attachments());
        remember(new Entry(nowMs, new Asked(marked, last, null), target));
        return marked;
    }

    /// Remembers a packet that asks for an ack and returns its number.
    long appendAsking(Packet.Event packet, Target target, Answers answers, long nowMs) {
        forgetOld(nowMs);
        last++;
        remember(new Entry(nowMs, new Asked(packet, last, answers), target));
        return last;
    }

    private void remember(Entry entry) {
        entries.add(entry);
        if (entries.size() > recovery.packetsMax()) {
            entries.remove();
        }
    }

    void persist(SavedSession session, long nowMs) {
        absent.put(session.pid(), new Absent(session, nowMs));
        if (absent.size() > recovery.sessionsMax()) {
            var oldest = absent.values().iterator();
            var forgotten = oldest.next();
            oldest.remove();
            forgotten.session().expired().run();
        }
        forgetOld(nowMs);
    }

    Optional<Restored> restore(String pid, String offset, long nowMs) {
        forgetOld(nowMs);
        var found = absent.remove(pid);
        if (found == null) {
            return Optional.empty();
        }
        var session = found.session();
        if (!recovery.remembersPackets()) {
            return Optional.of(new Restored(session, List.of()));
        }
        long since = offset.isEmpty() ? session.mark() : number(offset);
        long oldest = entries.isEmpty() ? last + 1 : entries.getFirst().number();
        if (since < 0 || since > last || since < oldest - 1) {
            session.expired().run();
            return Optional.empty();
        }
        return Optional.of(new Restored(session, missed(session, since)));
    }

    private List<Asked> missed(SavedSession session, long since) {
        var own = new HashSet<>(session.rooms());
        own.add(session.id());
        var missed = new ArrayList<>(session.unanswered());
        for (var entry : entries) {
            var answers = entry.asked().answers();
            long seen = answers == null ? since : session.askedMark();
            boolean waitedFor = answers == null || !answers.isOver();
            if (entry.number() > seen && waitedFor && isFor(entry.target(), own)) {
                missed.add(entry.asked());
            }
        }
        missed.sort(Comparator.comparingLong(Asked::number));
        return missed;
    }

    private static boolean isFor(Target target, Set<String> own) {
        boolean meant = target.rooms().isEmpty() || target.rooms().stream().anyMatch(own::contains);
        return meant && target.except().stream().noneMatch(own::contains);
    }

    /// The number in an offset of ours, or -1.
    private long number(@Nullable String offset) {
        if (offset == null || !offset.startsWith(epoch)) {
            return -1;
        }
        try {
            return Long.parseLong(offset.substring(epoch.length()));
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /// Forgets everything; no absent client can come back.
    void clear() {
        entries.clear();
        absent.values().forEach(one -> one.session().expired().run());
        absent.clear();
    }

    private void forgetOld(long nowMs) {
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
            one.session().expired().run();
        }
    }
}
