package waybill.server.rest.payment;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import waybill.order.Money;

/// The amounts of payment providers, which are in minor units, but for some currencies not in those of ISO 4217.
final class PaymentAmounts {

    /// The currencies whose amounts Stripe writes without decimals.
    private static final Set<String> WITHOUT_DECIMALS = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");

    /// Those that it writes with two decimals, which are always zero.
    private static final Map<String, Integer> WITH_DECIMALS = Map.of("ISK", 2, "UGX", 2);

    private PaymentAmounts() {}

    /// Throws [IllegalArgumentException] for a currency or an amount that does not exist.
    static Money ofStripe(long amount, String currency) {
        var code = currency.toUpperCase(Locale.ROOT);
        var digits = Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
        var given = WITHOUT_DECIMALS.contains(code) ? 0 : WITH_DECIMALS.getOrDefault(code, digits);
        var scale = powerOfTen(Math.abs(digits - given));
        if (given > digits && amount % scale != 0) {
            throw new IllegalArgumentException("amount: " + amount + " (expected: a multiple of " + scale + ")");
        }
        return new Money(given > digits ? amount / scale : Math.multiplyExact(amount, scale), code);
    }

    static Money ofRazorpay(long amount, String currency) {
        return new Money(amount, currency.toUpperCase(Locale.ROOT));
    }

    private static long powerOfTen(int exponent) {
        var power = 1L;
        for (var i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
