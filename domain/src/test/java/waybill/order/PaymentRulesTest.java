package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.order.Decided.accepted;
import static waybill.order.Decided.decide;
import static waybill.order.Decided.events;
import static waybill.order.Decided.orderIn;
import static waybill.order.Decided.stateChanged;
import static waybill.order.OrderState.DELIVERED;
import static waybill.order.OrderState.PAYMENT_CONFIRMED;
import static waybill.order.OrderState.PENDING;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import waybill.geo.Address;
import waybill.order.Decision.AlreadyDone;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;

/// When an order is paid, and what may be paid.
class PaymentRulesTest {

    private static final Money PRICE = new Money(1250, "EUR");

    @Test
    void aPaymentEmitsAnEvent() {
        var paid = accepted(decide(orderIn(PENDING), new OrderCommand.Pay(PRICE, "card")));
        assertThat(events(paid))
                .containsExactly(new OrderEvent.Paid(PRICE, "card"), stateChanged(PAYMENT_CONFIRMED, ""));
        assertThat(paid.finalOrder().isPaid()).isTrue();
        assertThat(decide(paid.finalOrder(), new OrderCommand.Pay(PRICE, "cash")))
                .isInstanceOf(AlreadyDone.class);
        var atTheDoor = accepted(decide(orderIn(DELIVERED), new OrderCommand.Pay(PRICE, "cash")));
        assertThat(events(atTheDoor)).containsExactly(new OrderEvent.Paid(PRICE, "cash"));
    }

    @Test
    void paymentsAreLimitedToTheTotal() {
        var part = accepted(decide(costing(PRICE), pay(500, "EUR")));
        assertThat(events(part)).containsExactly(new OrderEvent.Paid(new Money(500, "EUR"), "card"));
        assertThat(part.finalOrder().state()).isEqualTo(PENDING);
        assertThat(part.finalOrder().isPaid()).isFalse();
        assertThat(part.finalOrder().amountDue()).contains(new Money(750, "EUR"));
        for (var wrong : List.of(pay(751, "EUR"), pay(750, "USD"), pay(0, "EUR"))) {
            assertThat(decide(part.finalOrder(), wrong))
                    .isEqualTo(new Refused(
                            Reason.WRONG_AMOUNT,
                            "amount: " + wrong.amount().toDecimal() + " "
                                    + wrong.amount().currency()
                                    + " (expected: 0.01 EUR to 7.50 EUR, which is still to be paid)"));
        }
        var rest = accepted(decide(part.finalOrder(), pay(750, "EUR")));
        assertThat(events(rest))
                .containsExactly(
                        new OrderEvent.Paid(new Money(750, "EUR"), "card"), stateChanged(PAYMENT_CONFIRMED, ""));
        assertThat(rest.finalOrder().isPaid()).isTrue();
        assertThat(decide(rest.finalOrder(), pay(1, "EUR"))).isEqualTo(new AlreadyDone(rest.finalOrder()));
    }

    @Test
    void anOrderWithoutATotalIsPaidByAnyAmount() {
        assertThat(decide(orderIn(PENDING), pay(0, "EUR")))
                .isEqualTo(new Refused(Reason.WRONG_AMOUNT, "amount: 0.00 EUR (expected: at least 0.01 EUR)"));
        assertThat(accepted(decide(orderIn(PENDING), pay(1, "EUR")))
                        .finalOrder()
                        .isPaid())
                .isTrue();
    }

    @Test
    void anOrderWithATotalOfZeroIsPaid() {
        assertThat(decide(costing(new Money(0, "EUR")), pay(1, "EUR"))).isInstanceOf(AlreadyDone.class);
    }

    private static OrderCommand.Pay pay(long minor, String currency) {
        return new OrderCommand.Pay(new Money(minor, currency), "card");
    }

    private static Order costing(Money total) {
        var details = new OrderDetails(
                new Customer(null, "Kari", null), Address.UNKNOWN, Address.UNKNOWN, List.of(), total, null);
        return OrderSamples.order(new OrderId(new UUID(0, 1)), Instant.EPOCH, details)
                .withState(PENDING);
    }

    @Test
    void moneyHasTheFractionDigitsOfItsCurrency() {
        assertThat(PRICE.toDecimal()).isEqualTo("12.50");
        assertThat(new Money(1250, "JPY").toDecimal()).isEqualTo("1250");
        assertThat(PRICE.times(3).plus(PRICE)).isEqualTo(new Money(5000, "EUR"));
        assertThatThrownBy(() -> new Money(-1, "EUR")).hasMessageStartingWith("amount: -1 (expected");
        assertThatThrownBy(() -> new Money(1, "EURO")).hasMessageStartingWith("currency: EURO (expected");
        assertThatThrownBy(() -> PRICE.plus(new Money(1, "USD"))).hasMessage("currency: USD (expected: EUR)");
    }
}
