package waybill.storage.sql;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.geo.Address;
import waybill.order.Customer;
import waybill.order.Item;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;

/// Leaves what is about people out of the rows of orders and events: names, phones, the texts of addresses and notes,
/// what senders wrote, reasons, and who received a parcel. Places of customers are rounded to about a kilometre, and
/// each customer gets a number. Ids of stores and drivers stay, and so do times, states, items and prices.
public final class RowRedaction {

    private static final String DETAILS = "details";

    private static final Set<Integer> PERSONAL =
            Set.of(EventJson.PROOF_RECORDED, EventJson.LINK_SHARED, EventJson.LINKS_REVOKED);

    private final Map<String, String> customers = new HashMap<>();

    private String customer(String id) {
        return customers.computeIfAbsent(id, _ -> "customer-" + (customers.size() + 1));
    }

    /// The row of an order.
    public Map<String, @Nullable Object> order(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> redacted = new LinkedHashMap<>(row);
        var details = OrderDetailsJson.read(String.valueOf(row.get(DETAILS)), null);
        var id = details.customerOrNone();
        var known = new OrderDetails(
                        new Customer(id == null ? null : customer(id), "", null),
                        withoutText(details.pickup()),
                        withoutText(rounded(details.dropoff())),
                        details.items().stream().map(RowRedaction::withoutNotes).toList(),
                        details.totalOrNone(),
                        details.fareOrNone())
                .withPromisedAt(details.promisedAtOrNone());
        redacted.put(DETAILS, OrderDetailsJson.write(known));
        redacted.computeIfPresent("customer", (_, value) -> customer(String.valueOf(value)));
        redacted.put("proofs", null);
        return redacted;
    }

    private static Item withoutNotes(Item item) {
        return new Item(item.product(), item.nameOrNone(), item.quantity(), item.priceOrNone(), null, item.options());
    }

    private static Address withoutText(Address address) {
        return new Address("", address.positionOrNone(), null);
    }

    private static Address rounded(Address address) {
        var position = address.positionOrNone();
        return new Address(address.text(), position == null ? null : position.rounded(), null);
    }

    /// The row of an event of an order; null for one that is all about people.
    public @Nullable Map<String, @Nullable Object> event(Map<String, @Nullable Object> row) {
        var kind = row.get("kind") instanceof Number number ? number.intValue() : EventJson.PROOF_RECORDED;
        if (PERSONAL.contains(kind) || row.get("order_row") == null) {
            return null;
        }
        Map<String, @Nullable Object> redacted = new LinkedHashMap<>(row);
        redacted.put("document", OrderEvent.NO_DOCUMENT);
        redacted.put("proofs", null);
        var actor = String.valueOf(row.get("actor"));
        var prefix = Role.CUSTOMER.wireName() + ":";
        if (actor.startsWith(prefix)) {
            redacted.put("actor", prefix + customer(actor.substring(prefix.length())));
        }
        if (kind == EventJson.STATE_CHANGED) {
            redacted.put("body", null);
        }
        return redacted;
    }
}
