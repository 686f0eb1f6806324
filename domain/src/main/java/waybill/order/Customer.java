package waybill.order;

import org.jspecify.annotations.Nullable;

/// The customer of an order, as the order was placed.
///
/// @param idOrNone the user that ordered it; none for a parcel that a store created
public record Customer(
        @Nullable String idOrNone, String name, @Nullable String phoneOrNone) {}
