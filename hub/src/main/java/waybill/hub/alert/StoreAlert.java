package waybill.hub.alert;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.journal.OpenAlerts;
import waybill.order.SystemAlert;
import waybill.order.SystemAlert.Kind;

/// The alert of a node whose store cannot be written. Such a store cannot have it, so it is in memory: administrators
/// that are connected receive it at once, and the node lists it while it lasts.
///
/// One thread opens and clears it, any lists it.
public final class StoreAlert {

    private final Supplier<Optional<String>> failure;
    private final String node;
    private final Supplier<UUID> ids;
    private final InstantSource clock;
    private volatile @Nullable SystemAlert openOrNone;

    /// Sends what is not in the log to administrators.
    public interface Publisher {

        void opened(SystemAlert alert, Instant at);

        void cleared(SystemAlert alert, Instant at);
    }

    /// @param failure why the store cannot be written; empty if it can
    /// @param node the name of this node, the subject of the alert
    public StoreAlert(Supplier<Optional<String>> failure, String node, Supplier<UUID> ids, InstantSource clock) {
        this.failure = failure;
        this.node = node;
        this.ids = ids;
        this.clock = clock;
    }

    /// Called often, by one thread.
    public void runDue(Publisher publisher) {
        var why = failure.get();
        var open = openOrNone;
        if (why.isPresent() == (open != null)) {
            return;
        }
        var now = clock.instant();
        if (open != null) {
            openOrNone = null;
            publisher.cleared(open, now);
        } else {
            var kind = Kind.STORE_UNWRITABLE;
            var message = "the store cannot be written: " + why.orElseThrow() + "; orders are answered unavailable";
            var alert = new SystemAlert(ids.get(), kind, kind.severity(), node, message, now, null, null);
            openOrNone = alert;
            publisher.opened(alert, now);
        }
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
