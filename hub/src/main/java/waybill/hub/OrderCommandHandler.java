package waybill.hub;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import waybill.access.Role;
import waybill.geo.Address;
import waybill.journal.Journal;
import waybill.journal.UnitOfWork;
import waybill.messaging.Queue;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.Decision;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.AlreadyDone;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;
import waybill.order.Order;
import waybill.order.OrderAuthorization;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.OrderStateMachine;

/// The door to the orders: looks one up, has it decided, and writes down what came of it, all in one transaction.
public final class OrderCommandHandler {

    /// Which order somebody means.
    public sealed interface OrderReference {
        record ById(OrderId id) implements OrderReference {}

        /// By its sender's name for it.
        record ByStoreReference(String store, String reference) implements OrderReference {}

        /// By a name that one store or another knows.
        record InAnyStore(String reference) implements OrderReference {}
    }

    /// What somebody asks for. An order to be placed is [OrderReference.ByStoreReference] by the store that it is of.
    public record OrderRequest(
            OrderReference order, OrderCommand command, Caller caller, Instant occurredAt, Instant receivedAt) {}

    /// What came of a request.
    public sealed interface OrderResult {

        /// It is on disk; `eventId` is the position of the last of its events in the log.
        record Committed(Order order, long eventId) implements OrderResult {}

        /// It had happened before.
        record Duplicate(Order order) implements OrderResult {}

        record Rejected(Reason reason, String message) implements OrderResult {}
    }

    /// What orders here have in common.
    ///
    /// @param numberPrefix what their numbers begin with
    /// @param acceptWithin how long their stores have to accept them; none is as long as they like
    /// @param defaultPayload what `/caps` is told of an order that was not placed there: JSON text
    public record OrderPolicy(
            String numberPrefix, Optional<Duration> acceptWithin, Function<Order, String> defaultPayload) {}

    /// Two orders of one name are enough to know that the name is not enough.
    private static final int MATCHES_MAX = 2;

    private static final int BYTES_PER_ITEM = 200;

    private final Journal journal;
    private final Predicate<Actor> present;
    private final OrderPolicy rules;
    private final AssignmentPolicy drivers;

    /// `present` says whether the connection of an actor still lives; it is asked on the journal's thread.
    public OrderCommandHandler(Journal journal, Predicate<Actor> present, OrderPolicy rules) {
        this(journal, present, rules, AssignmentPolicy.REGISTERED_OR_UNKNOWN);
    }

    /// The same, where `drivers` says whom an order may be given to.
    public OrderCommandHandler(Journal journal, Predicate<Actor> present, OrderPolicy rules, AssignmentPolicy drivers) {
        this.journal = journal;
        this.present = present;
        this.rules = rules;
        this.drivers = drivers;
    }

    /// Never blocks. See [Journal#submit] for how it may fail.
    public CompletableFuture<OrderResult> handle(OrderRequest request) {
        return journal.submit(ledger -> handleInTransaction(ledger, request), estimatedBytes(request.command()));
    }

    /// What a command keeps in memory while it waits, in bytes, about.
    private static long estimatedBytes(OrderCommand command) {
        return switch (command) {
            case OrderCommand.Place place ->
                place.payload().length() + (long) place.details().items().size() * BYTES_PER_ITEM;
            case OrderCommand.CollectParcel(var _, var payload) -> payload.length();
            case OrderCommand.DeliverParcel(var _, var payload) -> payload.length();
            case OrderCommand.Pay _,
                    OrderCommand.Accept _,
                    OrderCommand.Decline _,
                    OrderCommand.Expire _,
                    OrderCommand.Prepare _,
                    OrderCommand.MarkReady _,
                    OrderCommand.Assign _,
                    OrderCommand.Claim _,
                    OrderCommand.PickUp _,
                    OrderCommand.StartTransit _,
                    OrderCommand.Deliver _,
                    OrderCommand.Cancel _,
                    OrderCommand.Fail _,
                    OrderCommand.Return _ -> 0;
        };
    }

    /// Somebody has a message. A store's leaves its queue for good. A pickup is for all drivers, so it is only this one
    /// that is not shown it again, until somebody takes the parcel.
    ///
    /// @param store whose parcel; empty, or a name that is no store's, is the store of the only pickup of that name
    /// @return false when it was in none of these queues
    public CompletableFuture<Boolean> acknowledgeMessage(
            Optional<String> store, List<Topic> topics, String messageId, Actor by) {
        return journal.submit(ledger -> {
            var isAny = false;
            for (var topic : topics) {
                isAny |= topic.isForDrivers()
                        ? findPickupQueue(ledger, store, messageId, by)
                                .filter(queue -> ledger.acknowledgePickup(queue, messageId, by))
                                .isPresent()
                        : store.filter(name -> ledger.deleteMessage(new Queue(name, topic), messageId))
                                .isPresent();
            }
            return isAny;
        });
    }

    public CompletableFuture<Boolean> acknowledgeMessage(Queue queue, String messageId, Actor by) {
        return acknowledgeMessage(Optional.of(queue.store()), List.of(queue.topic()), messageId, by);
    }

    private static Optional<Queue> findPickupQueue(
            UnitOfWork ledger, Optional<String> store, String messageId, Actor by) {
        var known = store.filter(ledger::storeExists);
        if (known.isEmpty()) {
            var active = ledger.findAllByReference(
                    messageId, Optional.empty(), UnitOfWork.ReferenceScope.ACTIVE, by, MATCHES_MAX);
            known = active.size() == 1 ? Optional.of(active.getFirst().store()) : Optional.empty();
        }
        return known.map(name -> new Queue(name, Topic.PICKUP));
    }

    /// The same as [#handle], as a part of a transaction that somebody else has begun.
    public OrderResult handleInTransaction(UnitOfWork ledger, OrderRequest request) {
        return request.command() instanceof OrderCommand.Place place
                ? place(ledger, request, place)
                : transition(ledger, request);
    }

    private OrderResult place(UnitOfWork ledger, OrderRequest request, OrderCommand.Place place) {
        if (!(request.order() instanceof OrderReference.ByStoreReference(var store, var name))) {
            throw new IllegalArgumentException(
                    "which: " + request.order() + " (expected: the store that the order is of, and a name)");
        }
        var isCustomers = request.caller() instanceof Caller.Authenticated(var by) && by.role() == Role.CUSTOMER;
        var priced = CataloguePricing.price(place.details(), store, ledger, isCustomers);
        var fresh = newOrder(request, place, priced.details(), store, name);
        var byCustomer =
                fresh.foreignIdOwner().flatMap(who -> ledger.findByCustomerReference(store, who, place.foreignId()));
        if (byCustomer.isPresent()) {
            return apply(ledger, request, byCustomer.get());
        }
        var known = ledger.findByStoreReference(store, name);
        if (known.isEmpty()
                && !place.foreignId().equals(name)
                && fresh.foreignIdOwner().isEmpty()) {
            known = ledger.findByStoreReference(store, place.foreignId());
        }
        if (known.isPresent()) {
            return known.get().messageId().equals(name) && isSameCustomer(known.get(), place)
                    ? apply(ledger, request, known.get())
                    : new OrderResult.Rejected(
                            Reason.CONFLICT,
                            "order " + place.foreignId() + " of " + store + " was placed before, as message "
                                    + known.get().messageId());
        }
        if (!OrderAuthorization.allows(request.caller(), place, fresh)) {
            return forbidden(fresh);
        }
        if (place.initialState() == OrderState.PENDING && !isStoreOpen(ledger, store)) {
            return new OrderResult.Rejected(Reason.CONFLICT, "store " + store + ": closed (expected: an open one)");
        }
        if (priced.rejectionOrNone() != null) {
            return new OrderResult.Rejected(Reason.CONFLICT, priced.rejectionOrNone());
        }
        return apply(ledger, request, assignNumber(ledger, withStoreAddress(ledger, fresh)));
    }

    private static boolean isSameCustomer(Order order, OrderCommand.Place place) {
        return order.details().customer().equals(place.details().customer());
    }

    private static boolean isStoreOpen(UnitOfWork ledger, String store) {
        return ledger.findBusiness(store).map(business -> business.isOpen()).orElse(true);
    }

    /// An order that does not say where it is fetched is fetched where its store is, as far as that is known.
    private static Order withStoreAddress(UnitOfWork ledger, Order order) {
        var details = order.details();
        return details.pickup().equals(Address.UNKNOWN)
                ? ledger.findBusiness(order.store())
                        .map(business -> order.withDetails(details.withPickup(business.address())))
                        .orElse(order)
                : order;
    }

    private Order newOrder(
            OrderRequest request, OrderCommand.Place place, OrderDetails details, String store, String name) {
        var placedAt = request.receivedAt();
        var acceptBy = place.initialState() == OrderState.PENDING
                ? rules.acceptWithin().map(placedAt::plus).orElse(null)
                : null;
        return new Order(
                place.id(),
                0,
                "",
                store,
                name,
                place.foreignId(),
                OrderState.NEW,
                null,
                0,
                details,
                placedAt,
                acceptBy,
                0);
    }

    private Order assignNumber(UnitOfWork ledger, Order order) {
        var day = LocalDate.ofInstant(order.placedAt(), ZoneOffset.UTC);
        var number = String.format(
                Locale.ROOT, "%s-%tY%<tm%<td-%04d", rules.numberPrefix(), day, ledger.nextOrderNumber(day));
        return order.withNumber(number);
    }

    private OrderResult transition(UnitOfWork ledger, OrderRequest request) {
        return switch (request.order()) {
            case OrderReference.ById(var id) ->
                ledger.findOrder(id)
                        .map(order -> apply(ledger, request, order))
                        .orElseGet(() -> notFound(id.toString()));
            case OrderReference.ByStoreReference(var store, var name) ->
                ledger.findByStoreReference(store, name)
                        .map(order -> apply(ledger, request, order))
                        .orElseGet(() -> resolveReference(ledger, request, name, Optional.of(store)));
            case OrderReference.InAnyStore(var name) -> resolveReference(ledger, request, name, Optional.empty());
        };
    }

    /// The first kind of order that there is one of by that name is meant: what a driver has at hand comes before what
    /// anybody may call the same, and what is over comes last.
    private OrderResult resolveReference(UnitOfWork ledger, OrderRequest request, String name, Optional<String> store) {
        for (var among : UnitOfWork.ReferenceScope.values()) {
            var namesakes = ledger.findAllByReference(
                    name, store, among, request.caller().actor(), MATCHES_MAX);
            if (namesakes.size() == 1) {
                return apply(ledger, request, namesakes.getFirst());
            }
            if (!namesakes.isEmpty()) {
                return new OrderResult.Rejected(
                        Reason.AMBIGUOUS,
                        store.isEmpty()
                                ? "order " + name + " is known to several stores (expected: which one)"
                                : "order " + name + " of " + store.get() + " is what several customers call theirs"
                                        + " (expected: its messageId)");
            }
        }
        return notFound(name + store.map(of -> " of " + of).orElse(""));
    }

    private static OrderResult notFound(String what) {
        return new OrderResult.Rejected(Reason.NOT_FOUND, "order " + what + ": nobody has placed it");
    }

    private static OrderResult forbidden(Order order) {
        return new OrderResult.Rejected(Reason.FORBIDDEN, "order " + order.messageId() + ": not yours to do this with");
    }

    private OrderResult apply(UnitOfWork ledger, OrderRequest request, Order order) {
        if (!OrderAuthorization.allows(request.caller(), request.command(), order)) {
            return forbidden(order);
        }
        if (request.command() instanceof OrderCommand.Assign(var driver) && !drivers.permits(ledger, driver)) {
            return new OrderResult.Rejected(
                    Reason.NOT_A_DRIVER,
                    "driverId: " + driver.id() + " (expected: a driver who has shown the hub a token of that role)");
        }
        return switch (OrderStateMachine.decide(order, request.command(), present)) {
            case Accepted(var steps) -> persist(ledger, request, order, steps);
            case AlreadyDone(var known) -> new OrderResult.Duplicate(known);
            case Refused(var reason, var message) ->
                new OrderResult.Rejected(
                        reason,
                        reason == Reason.CONFLICT && OrderStateMachine.hasNoTransition(order, request.command())
                                ? message + " (expected: " + describeNextStates(request.caller(), order) + ")"
                                : message);
        };
    }

    /// In words, where the order may be brought from here by this speaker.
    private static String describeNextStates(Caller by, Order order) {
        var words = OrderAuthorization.reachableStates(by, order).stream()
                .map(OrderState::wireName)
                .toList();
        return words.isEmpty()
                ? (order.state().isActive() ? "a step of another participant" : "nothing more, it is over")
                : words.size() == 1
                        ? words.getFirst()
                        : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    private OrderResult persist(UnitOfWork ledger, OrderRequest request, Order order, List<Decision.Step> steps) {
        var now = order;
        for (var step : steps) {
            var next = step.orderAfter().withSequencesOf(now);
            var event = withDefaultPayload(ledger, next, step.event());
            var position = ledger.append(
                    now.state(), next, event, request.caller().actor(), request.occurredAt(), request.receivedAt());
            NotificationRouting.route(ledger, next.withSequence(position), event, position, request.receivedAt());
            now = next.withSequence(position);
        }
        return new OrderResult.Committed(now, now.lastSequence());
    }

    /// What nobody put into words on `/caps` is told there in the words in which the order was placed.
    private OrderEvent withDefaultPayload(UnitOfWork ledger, Order order, OrderEvent event) {
        if (!(event instanceof OrderEvent.StateChanged(var to, var reason, var said))
                || !said.equals(OrderEvent.NO_PAYLOAD)
                || event.topic().isEmpty()) {
            return event;
        }
        var placed = ledger.loadPlacementPayload(order);
        return new OrderEvent.StateChanged(
                to,
                reason,
                placed.equals(OrderEvent.NO_PAYLOAD) ? rules.defaultPayload().apply(order) : placed);
    }
}
