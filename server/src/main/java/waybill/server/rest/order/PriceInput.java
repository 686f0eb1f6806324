package waybill.server.rest.order;

import java.math.BigDecimal;
import java.util.Optional;
import waybill.order.Money;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Problem;

/// Parses amounts: in minor units, as decimal numbers, or as both, so that a response can be sent back.
public final class PriceInput {

    private static final String WHOLE = "a whole number in the smallest unit of the currency, such as 1250 for 12.50";

    private PriceInput() {}

    /// `price` is in minor units, and `unitPrice` the same as a decimal number.
    public static Optional<Money> price(JsonInput from, String where, String currency) {
        var decimal = from.find("unitPrice").map(BigDecimal::new);
        var minor = from.number("price").map(price -> new Money(price, currency));
        if (decimal.isEmpty()) {
            return minor;
        }
        var field = where + "unitPrice";
        var read = money(decimal.get(), currency)
                .orElseThrow(() -> Problem.invalid(
                        field,
                        field + ": " + decimal.get() + " (expected: no more decimals than " + currency + " has)"));
        if (minor.isPresent() && !minor.get().equals(read)) {
            throw Problem.invalid(
                    field,
                    field + ": " + decimal.get() + " (expected: " + minor.get().toDecimal() + ", since " + where
                            + "price is " + minor.get().minorUnits() + " in minor units)");
        }
        return Optional.of(read);
    }

    /// `name` is in minor units. Responses have it as a decimal number, beside the same in minor units under
    /// `minorName`: if both are sent back, the latter counts.
    static Optional<Money> amount(JsonInput from, String name, String minorName, String currency) {
        var minor = from.number(minorName).map(amount -> new Money(amount, currency));
        var value = from.find(name).map(BigDecimal::new);
        if (value.isEmpty()) {
            return minor;
        }
        if (minor.isEmpty()) {
            return Optional.of(new Money(wholeMinor(name, value.get()), currency));
        }
        var agrees = value.get().compareTo(BigDecimal.valueOf(minor.get().minorUnits())) == 0
                || value.get().compareTo(minor.get().toDecimal()) == 0;
        if (!agrees) {
            throw Problem.invalid(
                    name,
                    name + ": " + value.get() + " (expected: " + minor.get().minorUnits() + ", as in " + minorName
                            + ")");
        }
        return minor;
    }

    private static long wholeMinor(String name, BigDecimal amount) {
        try {
            return amount.longValueExact();
        } catch (ArithmeticException _) {
            throw Problem.invalid(name, name + ": " + amount + " (expected: " + WHOLE + ")");
        }
    }

    private static Optional<Money> money(BigDecimal decimal, String currency) {
        var digits = new Money(0, currency).toDecimal().scale();
        try {
            return Optional.of(new Money(decimal.movePointRight(digits).longValueExact(), currency));
        } catch (ArithmeticException _) {
            return Optional.empty();
        }
    }
}
