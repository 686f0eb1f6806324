package waybill.hub;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.messaging.ClientCheckpoint;
import waybill.messaging.ClientCheckpoints;
import waybill.messaging.Confirmation;
import waybill.messaging.Confirmations;
import waybill.messaging.Recipient;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs;

/// Which recipients have received the events of an order, as far as the hub knows: its customer and its drivers over
/// sockets, its store by its confirmation, and other systems and people by outbound jobs. Blocks.
///
/// Events for all members of a role are left out, and so are stores and administrators that read the log itself.
public final class OrderReceipts {

    /// Events of one order that are listed, the newest.
    public static final int EVENTS_MAX = 100;

    private static final String SOCKET = "socket";
    private static final String STORE = "store";
    private static final String PENDING = "pending";
    private static final String ACKNOWLEDGED = "acknowledged";

    private final EventLog log;
    private final ClientCheckpoints checkpoints;
    private final Confirmations confirmations;
    private final OutboundJobs jobs;

    public OrderReceipts(EventLog log, ClientCheckpoints checkpoints, Confirmations confirmations, OutboundJobs jobs) {
        this.log = log;
        this.checkpoints = checkpoints;
        this.confirmations = confirmations;
        this.jobs = jobs;
    }

    /// What is known of one event and one recipient.
    ///
    /// @param channel `socket`, `store` for its confirmation, or that of an outbound job
    /// @param recipient a user such as `driver:7`, a store, or the target of an outbound job
    /// @param state `pending` or `acknowledged` of a socket, the state of a confirmation or of an outbound job
    /// @param attempts 0 where they are not counted
    /// @param atOrNone when it was sent or acknowledged, if that is known
    /// @param outcome of the last attempt; empty for none
    public record Receipt(
            long eventId,
            String channel,
            String recipient,
            String state,
            int attempts,
            @Nullable Instant atOrNone,
            String outcome) {

        public Optional<Instant> at() {
            return Optional.ofNullable(atOrNone);
        }
    }

    /// The oldest event first.
    public List<Receipt> list(OrderId order) {
        var history = log.listHistory(order);
        var newest = history.subList(Math.max(0, history.size() - EVENTS_MAX), history.size());
        var receipts = new ArrayList<Receipt>();
        var known = new HashMap<String, Long>();
        for (var entry : newest) {
            receipts.addAll(ofSockets(entry, known));
            confirmation(entry).ifPresent(receipts::add);
        }
        jobs.listJobsOf(newest.stream().map(LogEntry::sequence).toList()).stream()
                .map(OrderReceipts::receipt)
                .forEach(receipts::add);
        receipts.sort(Comparator.comparingLong(Receipt::eventId)); // stable
        return receipts;
    }

    private List<Receipt> ofSockets(LogEntry entry, Map<String, Long> known) {
        if (!(entry.event() instanceof OrderEvent event) || entry.orderOrNone() == null) {
            return List.of();
        }
        return NotificationRouting.recipientsOf(entry.orderOrNone(), event).stream()
                .flatMap(OrderReceipts::user)
                .map(user -> {
                    var received = known.computeIfAbsent(user, this::receivedUpTo) >= entry.sequence();
                    return new Receipt(entry.sequence(), SOCKET, user, received ? ACKNOWLEDGED : PENDING, 0, null, "");
                })
                .toList();
    }

    private static Stream<String> user(Recipient recipient) {
        return recipient instanceof Recipient.User ? Stream.of(recipient.key()) : Stream.empty();
    }

    /// The last event that a client of the user has confirmed, in whatever dialect.
    private long receivedUpTo(String user) {
        return checkpoints.listCheckpoints(user).stream()
                .mapToLong(ClientCheckpoint::sequence)
                .max()
                .orElse(0);
    }

    /// That of the store, which confirms new orders.
    private Optional<Receipt> confirmation(LogEntry entry) {
        if (!(entry.event() instanceof OrderEvent.Placed) || entry.orderOrNone() == null) {
            return Optional.empty();
        }
        return confirmations
                .search(Optional.of(entry.orderOrNone().store()), Optional.empty(), entry.sequence() - 1, 1)
                .stream()
                .filter(one -> one.eventId() == entry.sequence())
                .findFirst()
                .map(OrderReceipts::receipt);
    }

    private static Receipt receipt(Confirmation one) {
        return new Receipt(
                one.eventId(),
                STORE,
                one.store(),
                one.state().name().toLowerCase(Locale.ROOT),
                one.attempts(),
                one.acknowledgedAt().or(one::sentAt).orElse(null),
                "");
    }

    private static Receipt receipt(OutboundJob job) {
        return new Receipt(
                job.sequence(),
                job.channel().wireName(),
                job.target(),
                job.state().wireName(),
                job.attempts(),
                null,
                job.detail());
    }
}
