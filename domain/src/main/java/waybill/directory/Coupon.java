package waybill.directory;

import java.math.BigDecimal;

/// A discount. Its code identifies it.
public record Coupon(String code, String description, BigDecimal discountValue) {}
