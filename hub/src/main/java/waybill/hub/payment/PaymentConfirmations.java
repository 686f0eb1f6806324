package waybill.hub.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import waybill.hub.HubCommands;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderRequest;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.Read;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.ProviderPayment;
import waybill.order.ProviderPayment.Outcome;
import waybill.order.SystemAlert;

/// Confirms payments of orders that a provider reports. A report is acted on once, also if the provider sends it again,
/// and a payment once, also if the provider sends several reports of it.
public final class PaymentConfirmations {

    private final OrderCommandHandler orders;
    private final Supplier<UUID> ids;

    public PaymentConfirmations(OrderCommandHandler orders, Supplier<UUID> ids) {
        this.orders = orders;
        this.ids = ids;
    }

    public static List<Read> reads(ProviderPayment payment) {
        return List.of(new Read.OfOrder(payment.order()));
    }

    /// Confirms the payment, in a transaction that reads [#reads]. Empty if there is no such order, of which nothing is
    /// saved: it may be sent again when there is.
    public Optional<Outcome> confirm(UnitOfWork work, ProviderPayment payment, Instant now) {
        if (work.findPaymentReport(payment.provider(), payment.eventId()).isPresent()) {
            return Optional.of(Outcome.REPEATED);
        }
        return work.findOrder(payment.order()).map(order -> {
            var outcome = work.isPaymentApplied(payment.provider(), payment.paymentId())
                    ? Outcome.REPEATED
                    : apply(work, order, payment, now);
            work.savePaymentReport(payment, outcome, now);
            return outcome;
        });
    }

    private Outcome apply(UnitOfWork work, Order order, ProviderPayment payment, Instant now) {
        var objection = objection(order, payment.amount()).or(() -> pay(work, payment, now));
        objection.ifPresent(message -> HubCommands.openAlert(
                work,
                new SystemAlert(
                        ids.get(),
                        SystemAlert.Kind.PAYMENT_MISMATCH,
                        SystemAlert.Kind.PAYMENT_MISMATCH.severity(),
                        payment.provider() + " " + payment.paymentId(),
                        "order " + order.number() + ": " + message,
                        now,
                        order.id(),
                        null),
                now));
        return objection.isPresent() ? Outcome.MISMATCH : Outcome.APPLIED;
    }

    private static Optional<String> objection(Order order, Money paid) {
        if (order.isPaid()) {
            return Optional.of("paid before (expected: no further payment than " + text(paid) + ")");
        }
        return order.amountDue()
                .filter(due -> !due.equals(paid))
                .map(due -> "paid " + text(paid) + " (expected: " + text(due) + ", the amount due)");
    }

    private static String text(Money money) {
        return money.toDecimal() + " " + money.currency();
    }

    private Optional<String> pay(UnitOfWork work, ProviderPayment payment, Instant now) {
        var request = new OrderRequest(
                new OrderReference.ById(payment.order()),
                new OrderCommand.Pay(payment.amount(), payment.provider()),
                new Caller.Trusted(new Actor(Actor.Kind.HUB, payment.provider())),
                payment.paidAt(),
                now);
        return switch (orders.handleInTransaction(work, request)) {
            case OrderResult.Committed _ -> Optional.empty();
            case OrderResult.Duplicate _ -> Optional.of("paid before (expected: no further payment)");
            case OrderResult.Rejected(var _, var message) -> Optional.of(message);
        };
    }
}
