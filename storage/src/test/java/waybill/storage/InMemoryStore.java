package waybill.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import waybill.access.UserId;
import waybill.directory.Business;
import waybill.directory.Device;
import waybill.directory.Directory;
import waybill.directory.DriverState;
import waybill.directory.Person;
import waybill.directory.Product;
import waybill.mailbox.Checkpoint;
import waybill.mailbox.Checkpoints;
import waybill.mailbox.Depth;
import waybill.mailbox.Letter;
import waybill.mailbox.LetterPage;
import waybill.mailbox.Mailboxes;
import waybill.mailbox.Queue;
import waybill.mailbox.Reader;
import waybill.mailbox.Receipt;
import waybill.mailbox.Receipts;
import waybill.mailbox.Topic;
import waybill.order.Actor;
import waybill.order.EventLog;
import waybill.order.HubEvent;
import waybill.order.Journal;
import waybill.order.LogEntry;
import waybill.order.LogFilter;
import waybill.order.Order;
import waybill.order.OrderBook;
import waybill.order.OrderEvent;
import waybill.order.OrderFilter;
import waybill.order.OrderId;

/// The ports in a few collections: the same promises, and nothing on disk. One monitor guards it all.
final class InMemoryStore implements Journal, EventLog, OrderBook, Mailboxes, Receipts, Checkpoints, Directory {

    private InMemoryBooks books = new InMemoryBooks();

    @Override
    public synchronized <T> CompletableFuture<T> submit(Work<T> work) {
        var draft = books.copy();
        try {
            var result = work.run(draft);
            books = draft;
            return CompletableFuture.completedFuture(result);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// What is committed is never changed, so it can be read without the monitor.
    private synchronized InMemoryBooks committed() {
        return books;
    }

    @Override
    public List<LogEntry> after(long after, int max) {
        return committed().events.stream().skip(after).limit(max).toList();
    }

    @Override
    public List<LogEntry> search(LogFilter filter) {
        return committed().events.stream()
                .filter(entry -> entry.position() > filter.after())
                .filter(entry -> !entry.receivedAt().isBefore(filter.since()))
                .filter(entry -> filter.store().isEmpty() || filter.store().equals(store(entry)))
                .filter(entry -> filter.topic().isEmpty() || filter.topic().equals(topic(entry)))
                .limit(filter.max())
                .toList();
    }

    @Override
    public List<LogEntry> news(Reader reader, long after, long upTo, int max) {
        var books = committed();
        Predicate<LogEntry> addressed = entry -> reader.recipients().stream()
                .anyMatch(recipient ->
                        books.letters.getOrDefault(recipient.key(), List.of()).contains(entry.position()));
        return books.events.stream()
                .filter(entry -> entry.position() > after && entry.position() <= upTo)
                .filter(entry -> reader.readsAll()
                        || (reader.store().isPresent() && reader.store().equals(store(entry)))
                        || addressed.test(entry))
                .limit(max)
                .toList();
    }

    @Override
    public List<LogEntry> history(OrderId id) {
        return committed().events.stream()
                .filter(entry -> entry.order().map(Order::id).filter(id::equals).isPresent())
                .toList();
    }

    private static Optional<String> store(LogEntry entry) {
        return switch (entry.event()) {
            case OrderEvent _ -> entry.order().map(Order::store);
            case HubEvent.BusinessStatusChanged changed -> Optional.of(changed.store());
            case HubEvent.DriverStatusChanged _, HubEvent.Notified _, HubEvent.OfferMade _ -> Optional.empty();
        };
    }

    private static Optional<Topic> topic(LogEntry entry) {
        return entry.event() instanceof OrderEvent event ? event.topic() : Optional.empty();
    }

    @Override
    public long head() {
        return committed().events.size();
    }

    @Override
    public List<Checkpoint> of(String user) {
        return committed().checkpoints.stream()
                .filter(one -> one.user().equals(user))
                .sorted(Comparator.comparing(Checkpoint::dialect))
                .toList();
    }

    @Override
    public long horizon() {
        return 0;
    }

    @Override
    public long mark(String relay) {
        return committed().marks.getOrDefault(relay, 0L);
    }

    @Override
    public Optional<Order> byId(OrderId id) {
        return committed().byId(id);
    }

    @Override
    public List<Order> list(OrderFilter filter) {
        return committed().orders.values().stream()
                .sorted(Comparator.comparingLong(Order::row).reversed())
                .filter(order -> order.row() < filter.before())
                .filter(order -> isIn(order, filter.scope()))
                .filter(order -> filter.states().isEmpty() || filter.states().contains(order.state()))
                .limit(filter.max())
                .toList();
    }

    private static boolean isIn(Order order, OrderFilter.Scope scope) {
        return switch (scope) {
            case OrderFilter.Scope.All _ -> true;
            case OrderFilter.Scope.OfCustomer(var customer) ->
                customer.equals(order.details().customerOrNone());
            case OrderFilter.Scope.OfStore(var store) -> store.equals(order.store());
            case OrderFilter.Scope.OfDriver(var driver) -> Actor.driver(driver).equals(order.driverOrNone());
        };
    }

    @Override
    public List<Order> overdue(Instant now, int max) {
        return awaitingAcceptance()
                .filter(order -> !order.acceptBy().orElseThrow().isAfter(now))
                .limit(max)
                .toList();
    }

    @Override
    public List<Order> idleSince(Instant before, int max) {
        var books = committed();
        return books.orders.values().stream()
                .filter(order -> order.state().isActive())
                .filter(order ->
                        books.events.get((int) order.version() - 1).receivedAt().isBefore(before))
                .sorted(Comparator.comparingLong(Order::row))
                .limit(max)
                .toList();
    }

    @Override
    public Optional<Instant> nextDeadline() {
        return awaitingAcceptance().findFirst().flatMap(Order::acceptBy);
    }

    private Stream<Order> awaitingAcceptance() {
        return committed().orders.values().stream()
                .filter(order ->
                        order.state().awaitsAcceptance() && order.acceptBy().isPresent())
                .sorted(Comparator.comparing(order -> order.acceptBy().orElseThrow()));
    }

    @Override
    public LetterPage page(Queue queue, String reader, long after, long upTo, LetterPage.Limit limit) {
        return page(lettersFor(reader).filter(letter -> letter.queue().equals(queue)), after, upTo, limit);
    }

    private static LetterPage page(Stream<Letter> letters, long after, long upTo, LetterPage.Limit limit) {
        var page = new ArrayList<Letter>();
        var characters = 0L;
        for (var letter : letters.filter(one -> one.eventId() > after && one.eventId() <= upTo)
                .toList()) {
            if (page.size() == limit.letters() || characters >= limit.characters()) {
                return new LetterPage(page, true);
            }
            page.add(letter);
            characters += letter.payload().length();
        }
        return new LetterPage(page, false);
    }

    @Override
    public LetterPage page(Topic topic, String reader, long after, long upTo, LetterPage.Limit limit) {
        return page(lettersFor(reader).filter(letter -> letter.queue().topic() == topic), after, upTo, limit);
    }

    @Override
    public List<Depth> depths(String store) {
        return depths().stream()
                .filter(depth -> depth.queue().store().equals(store))
                .toList();
    }

    @Override
    public boolean isStore(String name) {
        return committed().isStore(name);
    }

    @Override
    public List<Depth> depths() {
        var depths = new LinkedHashMap<Queue, Depth>();
        lettersFor("nobody")
                .sorted(Comparator.<Letter, String>comparing(
                                letter -> letter.queue().store())
                        .thenComparing(letter -> letter.queue().topic()))
                .forEach(letter -> depths.merge(
                        letter.queue(),
                        new Depth(letter.queue(), 1, letter.receivedAt()),
                        (sum, _) -> new Depth(sum.queue(), sum.letters() + 1, sum.oldest())));
        return List.copyOf(depths.values());
    }

    private Stream<Letter> lettersFor(String reader) {
        var books = committed();
        return books.mailbox.stream()
                .map(books::letter)
                .filter(letter -> !letter.queue().topic().isForDrivers()
                        || (InMemoryBooks.isFor(letter, reader)
                                && !books.confirmations
                                        .getOrDefault(letter.eventId(), Set.of())
                                        .contains(reader)));
    }

    @Override
    public List<Receipt> search(Optional<String> store, Optional<Receipt.State> state, long after, int max) {
        return committed().receipts.values().stream()
                .map(InMemoryBooks.Asked::receipt)
                .filter(receipt -> receipt.eventId() > after)
                .filter(receipt -> store.isEmpty() || store.get().equals(receipt.store()))
                .filter(receipt -> state.isEmpty() || state.get() == receipt.state())
                .limit(max)
                .toList();
    }

    @Override
    public Optional<Business> business(String store) {
        return committed().findBusiness(store);
    }

    @Override
    public List<Product> products(String store, String after, int max) {
        return books.products.getOrDefault(store, List.of()).stream()
                .filter(product -> product.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(Product::id))
                .limit(max)
                .toList();
    }

    @Override
    public Optional<Person> person(UserId user) {
        return Optional.ofNullable(committed().people.get(user));
    }

    @Override
    public List<DriverState> drivers(String after, int max) {
        return committed().drivers.values().stream()
                .filter(driver -> driver.driver().compareTo(after) > 0)
                .limit(max)
                .toList();
    }

    @Override
    public Optional<DriverState> driver(String driver) {
        return committed().findDriver(driver);
    }

    @Override
    public List<Device> devices(UserId user, int max) {
        return committed().devices.values().stream()
                .filter(device -> device.user().equals(user))
                .sorted(Comparator.comparing(Device::registeredAt))
                .limit(max)
                .toList();
    }

    @Override
    public Map<UserId, Instant> revocations() {
        return Map.copyOf(committed().revocations);
    }
}
