package waybill.hub.alert;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.order.OrderId;
import waybill.order.SystemAlert;

/// Finds what alerts of one kind are about now.
@FunctionalInterface
public interface AlertSource {

    /// Something that may be worth an alert.
    ///
    /// @param isRaised whether an alert is opened for it. Otherwise one that is open stays open
    record Condition(
            String subject,
            String message,
            @Nullable OrderId orderOrNone,
            @Nullable String driverOrNone,
            boolean isRaised) {}

    /// Whether one node is enough, which sees the same as the others.
    default boolean isShared() {
        return true;
    }

    /// Whether an open alert of the kind stays open although it has no condition on this node.
    default boolean holds(SystemAlert alert) {
        return false;
    }

    /// The conditions at a time; an open alert without one is cleared. May block on the disk.
    List<Condition> conditions(Instant now);
}
