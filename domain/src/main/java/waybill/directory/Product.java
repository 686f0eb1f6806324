package waybill.directory;

/// Something that a store sells, at a price that its orders need not say.
///
/// @param id the store's own id of it, which items of orders name
/// @param price of a single one, in the smallest unit of the currency
/// @param isAvailable whether it can be ordered now
public record Product(String id, String name, long price, String currency, boolean isAvailable) {

    /// How many products the catalogue of one store may have.
    public static final int PER_STORE_MAX = 1_000;
}
