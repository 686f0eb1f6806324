package waybill.order;

import java.util.Optional;

/// What may be paid for an order: as much as is still to be paid of its total, at once or in parts.
final class PaymentRules {

    private PaymentRules() {}

    /// What is wrong with an amount, and what was expected; empty where it may be paid.
    static Optional<String> findRejection(Order order, Money amount) {
        var open = order.amountDue();
        var isFitting = open.map(
                        most -> most.currency().equals(amount.currency()) && amount.minorUnits() <= most.minorUnits())
                .orElse(true);
        if (isFitting && amount.minorUnits() > 0) {
            return Optional.empty();
        }
        var expected = open.map(most -> smallestAmount(most) + " to " + format(most) + ", which is still to be paid")
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
