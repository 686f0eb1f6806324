package waybill.server.rest.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import waybill.directory.Tracker;
import waybill.directory.TrackerKey;
import waybill.hub.position.TrackerKeys;
import waybill.limit.InMemoryRateLimiters;
import waybill.server.identity.ClientAddress;
import waybill.server.identity.Revocations;
import waybill.server.live.MovableClock;
import waybill.server.rest.contract.Problem;

/// Keys that are known, wrong, deleted elsewhere, and guessed.
class TrackerAuthenticatorTest {

    private static final ClientAddress GUESSER = new ClientAddress("192.0.2.1", false);
    private static final ClientAddress OTHER = new ClientAddress("192.0.2.2", false);

    private final MovableClock clock = new MovableClock();
    private final Random random = new Random(5);
    private final TrackerKey key = TrackerKey.generate(random);
    private final Tracker tracker = Tracker.create("t1", "kari", "", key, clock.instant());
    private final Map<String, Tracker> stored = new HashMap<>(Map.of(key.hash(), tracker));
    private final List<String> read = new ArrayList<>();
    private final TrackerKeys keys = new TrackerKeys(this::find, Runnable::run, clock);
    private final TrackerAuthenticator authenticator =
            new TrackerAuthenticator(keys, Revocations.inMemory(), new InMemoryRateLimiters(), clock);

    private Optional<Tracker> find(String hash) {
        read.add(hash);
        return Optional.ofNullable(stored.get(hash));
    }

    @Test
    void aKnownKeyIsReadOnceAMinute() {
        for (var i = 0; i < 100; i++) {
            assertThat(authenticate(key.value(), OTHER)).isEqualTo(tracker);
        }
        assertThat(read).hasSize(1);
        stored.clear(); // on another node
        assertThat(authenticate(key.value(), OTHER)).isEqualTo(tracker);
        clock.advance(Duration.ofMinutes(1));
        assertRefused(key.value(), OTHER, 401);
    }

    @Test
    void anAddressThatGuessesIsRateLimitedAndOthersAreNot() {
        for (var i = 0; i < TrackerAuthenticator.WRONG_KEYS_PER_MINUTE; i++) {
            assertRefused(TrackerKey.generate(random).value(), GUESSER, 401);
        }
        assertRefused(TrackerKey.generate(random).value(), GUESSER, 429);
        assertRefused("phone", GUESSER, 429);
        assertThat(authenticate(key.value(), GUESSER))
                .as("a good key from there")
                .isEqualTo(tracker);
        assertRefused("phone", OTHER, 401);
        clock.advance(Duration.ofMinutes(1));
        assertRefused("phone", GUESSER, 401);
    }

    @Test
    void whatCannotBeAKeyIsNotLookedUp() {
        assertRefused("48241179", OTHER, 401);
        assertThat(read).isEmpty();
    }

    private Tracker authenticate(String text, ClientAddress client) {
        return authenticator.authenticate(text, client).toCompletableFuture().join();
    }

    private void assertRefused(String text, ClientAddress client, int status) {
        assertThatThrownBy(() -> authenticate(text, client)).satisfies(thrown -> {
            var cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            assertThat(cause).isInstanceOf(Problem.class);
            assertThat(((Problem) cause).status()).isEqualTo(status);
            assertThat(cause.getMessage()).doesNotContain(key.value());
        });
    }
}
