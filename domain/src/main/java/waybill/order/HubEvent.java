package waybill.order;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import waybill.access.UserId;
import waybill.directory.DriverStatus;

/// Something that has happened and is not about one order.
public sealed interface HubEvent extends Event {

    /// A store has opened or closed.
    record BusinessStatusChanged(String store, String businessName, boolean isOpen) implements HubEvent {}

    record DriverStatusChanged(
            String driver, DriverStatus status, @Nullable OrderId orderOrNone) implements HubEvent {

        /// The order that the driver is busy with.
        public Optional<OrderId> order() {
            return Optional.ofNullable(orderOrNone);
        }
    }

    /// Something to tell one user. `type` is a word that its app understands.
    record UserNotified(UUID id, UserId user, String title, String message, String type) implements HubEvent {}

    /// A coupon that every customer may use.
    record CouponCreated(String code, String description, BigDecimal discountValue) implements HubEvent {}
}
