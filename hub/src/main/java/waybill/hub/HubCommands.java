package waybill.hub;

import java.time.Instant;
import waybill.directory.Business;
import waybill.directory.Coupon;
import waybill.directory.DriverState;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.HubEvent;

/// What happens besides orders, written down and posted in one transaction. Each is a part of a transaction that
/// somebody has begun with [Journal#submit], and returns the position of its event, or 0 when nothing changed.
public final class HubCommands {

    private HubCommands() {}

    /// A store describes itself, and says whether it is open. Only that it has opened or closed is news.
    public static long updateBusiness(UnitOfWork ledger, Business business, Actor by, Instant at) {
        var before = ledger.findBusiness(business.store()).orElse(Business.withDefaults(business.store()));
        if (before.isOpen() != business.isOpen()) {
            return setBusinessOpen(ledger, business, by, at);
        }
        if (!before.equals(business)) {
            ledger.save(business);
        }
        return 0;
    }

    /// A store says whether it is open, and all are told, also when that is what they were told before.
    public static long setBusinessOpen(UnitOfWork ledger, Business business, Actor by, Instant at) {
        ledger.save(business);
        return appendAndRoute(
                ledger,
                new HubEvent.BusinessStatusChanged(business.store(), business.name(), business.isOpen()),
                by,
                at);
    }

    public static long setDriverStatus(
            UnitOfWork ledger, DriverState driver, HubEvent.DriverStatusChanged event, Actor by) {
        var before = ledger.findDriver(driver.driver());
        if (before.isPresent() && before.get().status() == driver.status()) {
            return 0;
        }
        ledger.save(driver);
        return appendAndRoute(ledger, event, by, driver.since());
    }

    public static long sendNotification(UnitOfWork ledger, HubEvent.UserNotified notification, Actor by, Instant at) {
        return appendAndRoute(ledger, notification, by, at);
    }

    /// 0 when there is an offer of that code already.
    public static long createCoupon(UnitOfWork ledger, Coupon offer, Actor by, Instant at) {
        return ledger.save(offer)
                ? appendAndRoute(
                        ledger,
                        new HubEvent.CouponCreated(offer.code(), offer.description(), offer.discountValue()),
                        by,
                        at)
                : 0;
    }

    private static long appendAndRoute(UnitOfWork ledger, HubEvent event, Actor by, Instant at) {
        var position = ledger.append(event, by, at, at);
        NotificationRouting.route(ledger, event, position);
        return position;
    }
}
