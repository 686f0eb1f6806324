package waybill.server.rest.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.geo.Address;
import waybill.hub.OrderCommandHandler;
import waybill.order.Customer;
import waybill.order.Item;
import waybill.order.ItemOption;
import waybill.order.Money;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.ProofKind;
import waybill.order.ProofRequirement;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.RestSettings;

/// The body of `POST /orders`.
public final class OrderInput {

    /// PINs have four digits.
    private static final int PINS = 10_000;

    private final RestSettings settings;
    private final Supplier<UUID> ids;

    OrderInput(RestSettings settings, Supplier<UUID> ids) {
        this.settings = settings;
        this.ids = ids;
    }

    /// The order of a request body.
    OrderCommandHandler.OrderRequest request(ApiRequest call) {
        var body = call.body();
        var id = new OrderId(ids.get());
        var store = Authorization.store(call, body.find("storeId")).orElse(settings.store());
        var externalId = body.find("externalId").orElseGet(id::toString);
        // a customer's external id must not collide with one of the store
        var name = call.principal().role() == Role.CUSTOMER ? id.toString() : externalId;
        var place = new OrderCommand.Place(id, externalId, OrderState.PENDING, details(call));
        return new OrderCommandHandler.OrderRequest(
                new OrderCommandHandler.OrderReference.ByStoreReference(store, name),
                place,
                call.caller(),
                call.receivedAt(),
                call.receivedAt());
    }

    private OrderDetails details(ApiRequest call) {
        var body = call.body();
        var currency = currency(body).orElse(settings.currency());
        var items = items(body, currency);
        var self = Optional.of(call.principal()).filter(by -> by.role() == Role.CUSTOMER);
        if (self.isPresent()) {
            for (var name : List.of("fare", "fareMinor")) {
                if (body.number(name).isPresent()) {
                    throw Problem.forbidden(
                            name + ": not for a customer to set (expected: a store or an administrator)");
                }
            }
        }
        return new OrderDetails(
                        new Customer(
                                body.find("customerId")
                                        .or(() -> self.map(Principal::id))
                                        .orElse(null),
                                body.find("customerName")
                                        .or(() -> self.flatMap(Principal::name))
                                        .orElse(""),
                                body.find("customerPhone")
                                        .or(() -> self.flatMap(Principal::phone))
                                        .orElse(null)),
                        body.address("pickupAddress").orElse(Address.UNKNOWN),
                        body.address("deliveryAddress").orElse(Address.UNKNOWN),
                        items,
                        Item.total(items).orElse(null),
                        PriceInput.amount(body, "fare", "fareMinor", currency).orElse(null))
                .withProofRequirement(proofRequirement(call))
                .withPromisedAt(
                        TimeInput.future(body, "promisedAt", call.receivedAt()).orElse(null));
    }

    /// The proofs that the order requires, with a new PIN if one of them is a PIN.
    private ProofRequirement proofRequirement(ApiRequest call) {
        var kinds = call.body()
                .elements("proofRequired")
                .map(kind -> ProofKind.parse(kind.json().asText())
                        .orElseThrow(() -> new AssertionError("the contract lists them")))
                .collect(Collectors.toSet());
        if (kinds.isEmpty()) {
            return ProofRequirement.NONE;
        }
        var store = Authorization.store(call, call.body().find("storeId"));
        Authorization.requireStore(call.principal(), Action.REQUIRE_PROOF, store);
        return new ProofRequirement(kinds, kinds.contains(ProofKind.PIN) ? newPin() : "");
    }

    /// Of the random bits of a new id, which is used for nothing else.
    private String newPin() {
        return String.format(Locale.ROOT, "%04d", Math.floorMod(ids.get().getLeastSignificantBits(), PINS));
    }

    private static List<Item> items(JsonInput body, String currency) {
        var items = new ArrayList<Item>();
        body.elements("items").forEach(item -> items.add(item(item, "items[" + items.size() + "].", currency)));
        return items;
    }

    private static Item item(JsonInput item, String where, String currency) {
        var options = new ArrayList<ItemOption>();
        item.elements("options")
                .forEach(option -> options.add(new ItemOption(
                        option.text("name"),
                        option.find("value").orElse(null),
                        PriceInput.price(option, where + "options[" + options.size() + "].", currency)
                                .orElse(null))));
        return new Item(
                item.text("product"),
                item.find("name").orElse(null),
                item.number("quantity").orElseThrow().intValue(),
                PriceInput.price(item, where, currency).orElse(null),
                item.find("notes").orElse(null),
                options);
    }

    static Optional<String> currency(JsonInput body) {
        return currency(body, "currency");
    }

    /// The currency of a body, if it has one.
    ///
    /// @param field its name in an error
    public static Optional<String> currency(JsonInput body, String field) {
        var named = body.find("currency");
        named.ifPresent(code -> {
            try {
                var _ = new Money(0, code);
            } catch (IllegalArgumentException _) {
                throw Problem.invalid(field, field + ": " + code + " (expected: an ISO 4217 code such as EUR)");
            }
        });
        return named;
    }
}
