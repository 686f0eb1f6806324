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
import waybill.access.UserId;
import waybill.directory.Answer;
import waybill.directory.Business;
import waybill.directory.Device;
import waybill.directory.DriverState;
import waybill.directory.Offer;
import waybill.directory.Person;
import waybill.directory.Product;
import waybill.mailbox.Checkpoint;
import waybill.mailbox.Letter;
import waybill.mailbox.Queue;
import waybill.mailbox.Receipt;
import waybill.mailbox.Recipient;
import waybill.mailbox.Topic;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.Ledger;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// One version of everything, in a few collections. Work is done on a copy, which takes the place of the
/// original if all goes well.
final class InMemoryBooks implements Ledger {

    private static final Duration ANSWERS_KEPT_FOR = Duration.ofHours(24);

    record Asked(long order, Receipt receipt) {}

    record Request(UserId user, String key) {}

    record Kept(Answer answer, Instant at) {}

    final Map<Long, Order> orders = new LinkedHashMap<>();
    final List<LogEntry> events = new ArrayList<>();
    final TreeSet<Long> mailbox = new TreeSet<>();
    final Map<Long, Set<String>> confirmations = new HashMap<>();
    final Map<String, List<Long>> letters = new HashMap<>();
    final Map<Long, Asked> receipts = new TreeMap<>();
    final Map<String, Long> marks = new HashMap<>();
    final List<Checkpoint> checkpoints = new ArrayList<>();
    final Map<String, Business> businesses = new HashMap<>();
    final Map<UserId, Person> people = new HashMap<>();
    final Map<String, List<Product>> products = new HashMap<>();
    final Map<String, DriverState> drivers = new TreeMap<>();
    final Map<String, Device> devices = new HashMap<>();
    final Map<UserId, Instant> revocations = new HashMap<>();
    private final Map<LocalDate, Long> days = new HashMap<>();
    private final Map<String, Offer> offers = new HashMap<>();
    private final Map<Request, Kept> answers = new HashMap<>();
    private Instant latest = Instant.EPOCH;

    InMemoryBooks copy() {
        var copy = new InMemoryBooks();
        copy.orders.putAll(orders);
        copy.events.addAll(events);
        copy.mailbox.addAll(mailbox);
        copy.confirmations.putAll(confirmations);
        letters.forEach((recipient, positions) -> copy.letters.put(recipient, new ArrayList<>(positions)));
        copy.receipts.putAll(receipts);
        copy.marks.putAll(marks);
        copy.checkpoints.addAll(checkpoints);
        copy.businesses.putAll(businesses);
        copy.people.putAll(people);
        copy.products.putAll(products);
        copy.drivers.putAll(drivers);
        copy.devices.putAll(devices);
        copy.revocations.putAll(revocations);
        copy.days.putAll(days);
        copy.offers.putAll(offers);
        copy.answers.putAll(answers);
        copy.latest = latest;
        return copy;
    }

    @Override
    public Optional<Order> byId(OrderId id) {
        return orders.values().stream().filter(order -> order.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Order> named(String store, String name) {
        return orders.values().stream()
                .filter(order -> order.store().equals(store))
                .filter(order -> order.messageId().equals(name)
                        || (order.foreignId().equals(name) && order.namedBy().isEmpty()))
                .min(Comparator.comparing(order -> !order.messageId().equals(name)));
    }

    @Override
    public Optional<Order> namedByCustomer(String store, String customer, String name) {
        return orders.values().stream()
                .filter(order ->
                        order.store().equals(store) && order.foreignId().equals(name))
                .filter(order -> order.namedBy().filter(customer::equals).isPresent())
                .findFirst();
    }

    @Override
    public List<Order> namesakes(String name, Optional<String> store, Among among, Actor by, int max) {
        return orders.values().stream()
                .filter(order ->
                        order.messageId().equals(name) || order.foreignId().equals(name))
                .filter(order -> store.isEmpty() || store.get().equals(order.store()))
                .filter(order -> isAmong(order, among, by))
                .limit(max)
                .toList();
    }

    private static boolean isAmong(Order order, Among among, Actor by) {
        var isOwn = order.driver().filter(by::equals).isPresent();
        var isActive = order.state().isActive();
        return switch (among) {
            case OWN -> isOwn && isActive;
            case WAITING ->
                order.driver().isEmpty()
                        && order.state() == OrderState.READY_FOR_PICKUP
                        && order.namedBy().isEmpty();
            case ACTIVE -> isActive;
            case OWN_ENDED -> isOwn && !isActive;
            case ALL -> true;
        };
    }

    @Override
    public boolean isStore(String name) {
        return orders.values().stream().anyMatch(order -> order.store().equals(name));
    }

    @Override
    public String placedPayload(Order order) {
        return said(events.get((int) order.row() - 1));
    }

    @Override
    public long nextOf(LocalDate day) {
        return days.merge(day, 1L, Long::sum);
    }

    @Override
    public long append(
            OrderState before, Order next, OrderEvent event, Actor by, Instant occurredAt, Instant receivedAt) {
        var position = events.size() + 1L;
        var order = next.at(position);
        orders.put(order.row(), order);
        events.add(new LogEntry(position, order, before, event, by, occurredAt, receivedAt));
        noteTime(receivedAt);
        return position;
    }

    @Override
    public long append(HubEvent event, Actor by, Instant occurredAt, Instant receivedAt) {
        var position = events.size() + 1L;
        events.add(new LogEntry(position, null, OrderState.NEW, event, by, occurredAt, receivedAt));
        noteTime(receivedAt);
        return position;
    }

    @Override
    public void post(Queue queue, long position) {
        mailbox.add(position);
    }

    @Override
    public void post(Recipient recipient, long position) {
        letters.computeIfAbsent(recipient.key(), _ -> new ArrayList<>()).add(position);
    }

    @Override
    public boolean remove(Queue queue, String messageId) {
        var found = find(queue, messageId);
        found.ifPresent(position -> {
            mailbox.remove(position);
            confirmations.remove(position);
        });
        return found.isPresent();
    }

    private Optional<Long> find(Queue queue, String messageId) {
        return mailbox.stream()
                .filter(position -> {
                    var letter = letter(position);
                    return letter.queue().equals(queue) && letter.messageId().equals(messageId);
                })
                .findFirst();
    }

    @Override
    public boolean confirmPickup(Queue queue, String messageId, Actor reader) {
        return find(queue, messageId)
                .filter(position -> isFor(letter(position), reader.toString()))
                .filter(position -> {
                    var readers = confirmations.computeIfAbsent(position, _ -> Set.of());
                    var more = new LinkedHashSet<>(readers);
                    var isNew = readers.size() < CONFIRMATIONS_MAX && more.add(reader.toString());
                    confirmations.put(position, more);
                    return isNew;
                })
                .isPresent();
    }

    /// Nobody else with a name has it.
    static boolean isFor(Letter letter, String reader) {
        return letter.takenBy()
                .filter(driver -> !driver.startsWith("socket:") && !driver.equals(reader))
                .isEmpty();
    }

    @Override
    public void forgetConfirmations(Order order) {
        find(new Queue(order.store(), Topic.PICKUP), order.messageId()).ifPresent(confirmations::remove);
    }

    @Override
    public void askReceipt(Order order, long position, Instant at) {
        var receipt = new Receipt(position, order.store(), at, 0, null, null, null);
        receipts.put(position, new Asked(order.row(), receipt));
    }

    @Override
    public void noteSent(String store, long position, Instant at) {
        receipts.computeIfPresent(
                position,
                (_, asked) -> asked.receipt.store().equals(store)
                        ? new Asked(asked.order, with(asked.receipt, asked.receipt.attempts() + 1, at))
                        : asked);
    }

    private static Receipt with(Receipt receipt, int attempts, Instant sentAt) {
        return new Receipt(
                receipt.eventId(),
                receipt.store(),
                receipt.askedAt(),
                attempts,
                sentAt,
                receipt.acknowledgedAtOrNone(),
                receipt.closedAtOrNone());
    }

    @Override
    public boolean acknowledge(String store, long position, Instant at) {
        var asked = receipts.get(position);
        if (asked == null
                || !asked.receipt.store().equals(store)
                || asked.receipt.acknowledgedAt().isPresent()) {
            return false;
        }
        var receipt = asked.receipt;
        receipts.put(
                position,
                new Asked(
                        asked.order,
                        new Receipt(
                                position,
                                store,
                                receipt.askedAt(),
                                receipt.attempts(),
                                receipt.sentAtOrNone(),
                                at,
                                receipt.closedAtOrNone())));
        return true;
    }

    @Override
    public void closeReceipts(Order order, Instant at) {
        receipts.replaceAll((_, asked) -> asked.order == order.row() && isOpen(asked.receipt)
                ? new Asked(
                        asked.order,
                        new Receipt(
                                asked.receipt.eventId(),
                                asked.receipt.store(),
                                asked.receipt.askedAt(),
                                asked.receipt.attempts(),
                                asked.receipt.sentAtOrNone(),
                                null,
                                at))
                : asked);
    }

    private static boolean isOpen(Receipt receipt) {
        return receipt.state() == Receipt.State.PENDING || receipt.state() == Receipt.State.SENT;
    }

    @Override
    public void saveCheckpoint(Checkpoint checkpoint) {
        checkpoints.removeIf(
                one -> one.user().equals(checkpoint.user()) && one.dialect().equals(checkpoint.dialect()));
        checkpoints.add(checkpoint);
    }

    @Override
    public void purgeCheckpoints(Instant before) {
        checkpoints.removeIf(one -> one.savedAt().isBefore(before));
    }

    @Override
    public void mark(String relay, long position) {
        marks.put(relay, position);
    }

    @Override
    public Optional<Business> findBusiness(String store) {
        return Optional.ofNullable(businesses.get(store));
    }

    @Override
    public void keep(Business business) {
        businesses.put(business.store(), business);
    }

    @Override
    public void keep(Person person) {
        people.put(person.user(), person);
    }

    @Override
    public Optional<Person> findPerson(UserId user) {
        return Optional.ofNullable(people.get(user));
    }

    @Override
    public Optional<Product> findProduct(String store, String id) {
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
        return Optional.ofNullable(drivers.get(driver));
    }

    @Override
    public void keep(DriverState driver) {
        drivers.put(driver.driver(), driver);
    }

    @Override
    public boolean keep(Offer offer) {
        return offers.putIfAbsent(offer.code(), offer) == null;
    }

    @Override
    public void keep(Device device, int perUserMax) {
        devices.put(device.token(), device);
        devices.values().stream()
                .filter(other -> other.user().equals(device.user()))
                .sorted(Comparator.comparing(Device::registeredAt).reversed())
                .skip(perUserMax)
                .toList()
                .forEach(old -> devices.remove(old.token()));
    }

    @Override
    public boolean forgetDevice(UserId user, String token) {
        var device = devices.get(token);
        return device != null && device.user().equals(user) && devices.remove(token) != null;
    }

    @Override
    public void revoke(UserId user, Instant until) {
        revocations.merge(user, until, (before, now) -> before.isAfter(now) ? before : now);
    }

    @Override
    public Optional<Answer> answerTo(UserId user, String key) {
        return Optional.ofNullable(answers.get(new Request(user, key)))
                .filter(kept -> !kept.at.isBefore(latest.minus(ANSWERS_KEPT_FOR)))
                .map(Kept::answer);
    }

    @Override
    public void keep(UserId user, String key, Answer answer, Instant at) {
        answers.put(new Request(user, key), new Kept(answer, at));
        noteTime(at);
    }

    private void noteTime(Instant at) {
        latest = latest.isAfter(at) ? latest : at;
    }

    Letter letter(long position) {
        var entry = events.get((int) position - 1);
        var order = entry.order().orElseThrow();
        var topic = ((OrderEvent) entry.event()).topic().orElseThrow();
        return new Letter(
                position,
                new Queue(order.store(), topic),
                order.messageId(),
                said(entry),
                entry.receivedAt(),
                byId(order.id()).flatMap(Order::driver).map(Actor::toString).orElse(null));
    }

    private static String said(LogEntry entry) {
        return ((OrderEvent) entry.event()).said();
    }
}
