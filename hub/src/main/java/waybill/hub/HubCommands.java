package waybill.hub;

import java.time.Instant;
import java.util.Optional;
import waybill.directory.Business;
import waybill.directory.Coupon;
import waybill.directory.DriverState;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.OrderId;
import waybill.order.SystemAlert;

/// Commands that do not concern an order. Each runs inside a transaction begun with [Journal#submit], appends and
/// routes its event, and returns the event's provisional sequence, or 0 when nothing changed.
public final class HubCommands {

    private HubCommands() {}

    /// Updates a store's description and whether it is open. Only opening or closing emits an event.
    public static long updateBusiness(UnitOfWork work, Business business, Actor by, Instant at) {
        var before = work.findBusiness(business.store()).orElse(Business.withDefaults(business.store()));
        if (before.isOpen() != business.isOpen()) {
            return setBusinessOpen(work, business, by, at);
        }
        if (!before.equals(business)) {
            work.save(business);
        }
        return 0;
    }

    /// Sets whether a store is open. The event is emitted even when the status did not change.
    public static long setBusinessOpen(UnitOfWork work, Business business, Actor by, Instant at) {
        work.save(business);
        return appendAndRoute(
                work, new HubEvent.BusinessStatusChanged(business.store(), business.name(), business.isOpen()), by, at);
    }

    /// Sets the status and the shift of a driver.
    ///
    /// @param order the order that the driver is busy with
    public static long setDriver(UnitOfWork work, DriverState driver, Optional<OrderId> order, Actor by, Instant at) {
        var before = work.findDriver(driver.driver());
        if (before.filter(driver::equals).isPresent()) {
            return 0;
        }
        work.save(driver);
        var event =
                new HubEvent.DriverStatusChanged(driver.driver(), driver.status(), order.orElse(null), driver.shift());
        return appendAndRoute(work, event, by, at);
    }

    /// Takes a driver off duty whose shift has ended. A driver that has another shift by now stays on duty.
    public static long endShift(UnitOfWork work, String driver, Instant now) {
        return work.findDriver(driver)
                .filter(known -> known.status().isOnDuty() && known.shift().hasEnded(now))
                .map(known -> setDriver(work, known.offDuty(now), Optional.empty(), Actor.HUB, now))
                .orElse(0L);
    }

    public static long sendNotification(UnitOfWork work, HubEvent.UserNotified notification, Actor by, Instant at) {
        return appendAndRoute(work, notification, by, at);
    }

    /// Emits an event of a backend's own.
    public static long emit(UnitOfWork work, HubEvent.BackendEmitted emitted, Actor by, Instant at) {
        return appendAndRoute(work, emitted, by, at);
    }

    /// Opens an alert. Returns 0 when one of its kind and subject is open.
    public static long openAlert(UnitOfWork work, SystemAlert alert, Instant at) {
        return work.saveAlert(alert) ? appendAndRoute(work, new HubEvent.AlertOpened(alert), Actor.HUB_ALERTS, at) : 0;
    }

    /// Clears an alert. Returns 0 when none of that kind and subject is open.
    public static long clearAlert(UnitOfWork work, SystemAlert.Kind kind, String subject, Actor by, Instant at) {
        return work.deleteAlert(kind, subject)
                .map(alert -> appendAndRoute(work, new HubEvent.AlertCleared(alert), by, at))
                .orElse(0L);
    }

    /// A store confirms that it received the event with this sequence. Returns 0 when no confirmation is pending.
    public static long confirm(UnitOfWork work, String store, long sequence, Actor by, Instant at) {
        return work.confirm(store, sequence, at)
                ? work.append(new NodeEvent.EventConfirmed(store, sequence), by, at)
                : 0;
    }

    /// Returns 0 when a coupon with that code exists.
    public static long createCoupon(UnitOfWork work, Coupon coupon, Actor by, Instant at) {
        return work.save(coupon)
                ? appendAndRoute(
                        work,
                        new HubEvent.CouponCreated(coupon.code(), coupon.description(), coupon.discountValue()),
                        by,
                        at)
                : 0;
    }

    private static long appendAndRoute(UnitOfWork work, HubEvent event, Actor by, Instant at) {
        var sequence = work.append(event, by, at, at);
        NotificationRouting.route(work, event, sequence);
        return sequence;
    }
}
