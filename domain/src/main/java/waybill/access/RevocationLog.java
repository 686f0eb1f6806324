package waybill.access;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// Whose tokens are no longer believed, kept for good. A port: the domain owns it, `storage` fills it in.
public interface RevocationLog {

    /// Up to when the tokens of each user are revoked. Asked once, at the start; waits for the disk.
    Map<String, Instant> load();

    /// Keeps that the tokens issued to a user up to `at` are revoked. Of several times the latest counts. Done when it
    /// is on disk.
    CompletionStage<Void> record(String userId, Instant at);
}
