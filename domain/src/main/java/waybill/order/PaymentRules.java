package waybill.order;

import java.util.Optional;

/// The payments an order accepts: up to the amount due, at once or in parts.
final class PaymentRules {

    private PaymentRules() {}

    /// Why an amount is rejected, and what was expected; empty for a valid one.
    static Optional<String> findRejection(Order order, Money amount) {
        var due = order.amountDue();
        var isValid = due.map(limit ->
                        limit.currency().equals(amount.currency()) && amount.minorUnits() <= limit.minorUnits())
                .orElse(true);
        if (isValid && amount.minorUnits() > 0) {
            return Optional.empty();
        }
        var expected = due.map(limit -> smallestAmount(limit) + " to " + format(limit) + ", which is still to be paid")
                .orElseGet(() -> "at least " + smallestAmount(amount));
        return Optional.of("amount: " + format(amount) + " (expected: " + expected + ")");
    }

    private static String smallestAmount(Money amount) {
        return format(new Money(1, amount.currency()));
    }

    private static String format(Money amount) {
        return amount.toDecimal() + " " + amount.currency();
    }
}
