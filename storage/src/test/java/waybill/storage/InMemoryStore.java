package waybill.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import waybill.mailbox.Depth;
import waybill.mailbox.Letter;
import waybill.mailbox.Mailboxes;
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;
import waybill.order.Actor;
import waybill.order.EventLog;
import waybill.order.Journal;
import waybill.order.Ledger;
import waybill.order.LogEntry;
import waybill.order.LogFilter;
import waybill.order.Order;
import waybill.order.OrderEvent;

/// The ports in a few collections: the same promises, and nothing on disk. One monitor guards it all.
final class InMemoryStore implements Journal, EventLog, Mailboxes {

    private Books books = new Books();

    @Override
    public synchronized <T> CompletableFuture<T> submit(Work<T> work) {
        var draft = new Books(books);
        try {
            var result = work.run(draft);
            books = draft;
            return CompletableFuture.completedFuture(result);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public synchronized List<LogEntry> after(long after, int max) {
        return books.events.stream().skip(after).limit(max).toList();
    }

    @Override
    public synchronized List<LogEntry> search(LogFilter filter) {
        return books.events.stream()
                .filter(entry -> entry.position() > filter.after())
                .filter(entry -> !entry.receivedAt().isBefore(filter.since()))
                .filter(entry -> filter.store().map(entry.store()::equals).orElse(true))
                .filter(entry ->
                        filter.topic().isEmpty() || entry.event().topic().equals(filter.topic()))
                .limit(filter.max())
                .toList();
    }

    @Override
    public synchronized long head() {
        return books.events.size();
    }

    @Override
    public synchronized long mark(String relay) {
        return books.marks.getOrDefault(relay, 0L);
    }

    @Override
    public List<Letter> page(Queue queue, long after, long upTo, int max) {
        return letters().stream()
                .filter(letter -> letter.queue().equals(queue))
                .filter(letter -> letter.eventId() > after && letter.eventId() <= upTo)
                .limit(max)
                .toList();
    }

    @Override
    public List<Letter> page(Topic topic, long after, long upTo, int max) {
        return letters().stream()
                .filter(letter -> letter.queue().topic() == topic)
                .filter(letter -> letter.eventId() > after && letter.eventId() <= upTo)
                .limit(max)
                .toList();
    }

    @Override
    public List<Depth> depths() {
        var depths = new LinkedHashMap<Queue, Depth>();
        letters().stream()
                .sorted(Comparator.<Letter, String>comparing(
                                letter -> letter.queue().store())
                        .thenComparing(letter -> letter.queue().topic()))
                .forEach(letter -> depths.merge(
                        letter.queue(),
                        new Depth(letter.queue(), 1, letter.receivedAt()),
                        (sum, _) -> new Depth(sum.queue(), sum.letters() + 1, sum.oldest())));
        return List.copyOf(depths.values());
    }

    private synchronized List<Letter> letters() {
        return books.mailbox.stream().map(books::letter).toList();
    }

    /// One version of everything. Work is done on a copy, which takes the place of the original if all goes well.
    private static final class Books implements Ledger {

        private final Map<Long, Order> orders;
        private final List<LogEntry> events;
        private final TreeSet<Long> mailbox;
        private final Map<String, Long> marks;

        Books() {
            orders = new LinkedHashMap<>();
            events = new ArrayList<>();
            mailbox = new TreeSet<>();
            marks = new HashMap<>();
        }

        Books(Books original) {
            orders = new LinkedHashMap<>(original.orders);
            events = new ArrayList<>(original.events);
            mailbox = new TreeSet<>(original.mailbox);
            marks = new HashMap<>(original.marks);
        }

        @Override
        public Optional<Order> named(String store, String name) {
            var namesakes = namedAnywhere(name, Integer.MAX_VALUE).stream()
                    .filter(order -> order.store().equals(store))
                    .toList();
            return namesakes.stream()
                    .filter(order -> order.messageId().equals(name))
                    .findFirst()
                    .or(() -> namesakes.stream().findFirst());
        }

        @Override
        public List<Order> namedAnywhere(String name, int max) {
            return orders.values().stream()
                    .filter(order ->
                            order.messageId().equals(name) || order.foreignId().equals(name))
                    .limit(max)
                    .toList();
        }

        @Override
        public String placedPayload(Order order) {
            return events.get((int) order.number() - 1).event().payload();
        }

        @Override
        public long append(Order next, OrderEvent event, Actor by, Instant occurredAt, Instant receivedAt) {
            var position = events.size() + 1L;
            var number = next.number() == 0 ? position : next.number();
            orders.put(
                    number,
                    new Order(
                            next.id(),
                            number,
                            next.store(),
                            next.messageId(),
                            next.foreignId(),
                            next.state(),
                            next.driver()));
            events.add(new LogEntry(
                    position, next.id(), next.store(), next.messageId(), event, by, occurredAt, receivedAt));
            return position;
        }

        @Override
        public void post(Queue queue, long position) {
            mailbox.add(position);
        }

        @Override
        public boolean remove(Queue queue, String messageId) {
            return mailbox.removeIf(position -> {
                var letter = letter(position);
                return letter.queue().equals(queue) && letter.messageId().equals(messageId);
            });
        }

        @Override
        public void mark(String relay, long position) {
            marks.put(relay, position);
        }

        Letter letter(long position) {
            var entry = events.get((int) position - 1);
            var queue = new Queue(entry.store(), entry.event().topic().orElseThrow());
            return new Letter(position, queue, entry.messageId(), entry.event().payload(), entry.receivedAt());
        }
    }
}
