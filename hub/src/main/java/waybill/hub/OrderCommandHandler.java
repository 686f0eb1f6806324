package waybill.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import waybill.access.Role;
import waybill.directory.DriverStatus;
import waybill.journal.Journal;
import waybill.journal.Sequences;
import waybill.journal.Transaction;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.Decision;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.AlreadyDone;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;
import waybill.order.FareTariff;
import waybill.order.OfferPolicy;
import waybill.order.Order;
import waybill.order.OrderAuthorization;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.OrderStateMachine;

/// Handles order commands: finds the order, decides the command and appends the events, in one transaction.
public final class OrderCommandHandler {

    /// A reference to an order.
    public sealed interface OrderReference {
        record ById(OrderId id) implements OrderReference {}

        /// By its id at its store.
        record ByStoreReference(String store, String reference) implements OrderReference {}

        /// By its id at any store.
        record InAnyStore(String reference) implements OrderReference {}
    }

    /// A command on an order. For a new order the reference is a [OrderReference.ByStoreReference].
    public record OrderRequest(
            OrderReference order, OrderCommand command, Caller caller, Instant occurredAt, Instant receivedAt) {}

    /// The outcome of a request.
    public sealed interface OrderResult {

        /// With the sequences of the commit, once it is there.
        default OrderResult completed(Sequences sequences) {
            return switch (this) {
                case Committed(var order, var eventId) -> new Committed(sequences.of(order), sequences.of(eventId));
                case Duplicate(var order) -> new Duplicate(sequences.of(order));
                case Rejected rejected -> rejected;
            };
        }

        /// It is on disk; `eventId` is the sequence of the last of its events.
        record Committed(Order order, long eventId) implements OrderResult {}

        /// It was executed before.
        record Duplicate(Order order) implements OrderResult {}

        record Rejected(Reason reason, String message) implements OrderResult {}
    }

    /// The rules for all orders of this hub.
    ///
    /// @param offers how orders are offered to drivers
    /// @param tariff the fare of a new order without one; empty for none
    /// @param routing what else each event is routed to, in its transaction
    public record OrderPolicy(
            String numberPrefix,
            Optional<Duration> acceptWithin,
            OfferPolicy offers,
            Optional<FareTariff> tariff,
            EventRouting routing) {

        /// The rules without a tariff.
        public OrderPolicy(
                String numberPrefix, Optional<Duration> acceptWithin, OfferPolicy offers, EventRouting routing) {
            this(numberPrefix, acceptWithin, offers, Optional.empty(), routing);
        }
    }

    /// Two orders with the same reference show that it is ambiguous.
    private static final int MATCHES_MAX = 2;

    private final Journal journal;
    private final Predicate<Actor> isConnected;
    private final OrderPolicy policy;
    private final NewOrders newOrders;
    private final AssignmentPolicy assignmentPolicy;

    /// `isConnected` tests whether the connection of an actor still lives; it is called on the journal's thread.
    public OrderCommandHandler(Journal journal, Predicate<Actor> isConnected, OrderPolicy policy) {
        this(journal, isConnected, policy, AssignmentPolicy.REGISTERED_OR_UNKNOWN);
    }

    public OrderCommandHandler(
            Journal journal, Predicate<Actor> isConnected, OrderPolicy policy, AssignmentPolicy assignmentPolicy) {
        this.journal = journal;
        this.isConnected = isConnected;
        this.policy = policy;
        newOrders = new NewOrders(policy);
        this.assignmentPolicy = assignmentPolicy;
    }

    /// The same, with transactions of another journal.
    public OrderCommandHandler withJournal(UnaryOperator<Journal> other) {
        return new OrderCommandHandler(other.apply(journal), isConnected, policy, assignmentPolicy);
    }

    /// Never blocks. See [Journal#submit] for how it may fail.
    public CompletableFuture<OrderResult> handle(OrderRequest request) {
        return journal.submit(new Transaction<>(
                CommandReads.of(request),
                work -> handleInTransaction(work, request)::completed,
                CommandSize.estimatedBytes(request.command()),
                false));
    }

    /// Handles a request inside a transaction that reads what [CommandReads] lists. Its result has provisional
    /// sequences, which [OrderResult#completed] replaces after the commit.
    public OrderResult handleInTransaction(UnitOfWork work, OrderRequest request) {
        return request.command() instanceof OrderCommand.Place place
                ? place(work, request, place)
                : transition(work, request);
    }

    private OrderResult place(UnitOfWork work, OrderRequest request, OrderCommand.Place place) {
        if (!(request.order() instanceof OrderReference.ByStoreReference(var store, var name))) {
            throw new IllegalArgumentException("order: " + request.order() + " (expected: a store and a reference)");
        }
        var isCustomers = request.caller() instanceof Caller.Authenticated(var by) && by.role() == Role.CUSTOMER;
        var priced = CataloguePricing.price(place.details(), store, work, isCustomers);
        var newOrder = newOrders.draft(request, place, priced.details(), store, name);
        var byCustomer = newOrder.foreignIdOwner()
                .flatMap(customer -> work.findByCustomerReference(store, customer, place.foreignId()));
        if (byCustomer.isPresent()) {
            return apply(work, request, byCustomer.get());
        }
        var existing = work.findByStoreReference(store, name);
        if (existing.isEmpty()
                && !place.foreignId().equals(name)
                && newOrder.foreignIdOwner().isEmpty()) {
            existing = work.findByStoreReference(store, place.foreignId());
        }
        if (existing.isPresent()) {
            return existing.get().messageId().equals(name) && isSameCustomer(existing.get(), place)
                    ? apply(work, request, existing.get())
                    : new OrderResult.Rejected(
                            Reason.CONFLICT,
                            "order " + place.foreignId() + " of " + store + " was placed before, as message "
                                    + existing.get().messageId());
        }
        if (!OrderAuthorization.allows(request.caller(), place, newOrder)) {
            return forbidden(newOrder);
        }
        if (place.initialState() == OrderState.PENDING && !isStoreOpen(work, store)) {
            return new OrderResult.Rejected(Reason.CONFLICT, "store " + store + ": closed (expected: an open one)");
        }
        if (priced.rejectionOrNone() != null) {
            return new OrderResult.Rejected(Reason.CONFLICT, priced.rejectionOrNone());
        }
        return apply(work, request, newOrders.complete(work, newOrder));
    }

    private static boolean isSameCustomer(Order order, OrderCommand.Place place) {
        return order.details().customer().equals(place.details().customer());
    }

    private static boolean isStoreOpen(UnitOfWork work, String store) {
        return work.findBusiness(store).map(business -> business.isOpen()).orElse(true);
    }

    private OrderResult transition(UnitOfWork work, OrderRequest request) {
        return switch (request.order()) {
            case OrderReference.ById(var id) ->
                work.findOrder(id).map(order -> apply(work, request, order)).orElseGet(() -> notFound(id.toString()));
            case OrderReference.ByStoreReference(var store, var name) ->
                work.findByStoreReference(store, name)
                        .map(order -> apply(work, request, order))
                        .orElseGet(() -> resolveReference(work, request, name, Optional.of(store)));
            case OrderReference.InAnyStore(var name) -> resolveReference(work, request, name, Optional.empty());
        };
    }

    /// Tries the scopes in turn and takes the first that has exactly one match: orders that the driver holds come
    /// first, ended orders last.
    private OrderResult resolveReference(UnitOfWork work, OrderRequest request, String name, Optional<String> store) {
        for (var scope : UnitOfWork.ReferenceScope.values()) {
            var matches =
                    work.findAllByReference(name, store, scope, request.caller().actor(), MATCHES_MAX);
            if (matches.size() == 1) {
                return apply(work, request, matches.getFirst());
            }
            if (!matches.isEmpty()) {
                return new OrderResult.Rejected(
                        Reason.AMBIGUOUS,
                        store.isEmpty()
                                ? "order " + name + ": several stores have one (expected: a store)"
                                : "order " + name + " of " + store.get() + ": several customers have one"
                                        + " (expected: the messageId)");
            }
        }
        return notFound(name + store.map(of -> " of " + of).orElse(""));
    }

    private static OrderResult notFound(String what) {
        return new OrderResult.Rejected(Reason.NOT_FOUND, "order " + what + ": does not exist");
    }

    private static OrderResult forbidden(Order order) {
        return new OrderResult.Rejected(Reason.FORBIDDEN, "order " + order.messageId() + ": this user may not do this");
    }

    private OrderResult apply(UnitOfWork work, OrderRequest request, Order order) {
        if (!OrderAuthorization.allows(request.caller(), request.command(), order)) {
            return forbidden(order);
        }
        if (request.command() instanceof OrderCommand.Assign(var driver) && !assignmentPolicy.permits(work, driver)) {
            return new OrderResult.Rejected(
                    Reason.NOT_A_DRIVER,
                    "driverId: " + driver.id() + " (expected: a driver that has authenticated with a driver's token)");
        }
        if (request.command() instanceof OrderCommand.MakeOffer(var offer)) {
            var offDuty = offer.drivers().stream()
                    .filter(driver -> isOffDuty(work, driver))
                    .findFirst();
            if (offDuty.isPresent()) {
                return new OrderResult.Rejected(
                        Reason.CONFLICT, "driver " + offDuty.get() + ": off duty (expected: drivers on duty)");
            }
        }
        return switch (OrderStateMachine.decide(
                order, request.command(), isConnected, policy.offers(), request.receivedAt())) {
            case Accepted(var steps) -> persist(work, request, order, steps);
            case AlreadyDone(var unchanged) -> new OrderResult.Duplicate(unchanged);
            case Refused(var reason, var message) ->
                new OrderResult.Rejected(
                        reason,
                        reason == Reason.CONFLICT && OrderStateMachine.hasNoTransition(order, request.command())
                                ? message + " (expected: " + describeNextStates(request.caller(), order) + ")"
                                : message);
        };
    }

    private static boolean isOffDuty(UnitOfWork work, String driver) {
        return work.findDriver(driver)
                .filter(known -> known.status() == DriverStatus.OFFLINE)
                .isPresent();
    }

    /// The states that the caller may move the order to, as text.
    private static String describeNextStates(Caller caller, Order order) {
        var names = OrderAuthorization.reachableStates(caller, order).stream()
                .map(OrderState::wireName)
                .toList();
        return names.isEmpty()
                ? (order.state().isActive() ? "a change by another participant" : "no change, the order has ended")
                : names.size() == 1
                        ? names.getFirst()
                        : String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
    }

    private OrderResult persist(UnitOfWork work, OrderRequest request, Order order, List<Decision.Step> steps) {
        var now = order;
        for (var step : steps) {
            var next = step.orderAfter();
            var event = step.event();
            var sequence = work.append(
                    now.state(), next, event, request.caller().actor(), request.occurredAt(), request.receivedAt());
            now = next.withSequence(sequence);
            NotificationRouting.route(work, now, event, sequence, request.receivedAt());
            policy.routing().route(work, now, event);
        }
        return new OrderResult.Committed(now, now.lastSequence());
    }
}
