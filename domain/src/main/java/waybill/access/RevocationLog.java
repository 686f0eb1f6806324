package waybill.access;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// The revoked tokens, stored permanently. A port: `storage` implements it.
public interface RevocationLog {

    /// For each user, the time up to which its tokens are revoked. Read once at start; blocks on the disk.
    Map<UserId, Instant> load();

    /// Saves, for all of these users or for none, that tokens issued up to `at` are revoked. Of several times the
    /// latest counts. Completes once it is on disk.
    CompletionStage<Void> append(Set<UserId> users, Instant at);
}
