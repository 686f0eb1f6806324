package waybill.storage;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import waybill.directory.Directory;
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
import waybill.messaging.MessageQueues;
import waybill.notification.Receipts;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderQueries;
import waybill.order.OrderState;
import waybill.order.SystemAlert;
import waybill.outbound.Channel;
import waybill.outbound.JobState;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs;
import waybill.outbound.WebhookEndpoint;
import waybill.outbound.WebhookEndpoints;

/// The ports in a few collections: the same promises, and nothing on disk. One monitor guards it all.
final class InMemoryStore implements Journal, EventLog, Confirmations, ClientCheckpoints, Receipts, DecisionQueries {

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

    OrderQueries orderQueries() {
        return new InMemoryOrderQueries(this::committed);
    }

    MessageQueues messageQueues() {
        return new InMemoryMessageQueues(this::committed);
    }

    Directory directory() {
        return new InMemoryDirectory(this::committed);
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
        return ClientCheckpoint.merge(committed().clientCheckpoints.values().stream()
                .filter(one -> one.user().equals(user))
                .toList());
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
            public List<OutboundJob> listJobsOf(List<Long> sequences) {
                return committed().jobs.listJobsOf(sequences);
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
    public List<LogEntry> listActive(long after, long upTo, int max) {
        var newest = new LinkedHashMap<OrderId, LogEntry>();
        for (var entry : committed().events) {
            if (entry.sequence() > after && entry.sequence() <= upTo) {
                entry.order().ifPresent(order -> newest.put(order.id(), entry));
            }
        }
        return newest.values().stream()
                .filter(entry -> entry.order().orElseThrow().state().isActive())
                .sorted(Comparator.comparingLong(LogEntry::sequence))
                .limit(max)
                .toList();
    }

    @Override
    public long deletedUpTo() {
        return 0;
    }

    @Override
    public long retainedAfter() {
        return 0;
    }

    @Override
    public OptionalLong findRelayCheckpoint(String relay) {
        var saved = committed().relayCheckpoints.get(relay);
        return saved == null ? OptionalLong.empty() : OptionalLong.of(saved);
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
    public Set<String> listReceivers(long job) {
        return Set.copyOf(committed().receipts.getOrDefault(job, Map.of()).keySet());
    }
}
