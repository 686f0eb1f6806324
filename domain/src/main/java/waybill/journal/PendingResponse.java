package waybill.journal;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.directory.StoredResponse;

/// The response to an idempotent request. A body may have the sequences of events, which are known at the commit, so
/// it is rendered then, and only once: for the store, for the client, and for a repeated request of the same batch,
/// which finds the response before it is written. Thread-safe.
///
/// It is rendered with the commit, on the journal's thread, and not after it: the stored response is in the commit of
/// what the request has changed, or a crash between the two would leave a request that a repeat executes once more.
public final class PendingResponse {

    private final String fingerprint;
    private final Function<Sequences, StoredResponse> body;
    private @Nullable StoredResponse rendered;

    /// @param fingerprint distinguishes a repeated request from another one with the same key
    public PendingResponse(String fingerprint, Function<Sequences, StoredResponse> body) {
        this.fingerprint = fingerprint;
        this.body = body;
    }

    /// One that was committed earlier.
    public static PendingResponse of(StoredResponse stored) {
        return new PendingResponse(stored.fingerprint(), _ -> stored);
    }

    public String fingerprint() {
        return fingerprint;
    }

    public synchronized StoredResponse render(Sequences sequences) {
        var known = rendered;
        if (known == null) {
            known = body.apply(sequences);
            rendered = known;
        }
        return known;
    }
}
