package waybill.order;

import java.util.Optional;

/// What may be paid for an order: as much as is still to be paid of its total, at once or in parts.
final class Payment {

    private Payment() {}

    /// What is wrong with an amount, and what was expected; empty where it may be paid.
    static Optional<String> objection(Order order, Money amount) {
        var open = order.open();
        var isFitting = open.map(most -> most.currency().equals(amount.currency()) && amount.minor() <= most.minor())
                .orElse(true);
        if (isFitting && amount.minor() > 0) {
            return Optional.empty();
        }
        var expected = open.map(most -> least(most) + " to " + words(most) + ", which is still to be paid")
                .orElseGet(() -> "at least " + least(amount));
        return Optional.of("amount: " + words(amount) + " (expected: " + expected + ")");
    }

    private static String least(Money amount) {
        return words(new Money(1, amount.currency()));
    }

    private static String words(Money amount) {
        return amount.decimal() + " " + amount.currency();
    }
}
