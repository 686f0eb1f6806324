package waybill.server.rest;

import java.math.BigDecimal;
import java.util.Optional;
import waybill.order.Money;

/// Amounts as they are sent: in minor units, as decimal numbers, or as both, so that what was read can be sent back.
final class Prices {

    private static final String WHOLE = "a whole number in the smallest unit of the currency, such as 1250 for 12.50";

    private Prices() {}

    /// `price` is in minor units, and `unitPrice` the same as a decimal number.
    static Optional<Money> price(Given from, String where, String currency) {
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
                    field + ": " + decimal.get() + " (expected: " + minor.get().decimal() + ", since " + where
                            + "price is " + minor.get().minor() + " in minor units)");
        }
        return Optional.of(read);
    }

    /// `name` is in minor units. What was read has it as a decimal number, beside the same in minor units under
    /// `minorName`: sent back together, they mean the latter.
    static Optional<Money> amount(Given from, String name, String minorName, String currency) {
        var minor = from.number(minorName).map(amount -> new Money(amount, currency));
        var said = from.find(name).map(BigDecimal::new);
        if (said.isEmpty()) {
            return minor;
        }
        if (minor.isEmpty()) {
            return Optional.of(new Money(whole(name, said.get()), currency));
        }
        var agrees = said.get().compareTo(BigDecimal.valueOf(minor.get().minor())) == 0
                || said.get().compareTo(minor.get().decimal()) == 0;
        if (!agrees) {
            throw Problem.invalid(
                    name,
                    name + ": " + said.get() + " (expected: " + minor.get().minor() + ", as in " + minorName + ")");
        }
        return minor;
    }

    private static long whole(String name, BigDecimal amount) {
        try {
            return amount.longValueExact();
        } catch (ArithmeticException _) {
            throw Problem.invalid(name, name + ": " + amount + " (expected: " + WHOLE + ")");
        }
    }

    private static Optional<Money> money(BigDecimal decimal, String currency) {
        var digits = new Money(0, currency).decimal().scale();
        try {
            return Optional.of(new Money(decimal.movePointRight(digits).longValueExact(), currency));
        } catch (ArithmeticException _) {
            return Optional.empty();
        }
    }
}
