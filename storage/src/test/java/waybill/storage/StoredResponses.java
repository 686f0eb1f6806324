package waybill.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.access.UserId;
import waybill.directory.StoredResponse;
import waybill.journal.Journal;
import waybill.journal.PendingResponse;
import waybill.journal.Read;
import waybill.journal.Transaction;
import waybill.journal.UnitOfWork;

/// Stores and reads responses to idempotent requests.
final class StoredResponses {

    private StoredResponses() {}

    static Optional<StoredResponse> find(Journal journal, UserId user, String key) {
        return journal.submit(new Transaction<>(List.of(new Read.OfResponse(user, key)), work -> {
                    var found = work.findResponse(user, key);
                    return sequences -> found.map(one -> one.render(sequences));
                }))
                .join();
    }

    static void save(UnitOfWork work, UserId user, String key, StoredResponse response, Instant at) {
        work.save(user, key, PendingResponse.of(response), at);
    }
}
