package waybill.order;

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
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;
import waybill.order.Decision.Repeated;

/// The door to the orders: looks one up, has it decided, and writes down what came of it, all in one transaction.
public final class Orders {

    /// Which order somebody means.
    public sealed interface Which {
        record ById(OrderId id) implements Which {}

        /// By its sender's name for it.
        record Named(String store, String name) implements Which {}

        /// By a name that one store or another knows.
        record Anywhere(String name) implements Which {}
    }

    /// What somebody asks for. An order to be placed is [Which.Named] by the store that it is of.
    public record Request(Which which, OrderCommand command, Speaker by, Instant occurredAt, Instant receivedAt) {}

    /// What came of a request.
    public sealed interface Outcome {

        /// It is on disk; `eventId` is the position of the last of its events in the log.
        record Done(Order order, long eventId) implements Outcome {}

        /// It had happened before.
        record Duplicate(Order order) implements Outcome {}

        record Declined(Reason reason, String message) implements Outcome {}
    }

    /// What orders here have in common.
    ///
    /// @param numberPrefix what their numbers begin with
    /// @param acceptWithin how long their stores have to accept them; none is as long as they like
    /// @param parcel what `/caps` is told of an order that was not placed there: JSON text
    public record Rules(String numberPrefix, Optional<Duration> acceptWithin, Function<Order, String> parcel) {}

    /// Two orders of one name are enough to know that the name is not enough.
    private static final int NAMESAKES_MAX = 2;

    private static final int BYTES_PER_ITEM = 200;

    private final Journal journal;
    private final Predicate<Actor> present;
    private final Rules rules;
    private final AssignableDrivers drivers;

    /// `present` says whether the connection of an actor still lives; it is asked on the journal's thread.
    public Orders(Journal journal, Predicate<Actor> present, Rules rules) {
        this(journal, present, rules, AssignableDrivers.UNLESS_KNOWN_OTHERWISE);
    }

    /// The same, where `drivers` says whom an order may be given to.
    public Orders(Journal journal, Predicate<Actor> present, Rules rules, AssignableDrivers drivers) {
        this.journal = journal;
        this.present = present;
        this.rules = rules;
        this.drivers = drivers;
    }

    /// Never blocks. See [Journal#submit] for how it may fail.
    public CompletableFuture<Outcome> handle(Request request) {
        return journal.submit(ledger -> decided(ledger, request), weight(request.command()));
    }

    /// What a command keeps in memory while it waits, in bytes, about.
    private static long weight(OrderCommand command) {
        return switch (command) {
            case OrderCommand.Place place ->
                place.payload().length() + (long) place.details().items().size() * BYTES_PER_ITEM;
            case OrderCommand.Collect(var _, var payload) -> payload.length();
            case OrderCommand.HandOver(var _, var payload) -> payload.length();
            case OrderCommand.Pay _,
                    OrderCommand.Accept _,
                    OrderCommand.Decline _,
                    OrderCommand.Expire _,
                    OrderCommand.Prepare _,
                    OrderCommand.MarkReady _,
                    OrderCommand.Assign _,
                    OrderCommand.Claim _,
                    OrderCommand.PickUp _,
                    OrderCommand.Depart _,
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
    public CompletableFuture<Boolean> received(Optional<String> store, List<Topic> topics, String messageId, Actor by) {
        return journal.submit(ledger -> {
            var isAny = false;
            for (var topic : topics) {
                isAny |= topic.isForDrivers()
                        ? pickupOf(ledger, store, messageId, by)
                                .filter(queue -> ledger.confirmPickup(queue, messageId, by))
                                .isPresent()
                        : store.filter(name -> ledger.remove(new Queue(name, topic), messageId))
                                .isPresent();
            }
            return isAny;
        });
    }

    public CompletableFuture<Boolean> received(Queue queue, String messageId, Actor by) {
        return received(Optional.of(queue.store()), List.of(queue.topic()), messageId, by);
    }

    private static Optional<Queue> pickupOf(Ledger ledger, Optional<String> store, String messageId, Actor by) {
        var known = store.filter(ledger::isStore);
        if (known.isEmpty()) {
            var active = ledger.namesakes(messageId, Optional.empty(), Ledger.Among.ACTIVE, by, NAMESAKES_MAX);
            known = active.size() == 1 ? Optional.of(active.getFirst().store()) : Optional.empty();
        }
        return known.map(name -> new Queue(name, Topic.PICKUP));
    }

    /// The same as [#handle], as a part of a transaction that somebody else has begun.
    public Outcome decided(Ledger ledger, Request request) {
        return request.command() instanceof OrderCommand.Place place
                ? placed(ledger, request, place)
                : moved(ledger, request);
    }

    private Outcome placed(Ledger ledger, Request request, OrderCommand.Place place) {
        if (!(request.which() instanceof Which.Named(var store, var name))) {
            throw new IllegalArgumentException(
                    "which: " + request.which() + " (expected: the store that the order is of, and a name)");
        }
        var isCustomers = request.by() instanceof Speaker.Known(var by) && by.role() == Role.CUSTOMER;
        var priced = CataloguePrices.of(place.details(), store, ledger, isCustomers);
        var fresh = fresh(request, place, priced.details(), store, name);
        var byCustomer = fresh.namedBy().flatMap(who -> ledger.namedByCustomer(store, who, place.foreignId()));
        if (byCustomer.isPresent()) {
            return written(ledger, request, byCustomer.get());
        }
        var known = ledger.named(store, name);
        if (known.isEmpty()
                && !place.foreignId().equals(name)
                && fresh.namedBy().isEmpty()) {
            known = ledger.named(store, place.foreignId());
        }
        if (known.isPresent()) {
            return known.get().messageId().equals(name) && isSameCustomer(known.get(), place)
                    ? written(ledger, request, known.get())
                    : new Outcome.Declined(
                            Reason.CONFLICT,
                            "order " + place.foreignId() + " of " + store + " was placed before, as message "
                                    + known.get().messageId());
        }
        if (!Permission.allows(request.by(), place, fresh)) {
            return forbidden(fresh);
        }
        if (place.as() == OrderState.PENDING && !isOpen(ledger, store)) {
            return new Outcome.Declined(Reason.CONFLICT, "store " + store + ": closed (expected: an open one)");
        }
        if (priced.objectionOrNone() != null) {
            return new Outcome.Declined(Reason.CONFLICT, priced.objectionOrNone());
        }
        return written(ledger, request, numbered(ledger, located(ledger, fresh)));
    }

    private static boolean isSameCustomer(Order order, OrderCommand.Place place) {
        return order.details().customer().equals(place.details().customer());
    }

    private static boolean isOpen(Ledger ledger, String store) {
        return ledger.findBusiness(store).map(business -> business.isOpen()).orElse(true);
    }

    /// An order that does not say where it is fetched is fetched where its store is, as far as that is known.
    private static Order located(Ledger ledger, Order order) {
        var details = order.details();
        return details.pickup().equals(Address.UNKNOWN)
                ? ledger.findBusiness(order.store())
                        .map(business -> order.withDetails(details.withPickup(business.address())))
                        .orElse(order)
                : order;
    }

    private Order fresh(Request request, OrderCommand.Place place, Details details, String store, String name) {
        var placedAt = request.receivedAt();
        var acceptBy = place.as() == OrderState.PENDING
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

    private Order numbered(Ledger ledger, Order order) {
        var day = LocalDate.ofInstant(order.placedAt(), ZoneOffset.UTC);
        var number = String.format(Locale.ROOT, "%s-%tY%<tm%<td-%04d", rules.numberPrefix(), day, ledger.nextOf(day));
        return order.numbered(number);
    }

    private Outcome moved(Ledger ledger, Request request) {
        return switch (request.which()) {
            case Which.ById(var id) ->
                ledger.byId(id).map(order -> written(ledger, request, order)).orElseGet(() -> unknown(id.toString()));
            case Which.Named(var store, var name) ->
                ledger.named(store, name)
                        .map(order -> written(ledger, request, order))
                        .orElseGet(() -> scanned(ledger, request, name, Optional.of(store)));
            case Which.Anywhere(var name) -> scanned(ledger, request, name, Optional.empty());
        };
    }

    /// The first kind of order that there is one of by that name is meant: what a driver has at hand comes before what
    /// anybody may call the same, and what is over comes last.
    private Outcome scanned(Ledger ledger, Request request, String name, Optional<String> store) {
        for (var among : Ledger.Among.values()) {
            var namesakes = ledger.namesakes(name, store, among, request.by().actor(), NAMESAKES_MAX);
            if (namesakes.size() == 1) {
                return written(ledger, request, namesakes.getFirst());
            }
            if (!namesakes.isEmpty()) {
                return new Outcome.Declined(
                        Reason.AMBIGUOUS,
                        store.isEmpty()
                                ? "order " + name + " is known to several stores (expected: which one)"
                                : "order " + name + " of " + store.get() + " is what several customers call theirs"
                                        + " (expected: its messageId)");
            }
        }
        return unknown(name + store.map(of -> " of " + of).orElse(""));
    }

    private static Outcome unknown(String what) {
        return new Outcome.Declined(Reason.NOT_FOUND, "order " + what + ": nobody has placed it");
    }

    private static Outcome forbidden(Order order) {
        return new Outcome.Declined(Reason.FORBIDDEN, "order " + order.messageId() + ": not yours to do this with");
    }

    private Outcome written(Ledger ledger, Request request, Order order) {
        if (!Permission.allows(request.by(), request.command(), order)) {
            return forbidden(order);
        }
        if (request.command() instanceof OrderCommand.Assign(var driver) && !drivers.include(ledger, driver)) {
            return new Outcome.Declined(
                    Reason.NO_DRIVER,
                    "driverId: " + driver.id() + " (expected: a driver who has shown the hub a token of that role)");
        }
        return switch (OrderMachine.decide(order, request.command(), present)) {
            case Accepted(var steps) -> kept(ledger, request, order, steps);
            case Repeated(var known) -> new Outcome.Duplicate(known);
            case Refused(var reason, var message) ->
                new Outcome.Declined(
                        reason,
                        reason == Reason.CONFLICT && OrderMachine.leadsNowhere(order, request.command())
                                ? message + " (expected: " + next(request.by(), order) + ")"
                                : message);
        };
    }

    /// In words, where the order may be brought from here by this speaker.
    private static String next(Speaker by, Order order) {
        var words =
                Permission.nextStates(by, order).stream().map(OrderState::word).toList();
        return words.isEmpty()
                ? (order.state().isActive() ? "a step of another participant" : "nothing more, it is over")
                : words.size() == 1
                        ? words.getFirst()
                        : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    private Outcome kept(Ledger ledger, Request request, Order order, List<Decision.Step> steps) {
        var now = order;
        for (var step : steps) {
            var next = step.next().after(now);
            var event = spoken(ledger, next, step.event());
            var position = ledger.append(
                    now.state(), next, event, request.by().actor(), request.occurredAt(), request.receivedAt());
            Post.deliver(ledger, next.at(position), event, position, request.receivedAt());
            now = next.at(position);
        }
        return new Outcome.Done(now, now.version());
    }

    /// What nobody put into words on `/caps` is told there in the words in which the order was placed.
    private OrderEvent spoken(Ledger ledger, Order order, OrderEvent event) {
        if (!(event instanceof OrderEvent.Moved(var to, var reason, var said))
                || !said.equals(OrderEvent.NOTHING_SAID)
                || event.topic().isEmpty()) {
            return event;
        }
        var placed = ledger.placedPayload(order);
        return new OrderEvent.Moved(
                to,
                reason,
                placed.equals(OrderEvent.NOTHING_SAID) ? rules.parcel().apply(order) : placed);
    }
}
