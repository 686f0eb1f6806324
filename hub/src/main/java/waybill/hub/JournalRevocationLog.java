package waybill.hub;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import waybill.access.RevocationLog;
import waybill.access.UserId;
import waybill.directory.Directory;
import waybill.journal.Journal;
import waybill.order.Actor;
import waybill.order.NodeEvent;

/// Stores revocations in the journal, with the other data about users, and appends an event for each to the log, from
/// which other nodes learn of it.
public record JournalRevocationLog(Directory directory, Journal journal) implements RevocationLog {

    @Override
    public Map<UserId, Instant> load() {
        return directory.loadRevocations();
    }

    @Override
    public CompletionStage<Void> append(Set<UserId> users, Instant at) {
        CompletableFuture<Boolean> committed = journal.submit(work -> {
            users.forEach(user -> {
                work.revokeTokens(user, at);
                work.append(new NodeEvent.TokensRevoked(user, at), Actor.HUB, at);
            });
            return true;
        });
        return committed.thenAccept(_ -> {});
    }
}
