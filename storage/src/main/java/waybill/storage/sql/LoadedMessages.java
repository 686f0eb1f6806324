package waybill.storage.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.journal.UnitOfWork;
import waybill.messaging.Queue;

/// The messages of queues that the transactions of a batch read, loaded in one round and then as the batch has left
/// them.
/// Belongs to the thread that writes.
final class LoadedMessages {

    /// The position of a message: that of the newest event of its topic.
    private static final String FIND = """
            SELECT asked.topic, asked.store, asked.name, m.position
            FROM asked CROSS JOIN store s ON s.name = asked.store
            CROSS JOIN orders o ON o.message_id = asked.name AND o.store = s.id
            CROSS JOIN mailbox m ON m.topic = asked.topic AND m.recipient = CASE asked.topic WHEN 0 THEN 0 ELSE s.id END
            AND m.position =
                CASE asked.topic WHEN 0 THEN o.ready_at WHEN 1 THEN o.in_transit_at WHEN 2 THEN o.delivered_at END
            """;

    private static final String FIND_ACKS = """
            SELECT asked.position, asked.reader, (SELECT count(*) FROM pickup_confirmation c WHERE c.position = asked.position),
                   EXISTS (SELECT 1 FROM pickup_confirmation c WHERE c.position = asked.position AND c.reader = asked.reader)
            FROM asked
            """;

    /// The id of a message in its queue.
    record MessageKey(Queue queue, String messageId) {}

    /// A reader of a pickup.
    record AckKey(MessageKey pickup, String reader) {}

    private record Ack(long position, String reader) {}

    /// How many readers have acknowledged a pickup, and which of those that were asked for, or of all.
    private static final class Acks {
        long count;
        boolean isComplete;
        final Set<String> asked = new HashSet<>();
        final Set<String> readers = new HashSet<>();
    }

    private final KeyedQuery<MessageKey> find;
    private final KeyedQuery<Ack> findAcks;
    private final Map<MessageKey, Optional<Long>> positions = new HashMap<>();
    private final Map<Long, Acks> acks = new HashMap<>();

    LoadedMessages(Statements statements) {
        find = new KeyedQuery<>(statements, "topic, store, name", FIND, (query, first, key) -> {
            query.setInt(first, EnumCodes.encode(key.queue.topic()));
            query.setString(first + 1, key.queue.store());
            query.setString(first + 2, key.messageId);
        });
        findAcks = new KeyedQuery<>(statements, "position, reader", FIND_ACKS, (query, first, ack) -> {
            query.setLong(first, ack.position);
            query.setString(first + 1, ack.reader);
        });
    }

    void load(Collection<MessageKey> messages, Collection<AckKey> pickups) throws SQLException {
        var keys = new LinkedHashSet<>(messages);
        pickups.forEach(ack -> keys.add(ack.pickup));
        keys.removeAll(positions.keySet());
        keys.forEach(key -> positions.put(key, Optional.empty()));
        find.run(List.copyOf(keys), row -> {
            var queue = new Queue(row.getString(2), EnumCodes.decodeTopic(row.getInt(1)));
            positions.put(new MessageKey(queue, row.getString(3)), Optional.of(row.getLong(4)));
        });
        var asked = new ArrayList<Ack>();
        for (var ack : pickups) {
            positions
                    .getOrDefault(ack.pickup, Optional.empty())
                    .ifPresent(position -> asked.add(new Ack(position, ack.reader)));
        }
        findAcks.run(asked, row -> {
            var known = acks.computeIfAbsent(row.getLong(1), _ -> new Acks());
            known.count = row.getLong(3);
            known.asked.add(row.getString(2));
            if (row.getBoolean(4)) {
                known.readers.add(row.getString(2));
            }
        });
    }

    boolean isLoaded(MessageKey key) {
        return positions.containsKey(key);
    }

    /// Whether it is known if that reader has acknowledged the pickup, or that there is none.
    boolean isLoaded(AckKey ack) {
        var position = positions.get(ack.pickup);
        return position != null && (position.isEmpty() || isAsked(acks.get(position.get()), ack.reader));
    }

    private static boolean isAsked(@Nullable Acks known, String reader) {
        return known != null && (known.isComplete || known.asked.contains(reader));
    }

    /// The position of a loaded message; empty when it does not exist.
    Optional<Long> find(MessageKey key) {
        return positions.getOrDefault(key, Optional.empty());
    }

    /// Adds a reader to a loaded pickup. False when it was added before, or when they are too many.
    boolean addReader(long position, String reader) {
        var known = acks.computeIfAbsent(position, _ -> new Acks());
        if (known.count >= UnitOfWork.PICKUP_ACKS_MAX || !known.readers.add(reader)) {
            return false;
        }
        known.count++;
        return true;
    }

    /// No reader has acknowledged the pickup any more.
    void clearReaders(MessageKey pickup) {
        find(pickup).ifPresent(this::putWithoutReaders);
    }

    private void putWithoutReaders(long position) {
        var none = new Acks();
        none.isComplete = true;
        acks.put(position, none);
    }

    /// The batch has enqueued this message, so no reader has acknowledged it.
    void put(MessageKey key, long position) {
        positions.put(key, Optional.of(position));
        putWithoutReaders(position);
    }

    /// The message does not exist any more.
    void remove(MessageKey key) {
        positions.put(key, Optional.empty());
    }

    void clear() {
        positions.clear();
        acks.clear();
    }
}
