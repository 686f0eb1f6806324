package waybill.hub;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import waybill.geo.Address;
import waybill.hub.OrderCommandHandler.OrderPolicy;
import waybill.hub.OrderCommandHandler.OrderRequest;
import waybill.journal.UnitOfWork;
import waybill.order.Arrivals;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderOffers;
import waybill.order.OrderProofs;
import waybill.order.OrderState;
import waybill.order.OrderTimes;

/// Makes the order that a command places: first what the command says, and then, for one that may be placed, its
/// address, its fare and its number.
record NewOrders(OrderPolicy policy) {

    private static final int NUMBER_DIGITS_MIN = 4;

    /// The order as the command says, without a number.
    ///
    /// @param details those of the command, with prices
    /// @param name its message id
    Order draft(OrderRequest request, OrderCommand.Place place, OrderDetails details, String store, String name) {
        var placedAt = request.receivedAt();
        var acceptBy = place.initialState() == OrderState.PENDING
                ? policy.acceptWithin().map(placedAt::plus).orElse(null)
                : null;
        return new Order(
                place.id(),
                "",
                store,
                name,
                place.foreignId(),
                OrderState.NEW,
                null,
                0,
                details,
                placedAt,
                acceptBy,
                Arrivals.NONE,
                OrderOffers.NONE,
                OrderTimes.NONE,
                OrderProofs.NONE,
                0);
    }

    Order complete(UnitOfWork work, Order draft) {
        var located = withStoreAddress(work, draft);
        var priced = policy.tariff()
                .map(tariff -> FarePricing.price(located, tariff))
                .orElse(located);
        return assignNumber(work, priced);
    }

    /// An order without a pickup address gets the address of its store, if there is one.
    private static Order withStoreAddress(UnitOfWork work, Order order) {
        var details = order.details();
        return details.pickup().equals(Address.UNKNOWN)
                ? work.findBusiness(order.store())
                        .map(business -> order.withDetails(details.withPickup(business.address())))
                        .orElse(order)
                : order;
    }

    private Order assignNumber(UnitOfWork work, Order order) {
        var day = LocalDate.ofInstant(order.placedAt(), ZoneOffset.UTC);
        var count = Long.toString(work.nextOrderNumber(day));
        var zeros = "0".repeat(Math.max(0, NUMBER_DIGITS_MIN - count.length()));
        var date = DateTimeFormatter.BASIC_ISO_DATE.format(day);
        return order.withNumber(policy.numberPrefix() + "-" + date + "-" + zeros + count);
    }
}
