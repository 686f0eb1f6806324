package waybill.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import waybill.order.SystemAlert;
import waybill.order.SystemAlert.Kind;
import waybill.order.SystemAlert.Severity;

/// The alert of a node whose store cannot be written.
class StoreAlertTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final AtomicReference<Optional<String>> failure = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final AtomicLong ids = new AtomicLong();
    private final List<String> sent = new ArrayList<>();
    private final StoreAlert alert = new StoreAlert(
            failure::get,
            "one",
            () -> new UUID(0, ids.incrementAndGet()),
            now::get,
            () -> now.get().toEpochMilli());

    private final StoreAlert.Publisher publisher = new StoreAlert.Publisher() {
        @Override
        public void opened(SystemAlert alert, Instant at) {
            sent.add("opened " + alert.id().getLeastSignificantBits() + " " + at);
        }

        @Override
        public void cleared(SystemAlert alert, Instant at) {
            sent.add("cleared " + alert.id().getLeastSignificantBits() + " " + at);
        }
    };

    private void check() {
        alert.runDue(publisher);
        alert.runDue(publisher);
    }

    private void failAfter(Duration elapsed, String why) {
        after(elapsed);
        failure.set(Optional.of(why));
        check();
    }

    private void recoverAfter(Duration elapsed) {
        after(elapsed);
        failure.set(Optional.empty());
        check();
    }

    private void after(Duration elapsed) {
        check();
        now.updateAndGet(before -> before.plus(elapsed));
        check();
    }

    @Test
    void itIsOpenedOnceAndClearedOnceForEachFailure() {
        check();
        assertThat(sent).isEmpty();
        failAfter(Duration.ZERO, "disk full");
        failAfter(Duration.ofSeconds(9), "another reason");
        recoverAfter(Duration.ofSeconds(60));
        failAfter(StoreAlert.CLEAR_AFTER, "disk full");
        assertThat(sent)
                .containsExactly(
                        "opened 1 2026-01-31T12:00:00Z",
                        "cleared 1 2026-01-31T12:01:39Z",
                        "opened 2 2026-01-31T12:01:39Z");
    }

    @Test
    void aStoreThatFailsAgainSoonIsOneAlert() {
        failAfter(Duration.ZERO, "disk full");
        for (var i = 0; i < 20; i++) {
            recoverAfter(Duration.ofSeconds(1));
            failAfter(StoreAlert.CLEAR_AFTER.minusMillis(1), "disk full");
        }
        assertThat(sent).containsExactly("opened 1 2026-01-31T12:00:00Z");
        recoverAfter(Duration.ZERO);
        after(StoreAlert.CLEAR_AFTER.minusMillis(1));
        assertThat(sent).hasSize(1);
        after(Duration.ofMillis(1));
        assertThat(sent).last().asString().startsWith("cleared 1 ");
    }

    @Test
    void itIsListedBesideTheStoredOnesWhileItLasts() {
        var stored = new SystemAlert(new UUID(1, 1), Kind.QUEUE_LONG, Severity.WARNING, "acme", "", NOON, null, null);
        var all = alert.with(() -> List.of(stored));
        assertThat(all.list()).containsExactly(stored);
        failure.set(Optional.of("disk full"));
        check();
        assertThat(all.list())
                .containsExactly(
                        new SystemAlert(
                                new UUID(0, 1),
                                Kind.STORE_UNWRITABLE,
                                Severity.CRITICAL,
                                "one",
                                "the store cannot be written: disk full; orders are answered unavailable",
                                NOON,
                                null,
                                null),
                        stored);
        assertThat(alert.count(Kind.STORE_UNWRITABLE)).isEqualTo(1);
        assertThat(alert.count(Kind.QUEUE_LONG)).isZero();
        recoverAfter(Duration.ofSeconds(1));
        assertThat(all.list()).as("it may fail again").hasSize(2);
        after(StoreAlert.CLEAR_AFTER);
        assertThat(all.list()).containsExactly(stored);
        assertThat(alert.count(Kind.STORE_UNWRITABLE)).isZero();
    }
}
