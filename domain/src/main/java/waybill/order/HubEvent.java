package waybill.order;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import waybill.access.UserId;
import waybill.directory.DriverStatus;
import waybill.directory.Shift;

/// An event that clients receive and that does not concern one order.
public sealed interface HubEvent extends Event {

    record BusinessStatusChanged(String store, String businessName, boolean isOpen) implements HubEvent {}

    record DriverStatusChanged(
            String driver, DriverStatus status, @Nullable OrderId orderOrNone, Shift shift) implements HubEvent {

        /// Of a driver that has named nothing of its shift.
        public DriverStatusChanged(String driver, DriverStatus status, @Nullable OrderId orderOrNone) {
            this(driver, status, orderOrNone, Shift.DEFAULT);
        }

        /// The order that the driver is busy with.
        public Optional<OrderId> order() {
            return Optional.ofNullable(orderOrNone);
        }
    }

    /// A notification for one user. `type` is defined by the user's app.
    record UserNotified(UUID id, UserId user, String title, String message, String type) implements HubEvent {}

    /// A coupon that every customer may use.
    record CouponCreated(String code, String description, BigDecimal discountValue) implements HubEvent {}

    /// An event of a backend's own.
    ///
    /// @param data JSON text
    record BackendEmitted(EmitTarget to, String name, String data) implements HubEvent {}

    record AlertOpened(SystemAlert alert) implements HubEvent {}

    record AlertCleared(SystemAlert alert) implements HubEvent {}
}
