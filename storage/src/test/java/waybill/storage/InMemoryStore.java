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
import waybill.blob.Blob;
import waybill.directory.Business;
import waybill.directory.Device;
import waybill.directory.Directory;
import waybill.directory.DriverState;
import waybill.directory.Person;
import waybill.directory.Product;
import waybill.directory.Tracker;
import waybill.dispatch.DecisionQueries;
import waybill.eta.SavedEtaModel;
import waybill.journal.EventLog;
import waybill.journal.Journal;
import waybill.journal.LogEntry;
import waybill.journal.LogFilter;
import waybill.journal.Transaction;
import waybill.link.TrackingLink;
import waybill.messaging.ClientCheckpoint;
import waybill.messaging.ClientCheckpoints;
import waybill.messaging.Confirmation;
import waybill.messaging.Confirmations;
import waybill.messaging.EventScope;
import waybill.messaging.MessagePage;
import waybill.messaging.MessageQueues;
import waybill.messaging.Queue;
import waybill.messaging.QueueDepth;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Topic;
import waybill.notification.Receipts;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;
import waybill.order.ListedOrder;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderFilter;
import waybill.order.OrderId;
import waybill.order.OrderMatches;
import waybill.order.OrderQueries;
import waybill.order.OrderSearch;
import waybill.order.OrderState;
import waybill.order.SystemAlert;
import waybill.outbound.Channel;
import waybill.outbound.JobState;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs;
import waybill.outbound.WebhookEndpoint;
import waybill.outbound.WebhookEndpoints;

/// The ports in a few collections: the same promises, and nothing on disk. One monitor guards it all.
final class InMemoryStore
        implements Journal,
                EventLog,
                OrderQueries,
                MessageQueues,
                Confirmations,
                ClientCheckpoints,
                Directory,
                Receipts,
                DecisionQueries {

    private InMemoryUnitOfWork unitOfWork = new InMemoryUnitOfWork();

    @Override
    public synchronized <T> CompletableFuture<T> submit(Transaction<T> transaction) {
        var draft = unitOfWork.copy();
        try {
            draft.restrictTo(transaction.reads());
            var completion = transaction.decision().decide(draft);
            draft.restrictTo(List.of());
            var sequences = draft.sequences();
            draft.committed = draft.events.size();
            unitOfWork = draft;
            return CompletableFuture.completedFuture(completion.complete(sequences));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// What is committed is never changed, so it can be read without the monitor.
    private synchronized InMemoryUnitOfWork committed() {
        return unitOfWork;
    }

    @Override
    public List<LogEntry> listAfter(long after, int max) {
        return committed().events.stream().skip(after).limit(max).toList();
    }

    @Override
    public List<LogEntry> search(LogFilter filter) {
        return committed().events.stream()
                .filter(entry -> entry.sequence() > filter.after())
                .filter(entry -> !entry.receivedAt().isBefore(filter.since()))
                .filter(entry -> filter.store().isEmpty() || filter.store().equals(store(entry)))
                .filter(entry ->
                        filter.newState().isEmpty() || filter.newState().equals(newState(entry)))
                .limit(filter.max())
                .toList();
    }

    @Override
    public List<LogEntry> eventsFor(EventScope reader, long after, long upTo, int max) {
        var books = committed();
        Predicate<LogEntry> addressed = entry -> reader.recipients().stream()
                .anyMatch(recipient ->
                        books.mailboxes.getOrDefault(recipient.key(), List.of()).contains(entry.sequence()));
        return books.events.stream()
                .filter(entry -> entry.sequence() > after && entry.sequence() <= upTo)
                .filter(entry -> reader.includesAll()
                        || (reader.store().isPresent() && reader.store().equals(store(entry)))
                        || addressed.test(entry))
                .limit(max)
                .toList();
    }

    @Override
    public List<LogEntry> listHistory(OrderId id) {
        return committed().events.stream()
                .filter(entry -> entry.order().map(Order::id).filter(id::equals).isPresent())
                .toList();
    }

    private static Optional<String> store(LogEntry entry) {
        return switch (entry.event()) {
            case OrderEvent _ -> entry.order().map(Order::store);
            case HubEvent.BusinessStatusChanged changed -> Optional.of(changed.store());
            case HubEvent.BackendEmitted(EmitTarget.OrderParties parties, var _, var _) -> Optional.of(parties.store());
            case HubEvent.DriverStatusChanged _,
                    HubEvent.UserNotified _,
                    HubEvent.CouponCreated _,
                    HubEvent.BackendEmitted _,
                    HubEvent.AlertOpened _,
                    HubEvent.AlertCleared _,
                    NodeEvent _ -> Optional.empty();
        };
    }

    private static Optional<OrderState> newState(LogEntry entry) {
        return entry.event() instanceof OrderEvent event ? event.newState() : Optional.empty();
    }

    /// The oldest first.
    List<SystemAlert> openAlerts() {
        return committed().alerts.stream()
                .sorted(Comparator.comparing(SystemAlert::since))
                .toList();
    }

    @Override
    public long lastSequence() {
        return committed().events.size();
    }

    @Override
    public List<ClientCheckpoint> listCheckpoints(String user) {
        return committed().clientCheckpoints.stream()
                .filter(one -> one.user().equals(user))
                .sorted(Comparator.comparing(ClientCheckpoint::dialect))
                .toList();
    }

    @Override
    public List<Saved> listDecisions(OrderId order, long before, int max) {
        return committed().decisions.reversed().stream()
                .filter(saved -> saved.decision().order().equals(order) && saved.id() < before)
                .limit(max)
                .toList();
    }

    @Override
    public List<Saved> listDecisions(long after, int max) {
        return committed().decisions.stream()
                .filter(saved -> saved.id() > after)
                .limit(max)
                .toList();
    }

    OutboundJobs outboundJobs() {
        return new OutboundJobs() {
            @Override
            public DuePage listDue(DueQuery query) {
                return committed().jobs.listDue(query);
            }

            @Override
            public Optional<OutboundJob> findJob(long id) {
                return committed().jobs.findJob(id);
            }

            @Override
            public List<OutboundJob> listJobs(Channel channel, String target, long before, int max) {
                return committed().jobs.listJobs(channel, target, before, max);
            }

            @Override
            public List<OutboundJob> listJobs(JobFilter filter, long before, int max) {
                return committed().jobs.listJobs(filter, before, max);
            }

            @Override
            public long countJobs(Channel channel, JobState state) {
                return committed().jobs.countJobs(channel, state);
            }
        };
    }

    Optional<TrackingLink> findLink(String tokenHash) {
        return committed().links.stream()
                .filter(link -> link.tokenHash().equals(tokenHash))
                .findFirst();
    }

    WebhookEndpoints webhooks() {
        return new WebhookEndpoints() {
            @Override
            public List<WebhookEndpoint> listWebhooks() {
                return committed().listWebhooks();
            }

            @Override
            public Optional<WebhookEndpoint> findWebhook(String id) {
                return committed().findWebhook(id);
            }
        };
    }

    Optional<SavedEtaModel> findEtaModel() {
        return Optional.ofNullable(committed().etaModel);
    }

    @Override
    public long retainedAfter() {
        return 0;
    }

    @Override
    public long findRelayCheckpoint(String relay) {
        return committed().relayCheckpoints.getOrDefault(relay, 0L);
    }

    @Override
    public Optional<Order> findOrder(OrderId id) {
        return committed().findOrder(id).map(Order::withoutDocument);
    }

    @Override
    public List<ListedOrder> listOrders(OrderFilter filter) {
        return ordersOf(filter)
                .limit(filter.max())
                .map(listed -> new ListedOrder(listed.order().withoutDocument(), listed.placedSequence()))
                .toList();
    }

    @Override
    public OrderMatches search(OrderSearch search, OrderFilter filter) {
        var found = ordersOf(filter)
                .filter(listed -> search.matches(listed.order()))
                .limit(filter.max())
                .map(listed -> new OrderMatches.Match(listed.order().id(), listed.placedSequence()))
                .toList();
        return found.size() < filter.max()
                ? new OrderMatches(found, false, 0)
                : new OrderMatches(found, true, found.getLast().placedSequence());
    }

    private Stream<ListedOrder> ordersOf(OrderFilter filter) {
        return List.copyOf(committed().orders.values()).reversed().stream()
                .filter(listed -> listed.placedSequence() < filter.placedBefore())
                .filter(listed -> filter.includes(listed.order()));
    }

    @Override
    public List<Order> listOverdue(Instant now, int max) {
        return awaitingAcceptance()
                .filter(order -> !order.acceptBy().orElseThrow().isAfter(now))
                .limit(max)
                .map(Order::withoutDocument)
                .toList();
    }

    @Override
    public List<Order> idleSince(Instant before, int max) {
        var books = committed();
        return books.orders()
                .filter(order -> order.state().isActive())
                .filter(order -> books.events
                        .get((int) order.lastSequence() - 1)
                        .receivedAt()
                        .isBefore(before))
                .limit(max)
                .map(Order::withoutDocument)
                .toList();
    }

    private Stream<Order> awaitingAcceptance() {
        return committed()
                .orders()
                .filter(order ->
                        order.state().awaitsAcceptance() && order.acceptBy().isPresent())
                .sorted(Comparator.comparing(order -> order.acceptBy().orElseThrow()));
    }

    @Override
    public MessagePage listMessages(Queue queue, String reader, long after, long upTo, MessagePage.PageLimit limit) {
        return page(messagesFor(reader).filter(letter -> letter.queue().equals(queue)), after, upTo, limit);
    }

    private static MessagePage page(Stream<QueuedMessage> letters, long after, long upTo, MessagePage.PageLimit limit) {
        var page = new ArrayList<QueuedMessage>();
        var characters = 0L;
        for (var letter : letters.filter(one -> one.eventId() > after && one.eventId() <= upTo)
                .toList()) {
            if (page.size() == limit.messagesMax() || characters >= limit.charactersMax()) {
                return new MessagePage(page, true);
            }
            page.add(letter);
            characters += letter.document().length();
        }
        return new MessagePage(page, false);
    }

    @Override
    public MessagePage listMessages(Topic topic, String reader, long after, long upTo, MessagePage.PageLimit limit) {
        return page(messagesFor(reader).filter(letter -> letter.queue().topic() == topic), after, upTo, limit);
    }

    @Override
    public List<QueueDepth> listDepths(String store) {
        return listDepths().stream()
                .filter(depth -> depth.queue().store().equals(store))
                .toList();
    }

    @Override
    public boolean storeExists(String name) {
        return committed().storeExists(name);
    }

    @Override
    public List<QueueDepth> listDepths() {
        var depths = new LinkedHashMap<Queue, QueueDepth>();
        messagesFor("nobody")
                .sorted(Comparator.<QueuedMessage, String>comparing(
                                letter -> letter.queue().store())
                        .thenComparing(letter -> letter.queue().topic()))
                .forEach(letter -> depths.merge(
                        letter.queue(),
                        new QueueDepth(letter.queue(), 1, letter.receivedAt()),
                        (sum, _) -> new QueueDepth(sum.queue(), sum.messages() + 1, sum.oldest())));
        return List.copyOf(depths.values());
    }

    private Stream<QueuedMessage> messagesFor(String reader) {
        var books = committed();
        return books.mailbox.stream()
                .map(books::message)
                .filter(letter -> !letter.queue().topic().isForDrivers()
                        || (InMemoryMessageWriter.isFor(letter, reader)
                                && !books.pickupAcks
                                        .getOrDefault(letter.eventId(), Set.of())
                                        .contains(reader)));
    }

    @Override
    public List<Confirmation> search(Optional<String> store, Optional<Confirmation.State> state, long after, int max) {
        return committed().confirmations.values().stream()
                .map(InMemoryMessageWriter.RequestedConfirmation::confirmation)
                .filter(receipt -> receipt.eventId() > after)
                .filter(receipt -> store.isEmpty() || store.get().equals(receipt.store()))
                .filter(receipt -> state.isEmpty() || state.get() == receipt.state())
                .limit(max)
                .toList();
    }

    @Override
    public Optional<Business> findBusiness(String store) {
        return committed().findBusiness(store);
    }

    @Override
    public synchronized Optional<Blob> findProductImage(String store, String product) {
        return unitOfWork.findImage(store, product);
    }

    @Override
    public List<Product> listProducts(String store, String after, int max) {
        return unitOfWork
                .productsOf(store)
                .filter(product -> product.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(Product::id))
                .limit(max)
                .toList();
    }

    @Override
    public Optional<Person> findPerson(UserId user) {
        return Optional.ofNullable(committed().people.get(user));
    }

    @Override
    public List<DriverState> listDrivers(String after, int max) {
        return committed().drivers.values().stream()
                .filter(driver -> driver.driver().compareTo(after) > 0)
                .limit(max)
                .toList();
    }

    @Override
    public Optional<DriverState> findDriver(String driver) {
        return committed().findDriver(driver);
    }

    @Override
    public List<Person> listMerchants(String store, int max) {
        return committed().people.values().stream()
                .filter(person -> store.equals(person.storeOrNone()))
                .sorted(Comparator.comparing(Person::id))
                .limit(max)
                .toList();
    }

    @Override
    public Set<String> listReceivers(long job) {
        return Set.copyOf(committed().receipts.getOrDefault(job, Map.of()).keySet());
    }

    @Override
    public List<Device> listDevices(UserId user, int max) {
        return committed().devices.values().stream()
                .filter(device -> device.user().equals(user))
                .sorted(Comparator.comparing(Device::registeredAt))
                .limit(max)
                .toList();
    }

    @Override
    public Optional<Tracker> findTracker(String keyHash) {
        return committed().trackers.values().stream()
                .filter(tracker -> tracker.keyHash().equals(keyHash))
                .findFirst();
    }

    @Override
    public List<Tracker> listTrackers(String driver, int max) {
        return committed().trackers.values().stream()
                .filter(tracker -> tracker.driver().equals(driver))
                .sorted(Comparator.comparing(Tracker::createdAt).thenComparing(Tracker::id))
                .limit(max)
                .toList();
    }

    @Override
    public Map<UserId, Instant> loadRevocations() {
        return Map.copyOf(committed().revocations);
    }
}
