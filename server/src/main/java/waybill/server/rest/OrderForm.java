package waybill.server.rest;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.geo.Address;
import waybill.order.Details;
import waybill.order.Item;
import waybill.order.Money;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Orders;

/// The form on which something is ordered: the body of `POST /orders`.
final class OrderForm {

    private final RestSettings settings;
    private final Supplier<UUID> ids;

    OrderForm(RestSettings settings, Supplier<UUID> ids) {
        this.settings = settings;
        this.ids = ids;
    }

    /// What a form asks for.
    Orders.Request request(Call call) {
        var body = call.body();
        var id = new OrderId(ids.get());
        var store = Permit.store(call, body.find("storeId")).orElse(settings.store());
        var externalId = body.find("externalId").orElseGet(id::toString);
        // what a customer calls an order must not meet what the store calls another
        var name = call.by().role() == Role.CUSTOMER ? id.toString() : externalId;
        var place = new OrderCommand.Place(id, externalId, OrderState.PENDING, details(call), OrderEvent.NOTHING_SAID);
        return new Orders.Request(
                new Orders.Which.Named(store, name), place, call.speaker(), call.receivedAt(), call.receivedAt());
    }

    private Details details(Call call) {
        var body = call.body();
        var currency = currency(body).orElse(settings.currency());
        var items = body.each("items").map(item -> item(item, currency)).toList();
        var self = Optional.of(call.by()).filter(by -> by.role() == Role.CUSTOMER);
        if (self.isPresent() && body.number("fare").isPresent()) {
            throw Problem.forbidden("fare: not for a customer to set (expected: a store or an administrator)");
        }
        return new Details(
                body.find("customerId").or(() -> self.map(Principal::id)).orElse(null),
                body.find("customerName")
                        .or(() -> self.flatMap(Principal::name))
                        .orElse(""),
                body.find("customerPhone")
                        .or(() -> self.flatMap(Principal::phone))
                        .orElse(null),
                body.address("pickupAddress").orElse(Address.UNKNOWN),
                body.address("deliveryAddress").orElse(Address.UNKNOWN),
                items,
                total(items).orElse(null),
                body.number("fare").map(fare -> new Money(fare, currency)).orElse(null));
    }

    private static Item item(Given item, String currency) {
        return new Item(
                item.text("product"),
                item.find("name").orElse(null),
                item.number("quantity").orElseThrow().intValue(),
                item.number("price").map(price -> new Money(price, currency)).orElse(null));
    }

    /// Known when every price is.
    private static Optional<Money> total(List<Item> items) {
        return items.stream()
                .map(item -> item.price().map(price -> price.times(item.quantity())))
                .reduce((sum, next) -> sum.flatMap(one -> next.map(one::plus)))
                .flatMap(Function.identity());
    }

    static Optional<String> currency(Given body) {
        var said = body.find("currency");
        said.ifPresent(code -> {
            try {
                var _ = new Money(0, code);
            } catch (IllegalArgumentException e) {
                throw Problem.invalid("currency", String.valueOf(e.getMessage()));
            }
        });
        return said;
    }
}
