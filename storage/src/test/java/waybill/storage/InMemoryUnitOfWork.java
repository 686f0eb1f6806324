package waybill.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import waybill.access.UserId;
import waybill.directory.Business;
import waybill.directory.Coupon;
import waybill.directory.Device;
import waybill.directory.DriverState;
import waybill.directory.Person;
import waybill.directory.Product;
import waybill.directory.StoredResponse;
import waybill.journal.LogEntry;
import waybill.journal.Read;
import waybill.journal.Sequences;
import waybill.journal.UnitOfWork;
import waybill.messaging.ClientCheckpoint;
import waybill.messaging.Confirmation;
import waybill.messaging.Queue;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Recipient;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// One version of everything, in a few collections. Work is done on a copy, which takes the place of the
/// original if all goes well.
final class InMemoryUnitOfWork implements UnitOfWork {

    private static final Duration RESPONSE_RETENTION = Duration.ofHours(24);

    record RequestedConfirmation(long order, Confirmation confirmation) {}

    record ResponseKey(UserId user, String key) {}

    record TimedResponse(StoredResponse response, Instant at) {}

    final Map<Long, Order> orders = new LinkedHashMap<>();
    final List<LogEntry> events = new ArrayList<>();
    final TreeSet<Long> mailbox = new TreeSet<>();
    final Map<Long, Set<String>> pickupAcks = new HashMap<>();
    final Map<String, List<Long>> mailboxes = new HashMap<>();
    final Map<Long, RequestedConfirmation> confirmations = new TreeMap<>();
    final Map<String, Long> relayCheckpoints = new HashMap<>();
    final List<ClientCheckpoint> clientCheckpoints = new ArrayList<>();
    final Map<String, Business> businesses = new HashMap<>();
    final Map<UserId, Person> people = new HashMap<>();
    final Map<String, List<Product>> products = new HashMap<>();
    final Map<String, DriverState> drivers = new TreeMap<>();
    final Map<String, Device> devices = new HashMap<>();
    final Map<UserId, Instant> revocations = new HashMap<>();
    private final Map<LocalDate, Long> days = new HashMap<>();
    private final Map<String, Coupon> offers = new HashMap<>();
    private final Map<ResponseKey, TimedResponse> responses = new HashMap<>();
    private Instant latest = Instant.EPOCH;
    private Set<Read> declaredReads = Set.of();
    long committed; // the newest event before this transaction

    /// The sequences of the events of this transaction.
    Sequences sequences() {
        return new Sequences(committed);
    }

    /// The order as tasks see it: what is not committed has provisional sequences.
    private Order provisional(Order order) {
        return order.lastSequence() <= committed
                ? order
                : order.withSequences(provisional(order.storageId()), provisional(order.lastSequence()));
    }

    private long provisional(long sequence) {
        return sequence <= committed ? sequence : Sequences.provisional(sequence - committed);
    }

    /// A transaction that declares its reads must declare all of them; one that declares none is not restricted.
    void restrictTo(List<Read> reads) {
        declaredReads = Set.copyOf(reads);
    }

    private void requireDeclared(Read read) {
        if (!declaredReads.isEmpty() && !declaredReads.contains(read)) {
            throw new IllegalStateException("read: " + read + " (expected: one of " + declaredReads + ")");
        }
    }

    InMemoryUnitOfWork copy() {
        var copy = new InMemoryUnitOfWork();
        copy.orders.putAll(orders);
        copy.events.addAll(events);
        copy.mailbox.addAll(mailbox);
        copy.pickupAcks.putAll(pickupAcks);
        mailboxes.forEach((recipient, positions) -> copy.mailboxes.put(recipient, new ArrayList<>(positions)));
        copy.confirmations.putAll(confirmations);
        copy.relayCheckpoints.putAll(relayCheckpoints);
        copy.clientCheckpoints.addAll(clientCheckpoints);
        copy.businesses.putAll(businesses);
        copy.people.putAll(people);
        copy.products.putAll(products);
        copy.drivers.putAll(drivers);
        copy.devices.putAll(devices);
        copy.revocations.putAll(revocations);
        copy.days.putAll(days);
        copy.offers.putAll(offers);
        copy.responses.putAll(responses);
        copy.latest = latest;
        copy.committed = events.size();
        return copy;
    }

    @Override
    public Optional<Order> findOrder(OrderId id) {
        requireDeclared(new Read.OfOrder(id));
        return loadOrder(id);
    }

    Optional<Order> loadOrder(OrderId id) {
        return orders.values().stream()
                .filter(order -> order.id().equals(id))
                .findFirst()
                .map(this::provisional);
    }

    @Override
    public Optional<Order> findByStoreReference(String store, String name) {
        requireDeclared(new Read.OfStoreReference(store, name));
        return orders.values().stream()
                .filter(order -> order.store().equals(store))
                .filter(order -> order.messageId().equals(name)
                        || (order.foreignId().equals(name)
                                && order.foreignIdOwner().isEmpty()))
                .min(Comparator.comparing(order -> !order.messageId().equals(name)))
                .map(this::provisional);
    }

    @Override
    public Optional<Order> findByCustomerReference(String store, String customer, String name) {
        requireDeclared(new Read.OfCustomerReference(store, customer, name));
        return orders.values().stream()
                .filter(order ->
                        order.store().equals(store) && order.foreignId().equals(name))
                .filter(order -> order.foreignIdOwner().filter(customer::equals).isPresent())
                .findFirst()
                .map(this::provisional);
    }

    @Override
    public List<Order> findAllByReference(
            String name, Optional<String> store, ReferenceScope among, Actor by, int max) {
        requireDeclared(new Read.OfReference(name));
        return orders.values().stream()
                .filter(order ->
                        order.messageId().equals(name) || order.foreignId().equals(name))
                .filter(order -> store.isEmpty() || store.get().equals(order.store()))
                .filter(order -> isInScope(order, among, by))
                .limit(max)
                .map(this::provisional)
                .toList();
    }

    private static boolean isInScope(Order order, ReferenceScope among, Actor by) {
        var isOwn = order.driver().filter(by::equals).isPresent();
        var isActive = order.state().isActive();
        return switch (among) {
            case OWN_ACTIVE -> isOwn && isActive;
            case UNASSIGNED ->
                order.driver().isEmpty()
                        && order.state() == OrderState.READY_FOR_PICKUP
                        && order.foreignIdOwner().isEmpty();
            case ACTIVE -> isActive;
            case OWN_ENDED -> isOwn && !isActive;
            case ALL -> true;
        };
    }

    @Override
    public boolean storeExists(String name) {
        return orders.values().stream().anyMatch(order -> order.store().equals(name));
    }

    @Override
    public long nextOrderNumber(LocalDate day) {
        return days.merge(day, 1L, Long::sum);
    }

    @Override
    public long append(
            OrderState before, Order next, OrderEvent event, Actor by, Instant occurredAt, Instant receivedAt) {
        var position = events.size() + 1L;
        var order = sequences().of(next).withSequence(position);
        orders.put(order.storageId(), order);
        events.add(new LogEntry(position, order, before, event, by, occurredAt, receivedAt));
        observeTime(receivedAt);
        return Sequences.provisional(position - committed);
    }

    @Override
    public long append(HubEvent event, Actor by, Instant occurredAt, Instant receivedAt) {
        var position = events.size() + 1L;
        events.add(new LogEntry(position, null, OrderState.NEW, event, by, occurredAt, receivedAt));
        observeTime(receivedAt);
        return Sequences.provisional(position - committed);
    }

    @Override
    public long append(NodeEvent event, Actor by, Instant at) {
        var position = events.size() + 1L;
        events.add(new LogEntry(position, null, OrderState.NEW, event, by, at, at));
        observeTime(at);
        return Sequences.provisional(position - committed);
    }

    @Override
    public void enqueue(Queue queue, long sequence) {
        mailbox.add(sequences().of(sequence));
    }

    @Override
    public void enqueue(Recipient recipient, long sequence) {
        mailboxes
                .computeIfAbsent(recipient.key(), _ -> new ArrayList<>())
                .add(sequences().of(sequence));
    }

    @Override
    public boolean deleteMessage(Queue queue, String messageId) {
        var found = findMessage(queue, messageId);
        found.ifPresent(position -> {
            mailbox.remove(position);
            pickupAcks.remove(position);
        });
        return found.isPresent();
    }

    @Override
    public void withdrawPickup(Order order) {
        deleteMessage(new Queue(order.store(), Topic.PICKUP), order.messageId());
    }

    private Optional<Long> findMessage(Queue queue, String messageId) {
        return mailbox.stream()
                .filter(position -> {
                    var letter = message(position);
                    return letter.queue().equals(queue) && letter.messageId().equals(messageId);
                })
                .findFirst();
    }

    @Override
    public boolean acknowledgePickup(Queue queue, String messageId, Actor reader) {
        return findMessage(queue, messageId)
                .filter(position -> isFor(message(position), reader.toString()))
                .filter(position -> {
                    var readers = pickupAcks.computeIfAbsent(position, _ -> Set.of());
                    var more = new LinkedHashSet<>(readers);
                    var isNew = readers.size() < PICKUP_ACKS_MAX && more.add(reader.toString());
                    pickupAcks.put(position, more);
                    return isNew;
                })
                .isPresent();
    }

    /// Nobody else with a name has it.
    static boolean isFor(QueuedMessage letter, String reader) {
        return letter.claimedBy()
                .filter(driver -> !driver.startsWith("socket:") && !driver.equals(reader))
                .isEmpty();
    }

    @Override
    public void deletePickupAcks(Order order) {
        findMessage(new Queue(order.store(), Topic.PICKUP), order.messageId()).ifPresent(pickupAcks::remove);
    }

    @Override
    public void requestConfirmation(Order order, long sequence, Instant at) {
        var position = sequences().of(sequence);
        var receipt = new Confirmation(position, order.store(), at, 0, null, null, null);
        confirmations.put(
                position, new RequestedConfirmation(sequences().of(order).storageId(), receipt));
    }

    @Override
    public void recordConfirmationAttempt(String store, long position, Instant at) {
        confirmations.computeIfPresent(
                position,
                (_, asked) -> asked.confirmation.store().equals(store)
                        ? new RequestedConfirmation(
                                asked.order, withAttempt(asked.confirmation, asked.confirmation.attempts() + 1, at))
                        : asked);
    }

    private static Confirmation withAttempt(Confirmation receipt, int attempts, Instant sentAt) {
        return new Confirmation(
                receipt.eventId(),
                receipt.store(),
                receipt.requestedAt(),
                attempts,
                sentAt,
                receipt.acknowledgedAtOrNone(),
                receipt.closedAtOrNone());
    }

    @Override
    public boolean confirm(String store, long position, Instant at) {
        var asked = confirmations.get(position);
        if (asked == null
                || !asked.confirmation.store().equals(store)
                || asked.confirmation.acknowledgedAt().isPresent()) {
            return false;
        }
        var receipt = asked.confirmation;
        confirmations.put(
                position,
                new RequestedConfirmation(
                        asked.order,
                        new Confirmation(
                                position,
                                store,
                                receipt.requestedAt(),
                                receipt.attempts(),
                                receipt.sentAtOrNone(),
                                at,
                                receipt.closedAtOrNone())));
        return true;
    }

    @Override
    public void closeConfirmations(Order order, Instant at) {
        var id = sequences().of(order).storageId();
        confirmations.replaceAll((_, asked) -> asked.order == id && isOpenConfirmation(asked.confirmation)
                ? new RequestedConfirmation(
                        asked.order,
                        new Confirmation(
                                asked.confirmation.eventId(),
                                asked.confirmation.store(),
                                asked.confirmation.requestedAt(),
                                asked.confirmation.attempts(),
                                asked.confirmation.sentAtOrNone(),
                                null,
                                at))
                : asked);
    }

    private static boolean isOpenConfirmation(Confirmation receipt) {
        return receipt.state() == Confirmation.State.PENDING || receipt.state() == Confirmation.State.SENT;
    }

    @Override
    public void saveClientCheckpoint(ClientCheckpoint checkpoint) {
        clientCheckpoints.removeIf(
                one -> one.user().equals(checkpoint.user()) && one.dialect().equals(checkpoint.dialect()));
        clientCheckpoints.add(checkpoint);
    }

    @Override
    public void purgeClientCheckpoints(Instant before) {
        clientCheckpoints.removeIf(one -> one.savedAt().isBefore(before));
    }

    @Override
    public void saveRelayCheckpoint(String relay, long position) {
        relayCheckpoints.put(relay, position);
    }

    @Override
    public Optional<Business> findBusiness(String store) {
        requireDeclared(new Read.OfBusiness(store));
        return Optional.ofNullable(businesses.get(store));
    }

    @Override
    public void save(Business business) {
        businesses.put(business.store(), business);
    }

    @Override
    public void save(Person person) {
        people.put(person.user(), person);
    }

    @Override
    public Optional<Person> findPerson(UserId user) {
        requireDeclared(new Read.OfPerson(user));
        return Optional.ofNullable(people.get(user));
    }

    @Override
    public Optional<Product> findProduct(String store, String id) {
        requireDeclared(new Read.OfProduct(store, id));
        return products.getOrDefault(store, List.of()).stream()
                .filter(product -> product.id().equals(id))
                .findFirst();
    }

    @Override
    public void replaceProducts(String store, List<Product> all) {
        products.put(store, List.copyOf(all));
    }

    @Override
    public Optional<DriverState> findDriver(String driver) {
        requireDeclared(new Read.OfDriver(driver));
        return Optional.ofNullable(drivers.get(driver));
    }

    @Override
    public void save(DriverState driver) {
        drivers.put(driver.driver(), driver);
    }

    @Override
    public boolean save(Coupon offer) {
        return offers.putIfAbsent(offer.code(), offer) == null;
    }

    @Override
    public void save(Device device, int perUserMax) {
        devices.put(device.token(), device);
        devices.values().stream()
                .filter(other -> other.user().equals(device.user()))
                .sorted(Comparator.comparing(Device::registeredAt).reversed())
                .skip(perUserMax)
                .toList()
                .forEach(old -> devices.remove(old.token()));
    }

    @Override
    public boolean deleteDevice(UserId user, String token) {
        var device = devices.get(token);
        return device != null && device.user().equals(user) && devices.remove(token) != null;
    }

    @Override
    public void revokeTokens(UserId user, Instant until) {
        revocations.merge(user, until, (before, now) -> before.isAfter(now) ? before : now);
    }

    @Override
    public Optional<StoredResponse> findResponse(UserId user, String key) {
        requireDeclared(new Read.OfResponse(user, key));
        return Optional.ofNullable(responses.get(new ResponseKey(user, key)))
                .filter(kept -> !kept.at.isBefore(latest.minus(RESPONSE_RETENTION)))
                .map(TimedResponse::response);
    }

    @Override
    public void save(UserId user, String key, StoredResponse answer, Instant at) {
        responses.put(new ResponseKey(user, key), new TimedResponse(answer, at));
        observeTime(at);
    }

    @Override
    public void save(UserId user, String key, Function<Sequences, StoredResponse> response, Instant at) {
        save(user, key, response.apply(sequences()), at);
    }

    private void observeTime(Instant at) {
        latest = latest.isAfter(at) ? latest : at;
    }

    QueuedMessage message(long position) {
        var entry = events.get((int) position - 1);
        var order = entry.order().orElseThrow();
        var event = (OrderEvent) entry.event();
        return new QueuedMessage(
                new Queue(order.store(), Topic.of(event).orElseThrow()),
                order,
                event,
                entry.receivedAt(),
                loadOrder(order.id())
                        .flatMap(Order::driver)
                        .map(Actor::toString)
                        .orElse(null));
    }
}
