package waybill.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;

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
    private final StoreAlert alert =
            new StoreAlert(failure::get, "one", () -> new UUID(0, ids.incrementAndGet()), now::get);

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

    @Test
    void itIsOpenedOnceAndClearedOnceForEachFailure() {
        check();
        assertThat(sent).isEmpty();
        failure.set(Optional.of("disk full"));
        check();
        failure.set(Optional.of("another reason"));
        check();
        now.set(NOON.plusSeconds(9));
        failure.set(Optional.empty());
        check();
        failure.set(Optional.of("disk full"));
        check();
        assertThat(sent)
                .containsExactly(
                        "opened 1 2026-01-31T12:00:00Z",
                        "cleared 1 2026-01-31T12:00:09Z",
                        "opened 2 2026-01-31T12:00:09Z");
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
        failure.set(Optional.empty());
        check();
        assertThat(all.list()).containsExactly(stored);
        assertThat(alert.count(Kind.STORE_UNWRITABLE)).isZero();
    }
}
