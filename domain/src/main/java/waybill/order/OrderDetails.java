package waybill.order;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Address;

/// The customer, addresses, items and prices of an order. Set once, when it is placed.
///
/// @param customerOrNone the user that ordered it; none for a parcel that a store created
/// @param pickup the pickup address as given in the order; a store may have an address of its own
/// @param totalOrNone the total price, if given
/// @param fareOrNone the driver's fare, if given
public record OrderDetails(
        @Nullable String customerOrNone,
        String customerName,
        @Nullable String customerPhoneOrNone,
        Address pickup,
        Address dropoff,
        List<Item> items,
        @Nullable Money totalOrNone,
        @Nullable Money fareOrNone) {

    public static final int ITEMS_MAX = 500;

    public OrderDetails {
        items = List.copyOf(items);
        if (items.size() > ITEMS_MAX) {
            throw new IllegalArgumentException("items: " + items.size() + " (expected: 0.." + ITEMS_MAX + ")");
        }
    }

    /// The details of a parcel of which only the customer's name and address are known.
    public static OrderDetails ofParcel(String customerName, String address) {
        return new OrderDetails(
                null, customerName, null, Address.UNKNOWN, new Address(address, null), List.of(), null, null);
    }

    public OrderDetails withoutItems() {
        return new OrderDetails(
                customerOrNone, customerName, customerPhoneOrNone, pickup, dropoff, List.of(), totalOrNone, fareOrNone);
    }

    public OrderDetails withPickup(Address address) {
        return new OrderDetails(
                customerOrNone, customerName, customerPhoneOrNone, address, dropoff, items, totalOrNone, fareOrNone);
    }

    /// A copy with other items and their total.
    public OrderDetails withItems(List<Item> newItems) {
        return new OrderDetails(
                customerOrNone,
                customerName,
                customerPhoneOrNone,
                pickup,
                dropoff,
                newItems,
                Item.total(newItems).orElse(null),
                fareOrNone);
    }

    public Optional<String> customer() {
        return Optional.ofNullable(customerOrNone);
    }

    public Optional<String> customerPhone() {
        return Optional.ofNullable(customerPhoneOrNone);
    }

    public Optional<Money> total() {
        return Optional.ofNullable(totalOrNone);
    }

    public Optional<Money> fare() {
        return Optional.ofNullable(fareOrNone);
    }
}
