package waybill.order;

import java.math.BigDecimal;
import java.util.Currency;

/// An amount in the smallest unit of its currency: 1250 EUR is 12.50.
public record Money(long minorUnits, String currency) {

    public Money {
        if (minorUnits < 0) {
            throw new IllegalArgumentException("amount: " + minorUnits + " (expected: 0 or more, in minor units)");
        }
        fractionDigits(currency);
    }

    /// The amount as a decimal number, with as many digits as the currency has.
    public BigDecimal toDecimal() {
        return BigDecimal.valueOf(minorUnits, fractionDigits(currency));
    }

    /// `other` must be of the same currency.
    public Money plus(Money other) {
        if (!other.currency.equals(currency)) {
            throw new IllegalArgumentException("currency: " + other.currency + " (expected: " + currency + ")");
        }
        return new Money(Math.addExact(minorUnits, other.minorUnits), currency);
    }

    public Money times(int quantity) {
        return new Money(Math.multiplyExact(minorUnits, quantity), currency);
    }

    private static int fractionDigits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("currency: " + currency + " (expected: an ISO 4217 code such as EUR)");
        }
    }
}
