package waybill.directory;

import java.math.BigDecimal;

/// A coupon. Its code names it.
public record Coupon(String code, String description, BigDecimal discountValue) {}
