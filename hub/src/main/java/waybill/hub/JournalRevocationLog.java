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

/// Keeps revocations with everything else that is known of users.
public record JournalRevocationLog(Directory directory, Journal journal) implements RevocationLog {

    @Override
    public Map<UserId, Instant> load() {
        return directory.loadRevocations();
    }

    @Override
    public CompletionStage<Void> append(Set<UserId> users, Instant at) {
        CompletableFuture<Boolean> kept = journal.submit(ledger -> {
            users.forEach(user -> ledger.revokeTokens(user, at));
            return true;
        });
        return kept.thenAccept(_ -> {});
    }
}
