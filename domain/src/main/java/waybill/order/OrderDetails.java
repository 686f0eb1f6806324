package waybill.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Address;

/// The customer, addresses, items and prices of an order. Set once, when it is placed.
///
/// @param pickup the pickup address as given in the order; a store may have an address of its own
/// @param totalOrNone the total price, if given
/// @param fareOrNone the driver's fare, if given
/// @param promisedAtOrNone the delivery time that the customer was promised, in whole milliseconds
/// @param proofRequirement the proofs without which it cannot be delivered
/// @param document the JSON text in which its sender wrote the order, as it came, for a protocol that passes it on;
///     [OrderEvent#NO_DOCUMENT] for an order that was placed without one
public record OrderDetails(
        Customer placedFor,
        Address pickup,
        Address dropoff,
        List<Item> items,
        @Nullable Money totalOrNone,
        @Nullable Money fareOrNone,
        @Nullable Instant promisedAtOrNone,
        ProofRequirement proofRequirement,
        String document) {

    public static final int ITEMS_MAX = 500;

    public OrderDetails {
        items = List.copyOf(items);
        promisedAtOrNone = OrderTimes.inMs(promisedAtOrNone);
        if (items.size() > ITEMS_MAX) {
            throw new IllegalArgumentException("items: " + items.size() + " (expected: 0.." + ITEMS_MAX + ")");
        }
    }

    /// Details without a document.
    public OrderDetails(
            Customer placedFor,
            Address pickup,
            Address dropoff,
            List<Item> items,
            @Nullable Money totalOrNone,
            @Nullable Money fareOrNone) {
        this(
                placedFor,
                pickup,
                dropoff,
                items,
                totalOrNone,
                fareOrNone,
                null,
                ProofRequirement.NONE,
                OrderEvent.NO_DOCUMENT);
    }

    /// The details of a parcel of which only the customer's name and address are known.
    public static OrderDetails ofParcel(String customerName, String address) {
        return new OrderDetails(
                new Customer(null, customerName, null),
                Address.UNKNOWN,
                new Address(address, null),
                List.of(),
                null,
                null);
    }

    /// Whether it is known where the order is picked up and where it is delivered.
    public boolean hasKnownPlaces() {
        return pickup.positionOrNone() != null && dropoff.positionOrNone() != null;
    }

    public OrderDetails withoutItems() {
        return new OrderDetails(
                placedFor,
                pickup,
                dropoff,
                List.of(),
                totalOrNone,
                fareOrNone,
                promisedAtOrNone,
                proofRequirement,
                document);
    }

    public OrderDetails withPickup(Address address) {
        return new OrderDetails(
                placedFor,
                address,
                dropoff,
                items,
                totalOrNone,
                fareOrNone,
                promisedAtOrNone,
                proofRequirement,
                document);
    }

    public OrderDetails withPromisedAt(@Nullable Instant time) {
        return new OrderDetails(
                placedFor, pickup, dropoff, items, totalOrNone, fareOrNone, time, proofRequirement, document);
    }

    public OrderDetails withProofRequirement(ProofRequirement value) {
        return new OrderDetails(
                placedFor, pickup, dropoff, items, totalOrNone, fareOrNone, promisedAtOrNone, value, document);
    }

    public Optional<Instant> promisedAt() {
        return Optional.ofNullable(promisedAtOrNone);
    }

    public OrderDetails withFare(Money fare) {
        return new OrderDetails(
                placedFor, pickup, dropoff, items, totalOrNone, fare, promisedAtOrNone, proofRequirement, document);
    }

    public OrderDetails withDocument(String text) {
        return new OrderDetails(
                placedFor, pickup, dropoff, items, totalOrNone, fareOrNone, promisedAtOrNone, proofRequirement, text);
    }

    /// A copy with other items and their total.
    public OrderDetails withItems(List<Item> newItems) {
        var total = Item.total(newItems).orElse(null);
        return new OrderDetails(
                placedFor, pickup, dropoff, newItems, total, fareOrNone, promisedAtOrNone, proofRequirement, document);
    }

    public @Nullable String customerOrNone() {
        return placedFor.idOrNone();
    }

    public Optional<String> customer() {
        return Optional.ofNullable(placedFor.idOrNone());
    }

    public String customerName() {
        return placedFor.name();
    }

    public Optional<String> customerPhone() {
        return Optional.ofNullable(placedFor.phoneOrNone());
    }

    public Optional<Money> total() {
        return Optional.ofNullable(totalOrNone);
    }

    public Optional<Money> fare() {
        return Optional.ofNullable(fareOrNone);
    }
}
