package waybill.access;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Whose tokens are no longer believed, kept for good. A port: the domain owns it, `storage` fills it in.
public interface RevocationLog {

    /// Up to when the tokens of each user are revoked. Asked once, at the start; waits for the disk.
    Map<UserId, Instant> load();

    /// Keeps that the tokens issued to these users up to `at` are revoked, for all of them or for none. Of several
    /// times the latest counts. Done when it
    /// is on disk.
    CompletionStage<Void> append(Set<UserId> users, Instant at);
}
