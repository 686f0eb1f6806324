package waybill.order;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.mailbox.Queue;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;
import waybill.order.Decision.Repeated;

/// The door to the orders: looks one up, has it decided, and writes down what came of it, all in one transaction.
public final class Orders {

    /// What somebody asks for. No `store` means whichever store knows the order by that name.
    public record Request(
            @Nullable String store,
            String name,
            OrderCommand command,
            Actor by,
            Instant occurredAt,
            Instant receivedAt) {}

    /// What came of a request.
    public sealed interface Outcome {

        /// It is on disk; `eventId` is its position in the log.
        record Done(OrderId order, long eventId) implements Outcome {}

        /// It had happened before.
        record Duplicate(OrderId order) implements Outcome {}

        record Declined(Reason reason, String message) implements Outcome {}
    }

    /// Two orders of one name are enough to know that the name is not enough.
    private static final int NAMESAKES_MAX = 2;

    private final Journal journal;
    private final Predicate<Actor> present;

    /// `present` says whether the connection of an actor still lives; it is asked on the journal's thread.
    public Orders(Journal journal, Predicate<Actor> present) {
        this.journal = journal;
        this.present = present;
    }

    /// Never blocks. See [Journal#submit] for how it may fail.
    public CompletableFuture<Outcome> handle(Request request) {
        return journal.submit(ledger -> decided(ledger, request));
    }

    /// Takes a letter out of its queue, for good; false when it was not in it.
    public CompletableFuture<Boolean> received(Queue queue, String messageId) {
        return journal.submit(ledger -> ledger.remove(queue, messageId));
    }

    private Outcome decided(Ledger ledger, Request request) {
        return switch (request.command()) {
            case OrderCommand.Place place -> placed(ledger, request, place);
            case OrderCommand.Collect _, OrderCommand.Deliver _, OrderCommand.Scan _ -> moved(ledger, request);
        };
    }

    private Outcome placed(Ledger ledger, Request request, OrderCommand.Place place) {
        var store = request.store();
        if (store == null) {
            throw new IllegalArgumentException("store: none (expected: the store that places the order)");
        }
        var known = ledger.named(store, request.name());
        if (known.isEmpty() && !place.foreignId().equals(request.name())) {
            known = ledger.named(store, place.foreignId());
        }
        if (known.isPresent() && !known.get().messageId().equals(request.name())) {
            return new Outcome.Declined(
                    Reason.CONFLICT,
                    "order " + place.foreignId() + " of " + store + " was placed before, as message "
                            + known.get().messageId());
        }
        var order = known.orElseGet(() -> Order.unplaced(place.id(), store, request.name(), place.foreignId()));
        return written(ledger, request, order);
    }

    private Outcome moved(Ledger ledger, Request request) {
        var store = request.store();
        if (store != null) {
            return ledger.named(store, request.name())
                    .map(order -> written(ledger, request, order))
                    .orElseGet(() -> unknown(request.name() + " of " + store));
        }
        var namesakes = ledger.namedAnywhere(request.name(), NAMESAKES_MAX);
        return switch (namesakes.size()) {
            case 0 -> unknown(request.name());
            case 1 -> written(ledger, request, namesakes.getFirst());
            default ->
                new Outcome.Declined(
                        Reason.AMBIGUOUS,
                        "order " + request.name() + " is known to several stores (expected: which one)");
        };
    }

    private static Outcome unknown(String what) {
        return new Outcome.Declined(Reason.NOT_FOUND, "order " + what + ": nobody has placed it");
    }

    private Outcome written(Ledger ledger, Request request, Order order) {
        return switch (OrderMachine.decide(order, request.command(), request.by(), present)) {
            case Accepted(var event, var next) -> {
                var told = event.payload().equals(OrderEvent.NOTHING_SAID)
                        ? new OrderEvent.Delivered(ledger.placedPayload(order))
                        : event;
                var position = ledger.append(next, told, request.by(), request.occurredAt(), request.receivedAt());
                told.topic().ifPresent(topic -> ledger.post(new Queue(order.store(), topic), position));
                yield new Outcome.Done(order.id(), position);
            }
            case Repeated(var known) -> new Outcome.Duplicate(known.id());
            case Refused(var reason, var message) -> new Outcome.Declined(reason, message);
        };
    }
}
