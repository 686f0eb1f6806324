package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderBookContract.PIZZA;
import static waybill.storage.Parcels.NOON;

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
import waybill.directory.Answer;
import waybill.mailbox.Reader;
import waybill.order.LogEntry;

/// One wrong reading of the clock neither makes a request be done twice nor deletes what waits to be fetched.
class WrongClockTest {

    private static final Reader NILS = Reader.of(new Principal("nils", Role.CUSTOMER, null, null, null));
    private static final Answer ANSWER = new Answer("POST /orders", 201, "{\"orderId\":\"1\"}");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Limits LIMITS =
            new Limits(1_000, 100, Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofDays(30));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final MadeUpTime time = new MadeUpTime(NOON);

    @SuppressWarnings("NullAway.Init")
    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(directory, LIMITS, TrackLimits.defaults(), time, time::nanoTime, () -> {});
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void restart() {
        store.close();
        open();
    }

    private void clockIsAheadFor(Duration ahead, Runnable doing) {
        time.pass(MINUTE);
        time.jump(ahead);
        doing.run();
        time.pass(MINUTE);
        time.jump(ahead.negated());
    }

    @Test
    void anAnswerKeptBeforeAWrongReadingIsGivenAfterIt() {
        keep("before");
        clockIsAheadFor(Duration.ofDays(2), () -> {
            keep("ahead");
            assertThat(answer("before")).contains(ANSWER);
        });
        assertThat(answer("before")).contains(ANSWER);
        assertThat(answer("ahead")).contains(ANSWER);
        keep("after");
        assertThat(answer("after")).contains(ANSWER);
        restart();
        assertThat(answer("before")).contains(ANSWER);
        assertThat(answer("after")).contains(ANSWER);
    }

    @Test
    void anAnswerKeptWhileTheClockWasAheadGrowsOldAsAllOthers() {
        clockIsAheadFor(Duration.ofDays(365), () -> keep("ahead"));
        time.pass(Duration.ofHours(25));
        keep("after");
        assertThat(answer("ahead")).isEmpty();
    }

    @Test
    void aHubThatStartsWithAWrongClockForgetsNothing() {
        keep("before");
        order("m1");
        store.close();
        time.pass(MINUTE);
        time.jump(Duration.ofDays(31));
        open();
        keep("ahead");
        order("m2");
        restart();
        order("m3");
        assertThat(answer("before")).contains(ANSWER);
        assertThat(news()).hasSize(3);
        time.jump(Duration.ofDays(-31));
        restart();
        order("m4");
        assertThat(answer("before")).contains(ANSWER);
        assertThat(answer("ahead")).contains(ANSWER);
        assertThat(news()).hasSize(4);
    }

    @Test
    void whatWaitsInAQueueOutlivesAWrongReading() {
        order("m1");
        order("m2");
        clockIsAheadFor(Duration.ofDays(31), () -> {
            order("ahead");
            order("ahead too");
        });
        order("m3");
        assertThat(news()).hasSize(5);
        assertThat(store.log().horizon()).isZero();
        restart();
        order("m4");
        assertThat(news()).hasSize(6);
    }

    @Test
    void anEventFromTheFutureKeepsNothingAliveForEver() {
        order("m1");
        clockIsAheadFor(Duration.ofDays(3_650), () -> order("ahead"));
        order("m2");
        time.pass(Duration.ofDays(31));
        for (var i = 3; i < 8; i++) {
            order("m" + i);
        }
        assertThat(news()).as("the first three are too old").containsExactly(4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void aClockThatStaysAheadIsBelievedInTheEnd() {
        order("m1");
        time.jump(Duration.ofDays(31));
        order("m2");
        assertThat(news()).hasSize(2);
        time.pass(TrustedClock.HELD_FOR);
        order("m3");
        assertThat(news()).containsExactly(2L, 3L);
    }

    private void order(String name) {
        new Parcels(store.journal()).order("acme", name, PIZZA, time.instant()).join();
    }

    private List<Long> news() {
        return store.log().news(NILS, 0, Long.MAX_VALUE, 10_000).stream()
                .map(LogEntry::position)
                .toList();
    }

    private void keep(String key) {
        Instant at = time.instant();
        store.journal()
                .submit(ledger -> {
                    ledger.keep(DirectoryContract.NILS, key, ANSWER, at);
                    return true;
                })
                .join();
    }

    private Optional<Answer> answer(String key) {
        return store.journal()
                .submit(ledger -> ledger.answerTo(DirectoryContract.NILS, key))
                .join();
    }
}
