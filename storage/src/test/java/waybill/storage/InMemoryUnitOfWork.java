package waybill.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.UserId;
import waybill.dispatch.DecisionCodec;
import waybill.dispatch.DecisionQueries;
import waybill.eta.SavedEtaModel;
import waybill.journal.PendingResponse;
import waybill.journal.StoredLease;
import waybill.link.TrackingLink;
import waybill.messaging.ClientCheckpoint;
import waybill.order.OrderId;
import waybill.order.ProviderPayment;
import waybill.order.SystemAlert;

/// One version of everything, in a few collections. Work is done on a copy, which takes the place of the
/// original if all goes well.
final class InMemoryUnitOfWork extends InMemoryJobWriter {

    final Map<Long, Map<String, Instant>> receipts = new HashMap<>();
    final Map<String, Long> relayCheckpoints = new HashMap<>();
    /// By user, dialect and node.
    final Map<List<String>, ClientCheckpoint> clientCheckpoints = new HashMap<>();

    @Nullable
    SavedEtaModel etaModel;

    final List<DecisionQueries.Saved> decisions = new ArrayList<>();
    final List<TrackingLink> links = new ArrayList<>();

    final List<SystemAlert> alerts = new ArrayList<>();
    final Map<String, StoredLease> leases = new HashMap<>();
    final Map<ProviderPayment, ProviderPayment.Outcome> paymentReports = new HashMap<>();

    InMemoryUnitOfWork copy() {
        var copy = new InMemoryUnitOfWork();
        copyDirectoryTo(copy);
        copyOrdersTo(copy);
        copyMessagesTo(copy);
        copyJobsTo(copy);
        receipts.forEach((job, receivers) -> copy.receipts.put(job, new HashMap<>(receivers)));
        copy.relayCheckpoints.putAll(relayCheckpoints);
        copy.clientCheckpoints.putAll(clientCheckpoints);
        copy.etaModel = etaModel;
        copy.decisions.addAll(decisions);
        copy.links.addAll(links);
        copy.alerts.addAll(alerts);
        copy.leases.putAll(leases);
        copy.paymentReports.putAll(paymentReports);
        return copy;
    }

    @Override
    public boolean saveAlert(SystemAlert alert) {
        return alerts.stream().noneMatch(one -> isAlert(one, alert.kind(), alert.subject())) && alerts.add(alert);
    }

    @Override
    public Optional<SystemAlert> deleteAlert(SystemAlert.Kind kind, String subject) {
        var known = alerts.stream().filter(one -> isAlert(one, kind, subject)).findFirst();
        known.ifPresent(alerts::remove);
        return known;
    }

    private static boolean isAlert(SystemAlert alert, SystemAlert.Kind kind, String subject) {
        return alert.kind() == kind && alert.subject().equals(subject);
    }

    @Override
    public Optional<ProviderPayment.Outcome> findPaymentReport(String provider, String eventId) {
        return paymentReports.entrySet().stream()
                .filter(one -> one.getKey().provider().equals(provider)
                        && one.getKey().eventId().equals(eventId))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public boolean isPaymentApplied(String provider, String paymentId) {
        return paymentReports.entrySet().stream()
                .anyMatch(one -> one.getKey().provider().equals(provider)
                        && one.getKey().paymentId().equals(paymentId)
                        && one.getValue() == ProviderPayment.Outcome.APPLIED);
    }

    @Override
    public void savePaymentReport(ProviderPayment payment, ProviderPayment.Outcome outcome, Instant at) {
        paymentReports.put(payment, outcome);
    }

    @Override
    public void saveClientCheckpoint(String node, ClientCheckpoint checkpoint) {
        clientCheckpoints.put(List.of(checkpoint.user(), checkpoint.dialect(), node), checkpoint);
    }

    @Override
    public void purgeClientCheckpoints(Instant before) {
        clientCheckpoints.values().removeIf(one -> one.savedAt().isBefore(before));
    }

    @Override
    public void saveReceipt(long job, String receiver, Instant at) {
        receipts.computeIfAbsent(job, _ -> new HashMap<>()).putIfAbsent(receiver, at);
        receipts.values().forEach(receivers -> receivers.values().removeIf(sent -> sent.isBefore(at.minus(RETENTION))));
    }

    @Override
    public void saveEtaModel(long sequence, byte[] state) {
        if (etaModel == null || sequence >= etaModel.sequence()) {
            etaModel = new SavedEtaModel(sequence, state);
        }
    }

    @Override
    public void saveDecision(OrderId order, long decidedAtMs, byte[] decision) {
        decisions.add(new DecisionQueries.Saved(decisions.size() + 1, DecisionCodec.decode(decision)));
    }

    @Override
    public List<TrackingLink> save(TrackingLink link, int perOrderMax) {
        var live = links.stream()
                .filter(one -> one.order().equals(link.order()) && !one.isExpired(link.createdAt()))
                .toList();
        var replaced = live.subList(0, Math.max(0, live.size() - perOrderMax + 1));
        links.removeAll(replaced);
        links.add(link);
        return List.copyOf(replaced);
    }

    @Override
    public List<TrackingLink> deleteLinks(OrderId order, Instant now) {
        var live = links.stream()
                .filter(one -> one.order().equals(order) && !one.isExpired(now))
                .sorted(Comparator.comparing(TrackingLink::createdAt))
                .toList();
        links.removeIf(one -> one.order().equals(order));
        return live;
    }

    @Override
    public void saveRelayCheckpoint(String relay, long position) {
        relayCheckpoints.put(relay, position);
    }

    @Override
    public Optional<StoredLease> findLease(String task) {
        return Optional.ofNullable(leases.get(task));
    }

    @Override
    public void saveLease(StoredLease lease) {
        leases.put(lease.task(), lease);
    }

    @Override
    public Optional<PendingResponse> findResponse(UserId user, String key) {
        return findStoredResponse(user, key).map(PendingResponse::of);
    }

    @Override
    public void save(UserId user, String key, PendingResponse response, Instant at) {
        save(user, key, response.render(sequences()), at);
    }
}
