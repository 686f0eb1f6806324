package waybill.order;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Address;

/// What an order is of, for whom and where to. Said once, when it is placed.
///
/// @param customerOrNone the user who ordered it; a parcel that only its store knows of has none
/// @param pickup where it is fetched, as far as the order says; a store may have an address of its own
/// @param totalOrNone what it costs in all; nobody need say
/// @param fareOrNone what its driver earns
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

    /// A parcel of which only names are known.
    public static OrderDetails ofParcel(String customerName, String address) {
        return new OrderDetails(
                null, customerName, null, Address.UNKNOWN, new Address(address, null), List.of(), null, null);
    }

    /// The same, of which it is not said what it is of.
    public OrderDetails withoutItems() {
        return new OrderDetails(
                customerOrNone, customerName, customerPhoneOrNone, pickup, dropoff, List.of(), totalOrNone, fareOrNone);
    }

    /// The same, fetched there.
    public OrderDetails withPickup(Address address) {
        return new OrderDetails(
                customerOrNone, customerName, customerPhoneOrNone, address, dropoff, items, totalOrNone, fareOrNone);
    }

    /// The same of other items, with what they cost.
    public OrderDetails withItems(List<Item> others) {
        return new OrderDetails(
                customerOrNone,
                customerName,
                customerPhoneOrNone,
                pickup,
                dropoff,
                others,
                Item.total(others).orElse(null),
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
