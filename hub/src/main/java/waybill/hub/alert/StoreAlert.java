package waybill.hub.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.journal.OpenAlerts;
import waybill.order.SystemAlert;
import waybill.order.SystemAlert.Kind;

/// The alert of a node whose store cannot be written. Such a store cannot have it, so it is in memory: administrators
/// that are connected receive it at once, and the node lists it while it lasts. It is cleared when the store has worked
/// for a while, so that a disk that fails again and again is one alert.
///
/// One thread opens and clears it, any lists it.
public final class StoreAlert {

    /// How long the store can be written without a failure before the alert is cleared.
    public static final Duration CLEAR_AFTER = Duration.ofSeconds(30);

    private final Supplier<Optional<String>> failure;
    private final String node;
    private final Supplier<UUID> ids;
    private final InstantSource clock;
    private final LongSupplier elapsedMs;
    private long failedAtMs; // by the thread that opens and clears it
    private volatile @Nullable SystemAlert openOrNone;

    /// Sends what is not in the log to administrators.
    public interface Publisher {

        void opened(SystemAlert alert, Instant at);

        void cleared(SystemAlert alert, Instant at);
    }

    /// @param failure why the store cannot be written; empty if it can
    /// @param node the name of this node, the subject of the alert
    /// @param elapsedMs counts elapsed time, independent of the clock
    public StoreAlert(
            Supplier<Optional<String>> failure,
            String node,
            Supplier<UUID> ids,
            InstantSource clock,
            LongSupplier elapsedMs) {
        this.failure = failure;
        this.node = node;
        this.ids = ids;
        this.clock = clock;
        this.elapsedMs = elapsedMs;
    }

    /// Called often, by one thread.
    public void runDue(Publisher publisher) {
        var nowMs = elapsedMs.getAsLong();
        var why = failure.get();
        if (why.isPresent()) {
            failedAtMs = nowMs;
        }
        var open = openOrNone;
        if (open == null) {
            why.ifPresent(reason -> open(reason, publisher));
        } else if (nowMs - failedAtMs >= CLEAR_AFTER.toMillis()) {
            openOrNone = null;
            publisher.cleared(open, clock.instant());
        }
    }

    private void open(String why, Publisher publisher) {
        var now = clock.instant();
        var kind = Kind.STORE_UNWRITABLE;
        var message = "the store cannot be written: " + why + "; orders are answered unavailable";
        var alert = new SystemAlert(ids.get(), kind, kind.severity(), node, message, now, null, null);
        openOrNone = alert;
        publisher.opened(alert, now);
    }

    /// The alert, if it is open, and the stored ones.
    public OpenAlerts with(OpenAlerts stored) {
        return () -> Stream.concat(open().stream(), stored.list().stream()).toList();
    }

    /// Open alerts of a kind.
    public long count(Kind kind) {
        return open().stream().filter(alert -> alert.kind() == kind).count();
    }

    private List<SystemAlert> open() {
        var open = openOrNone;
        return open == null ? List.of() : List.of(open);
    }
}
