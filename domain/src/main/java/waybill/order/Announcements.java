package waybill.order;

import java.time.Instant;
import waybill.directory.Business;
import waybill.directory.DriverState;
import waybill.directory.Offer;

/// What happens besides orders, written down and posted in one transaction. Each is a part of a transaction that
/// somebody has begun with [Journal#submit], and returns the position of its event, or 0 when nothing changed.
public final class Announcements {

    private Announcements() {}

    /// A store describes itself, and says whether it is open. Only that it has opened or closed is news.
    public static long describe(Ledger ledger, Business business, Actor by, Instant at) {
        var before = ledger.findBusiness(business.store()).orElse(Business.unknown(business.store()));
        if (before.isOpen() != business.isOpen()) {
            return openOrClose(ledger, business, by, at);
        }
        if (!before.equals(business)) {
            ledger.keep(business);
        }
        return 0;
    }

    /// A store says whether it is open, and all are told, also when that is what they were told before.
    public static long openOrClose(Ledger ledger, Business business, Actor by, Instant at) {
        ledger.keep(business);
        return announced(
                ledger,
                new HubEvent.BusinessStatusChanged(business.store(), business.name(), business.isOpen()),
                by,
                at);
    }

    public static long driverIs(Ledger ledger, DriverState driver, HubEvent.DriverStatusChanged event, Actor by) {
        var before = ledger.findDriver(driver.driver());
        if (before.isPresent() && before.get().status() == driver.status()) {
            return 0;
        }
        ledger.keep(driver);
        return announced(ledger, event, by, driver.since());
    }

    public static long notify(Ledger ledger, HubEvent.Notified notification, Actor by, Instant at) {
        return announced(ledger, notification, by, at);
    }

    /// 0 when there is an offer of that code already.
    public static long offer(Ledger ledger, Offer offer, Actor by, Instant at) {
        return ledger.keep(offer)
                ? announced(
                        ledger,
                        new HubEvent.OfferMade(offer.code(), offer.description(), offer.discountValue()),
                        by,
                        at)
                : 0;
    }

    private static long announced(Ledger ledger, HubEvent event, Actor by, Instant at) {
        var position = ledger.append(event, by, at, at);
        Post.deliver(ledger, event, position);
        return position;
    }
}
