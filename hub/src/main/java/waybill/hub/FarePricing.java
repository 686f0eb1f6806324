package waybill.hub;

import java.time.Duration;
import waybill.eta.StraightLine;
import waybill.order.FareTariff;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderDetails;

/// Gives a new order without a fare that of a tariff.
final class FarePricing {

    private FarePricing() {}

    /// The order as it is if it has a fare or a place is unknown, or if its prices are in another currency: all
    /// amounts of one order are in one.
    static Order price(Order order, FareTariff tariff) {
        var details = order.details();
        var pickup = details.pickup().positionOrNone();
        var dropoff = details.dropoff().positionOrNone();
        if (details.fareOrNone() != null || pickup == null || dropoff == null || !isPricedIn(tariff, details)) {
            return order;
        }
        var time = Duration.ofMillis(StraightLine.travelMs(pickup, dropoff));
        return order.withDetails(details.withFare(tariff.fare(StraightLine.streetMetres(pickup, dropoff), time)));
    }

    private static boolean isPricedIn(FareTariff tariff, OrderDetails details) {
        return details.total()
                .map(Money::currency)
                .map(tariff.currency()::equals)
                .orElse(true);
    }
}
