package waybill.server.rest.http;

import java.util.HashMap;
import java.util.Map;

/// How many characters of responses the hub holds until their clients have read them, in all and for one caller:
/// clients that ask for large pages and do not read them must not fill the memory. A monitor of a few lines: safe from
/// any thread.
///
/// How long a response is, is known when it is there. One is therefore begun as long as there is any room, and may go
/// beyond the limit.
final class ResponseMemoryLimit {

    /// Characters of all responses, after which no other is begun.
    static final long CHARACTERS_MAX = 32L << 20;

    /// The same for one caller; all callers without a token share one such part.
    static final long CALLER_CHARACTERS_MAX = 8L << 20;

    private final long charactersMax;
    private final long callerCharactersMax;
    private final Map<String, Long> charactersByCaller = new HashMap<>();
    private long characters;

    ResponseMemoryLimit() {
        this(CHARACTERS_MAX, CALLER_CHARACTERS_MAX);
    }

    ResponseMemoryLimit(long charactersMax, long callerCharactersMax) {
        this.charactersMax = charactersMax;
        this.callerCharactersMax = callerCharactersMax;
    }

    /// For one response to that caller.
    Lease lease(String caller) {
        return new Lease(caller);
    }

    /// The characters that are held now.
    synchronized long characters() {
        return characters;
    }

    /// What one response has of it.
    final class Lease {

        private final String caller;
        private long held;
        private boolean isReleased;

        private Lease(String caller) {
            this.caller = caller;
        }

        /// Whether the response may be begun: its client is still there, and there is room for it.
        boolean hasRoom() {
            synchronized (ResponseMemoryLimit.this) {
                return !isReleased
                        && characters < charactersMax
                        && charactersByCaller.getOrDefault(caller, 0L) < callerCharactersMax;
            }
        }

        /// Counts a response, unless its client is gone by now.
        void hold(long count) {
            synchronized (ResponseMemoryLimit.this) {
                if (!isReleased) {
                    held += count;
                    characters += count;
                    charactersByCaller.merge(caller, count, Long::sum);
                }
            }
        }

        /// The client has read the response, or is gone.
        void release() {
            synchronized (ResponseMemoryLimit.this) {
                isReleased = true;
                characters -= held;
                charactersByCaller.computeIfPresent(caller, (_, all) -> all == held ? null : Long.valueOf(all - held));
                held = 0;
            }
        }
    }
}
