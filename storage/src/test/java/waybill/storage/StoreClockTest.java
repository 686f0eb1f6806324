package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderQueriesContract.PIZZA;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.concurrent.Threads;
import waybill.directory.StoredResponse;
import waybill.journal.LogEntry;
import waybill.messaging.EventScope;
import waybill.storage.sql.Disk;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;
import waybill.storage.track.TrackLimits;

/// One wrong reading of the clock neither makes a request be done twice nor deletes what waits to be fetched.
class StoreClockTest {

    private static final EventScope NILS = EventScope.of(new Principal("nils", Role.CUSTOMER, null, null, null));
    private static final StoredResponse RESPONSE = new StoredResponse("POST /orders", 201, "{\"orderId\":\"1\"}");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final StoreLimits LIMITS =
            new StoreLimits(1_000, 100, Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofDays(30));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final ManualClock time = new ManualClock(NOON);

    @SuppressWarnings("NullAway.Init")
    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(
                directory,
                LIMITS,
                TrackLimits.defaults(),
                new StoreEnvironment(time, time::nanoTime, Threads.ofPlatform(), Disk.ofMachine()),
                () -> {});
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void restart() {
        store.close();
        open();
    }

    private void withClockAhead(Duration ahead, Runnable doing) {
        time.advance(MINUTE);
        time.jump(ahead);
        doing.run();
        time.advance(MINUTE);
        time.jump(ahead.negated());
    }

    @Test
    void aResponseSurvivesAClockJump() {
        saveResponse("before");
        withClockAhead(Duration.ofDays(2), () -> {
            saveResponse("ahead");
            assertThat(findResponse("before")).contains(RESPONSE);
        });
        assertThat(findResponse("before")).contains(RESPONSE);
        assertThat(findResponse("ahead")).contains(RESPONSE);
        saveResponse("after");
        assertThat(findResponse("after")).contains(RESPONSE);
        restart();
        assertThat(findResponse("before")).contains(RESPONSE);
        assertThat(findResponse("after")).contains(RESPONSE);
    }

    @Test
    void aResponseStoredDuringAClockJumpExpiresNormally() {
        withClockAhead(Duration.ofDays(365), () -> saveResponse("ahead"));
        time.advance(Duration.ofHours(25));
        saveResponse("after");
        assertThat(findResponse("ahead")).isEmpty();
    }

    @Test
    void startingWithAWrongClockPurgesNothing() {
        saveResponse("before");
        order("m1");
        store.close();
        time.advance(MINUTE);
        time.jump(Duration.ofDays(31));
        open();
        saveResponse("ahead");
        order("m2");
        restart();
        order("m3");
        assertThat(findResponse("before")).contains(RESPONSE);
        assertThat(listEvents()).hasSize(3);
        time.jump(Duration.ofDays(-31));
        restart();
        order("m4");
        assertThat(findResponse("before")).contains(RESPONSE);
        assertThat(findResponse("ahead")).contains(RESPONSE);
        assertThat(listEvents()).hasSize(4);
    }

    @Test
    void queuedMessagesSurviveAClockJump() {
        order("m1");
        order("m2");
        withClockAhead(Duration.ofDays(31), () -> {
            order("ahead");
            order("ahead too");
        });
        order("m3");
        assertThat(listEvents()).hasSize(5);
        assertThat(store.eventLog().retainedAfter()).isZero();
        restart();
        order("m4");
        assertThat(listEvents()).hasSize(6);
    }

    @Test
    void anEventFromTheFutureDoesNotStopPurging() {
        order("m1");
        withClockAhead(Duration.ofDays(3_650), () -> order("ahead"));
        order("m2");
        time.advance(Duration.ofDays(31));
        for (var i = 3; i < 8; i++) {
            order("m" + i);
        }
        assertThat(listEvents()).as("the first three are too old").containsExactly(4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void aLastingClockJumpIsTrustedEventually() {
        order("m1");
        time.jump(Duration.ofDays(31));
        order("m2");
        assertThat(listEvents()).hasSize(2);
        time.advance(TrustedClock.TRUST_DELAY);
        order("m3");
        assertThat(listEvents()).containsExactly(2L, 3L);
    }

    private void order(String name) {
        new OrderFixture(store.journal())
                .place("acme", name, PIZZA, time.instant())
                .join();
    }

    private List<Long> listEvents() {
        return store.eventLog().eventsFor(NILS, 0, Long.MAX_VALUE, 10_000).stream()
                .map(LogEntry::sequence)
                .toList();
    }

    private void saveResponse(String key) {
        Instant at = time.instant();
        store.journal()
                .submit(ledger -> {
                    StoredResponses.save(ledger, DirectoryContract.NILS, key, RESPONSE, at);
                    return true;
                })
                .join();
    }

    private Optional<StoredResponse> findResponse(String key) {
        return StoredResponses.find(store.journal(), DirectoryContract.NILS, key);
    }
}
