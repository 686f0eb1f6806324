package waybill.directory;

/// A product of a store. Orders may omit its price.
///
/// @param id the store's own id, which order items name
/// @param price of one unit, in the smallest unit of the currency
/// @param isAvailable whether it can be ordered now
public record Product(String id, String name, long price, String currency, boolean isAvailable) {

    public static final int PER_STORE_MAX = 1_000;
}
