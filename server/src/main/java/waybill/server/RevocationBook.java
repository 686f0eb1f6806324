package waybill.server;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import waybill.access.RevocationLog;
import waybill.access.UserId;
import waybill.directory.Directory;
import waybill.order.Journal;

/// Keeps revocations with everything else that is known of users.
record RevocationBook(Directory directory, Journal journal) implements RevocationLog {

    @Override
    public Map<UserId, Instant> load() {
        return directory.revocations();
    }

    @Override
    public CompletionStage<Void> record(Set<UserId> users, Instant at) {
        CompletableFuture<Boolean> kept = journal.submit(ledger -> {
            users.forEach(user -> ledger.revoke(user, at));
            return true;
        });
        return kept.thenAccept(_ -> {});
    }
}
