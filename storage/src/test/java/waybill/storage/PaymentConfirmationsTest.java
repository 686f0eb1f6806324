package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.StorePorts.ACME;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.geo.Address;
import waybill.hub.payment.PaymentConfirmations;
import waybill.journal.LogEntry;
import waybill.journal.Transaction;
import waybill.order.Customer;
import waybill.order.HubEvent;
import waybill.order.Money;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;
import waybill.order.ProviderPayment;
import waybill.order.ProviderPayment.Outcome;

/// Reports of payments that come before their order, again and with other amounts.
class PaymentConfirmationsTest {

    private static final Money DUE = new Money(2_500, "EUR");

    private final InMemoryStore store = new InMemoryStore();
    private final OrderFixture orders = new OrderFixture(store);
    private final PaymentConfirmations confirmations = new PaymentConfirmations(orders.handler(), () -> new UUID(0, 1));

    private void place(@Nullable Money total) {
        var details = new OrderDetails(
                new Customer("jane", "", null), Address.UNKNOWN, Address.UNKNOWN, List.of(), total, null);
        orders.place(ACME, "m1", details, NOON).join();
    }

    private Optional<Outcome> confirm(String eventId, String paymentId, Money amount) {
        var payment = new ProviderPayment("stripe", eventId, paymentId, OrderFixture.id(ACME, "m1"), amount, NOON);
        return store.submit(new Transaction<>(PaymentConfirmations.reads(payment), work -> {
                    var outcome = confirmations.confirm(work, payment, NOON);
                    return _ -> outcome;
                }))
                .join();
    }

    private List<HubEvent.AlertOpened> alerts() {
        return store.listAfter(0, 100).stream()
                .map(LogEntry::event)
                .filter(HubEvent.AlertOpened.class::isInstance)
                .map(HubEvent.AlertOpened.class::cast)
                .toList();
    }

    private long payments() {
        return store.listAfter(0, 100).stream()
                .filter(entry -> entry.event() instanceof OrderEvent.Paid)
                .count();
    }

    @Test
    void aReportThatComesBeforeItsOrderPaysItWhenItIsSentAgain() {
        assertThat(confirm("evt_1", "pi_1", DUE)).isEmpty();
        assertThat(store.listAfter(0, 100)).isEmpty();
        place(DUE);
        assertThat(confirm("evt_1", "pi_1", DUE)).contains(Outcome.APPLIED);
        assertThat(confirm("evt_1", "pi_1", DUE)).contains(Outcome.REPEATED);
        assertThat(payments()).isEqualTo(1);
        assertThat(alerts()).isEmpty();
    }

    @Test
    void anotherAmountOrCurrencyIsAMismatchAndTheRightOneStillPays() {
        place(DUE);
        assertThat(confirm("evt_1", "pi_1", new Money(2_499, "EUR"))).contains(Outcome.MISMATCH);
        assertThat(confirm("evt_2", "pi_2", new Money(2_501, "EUR"))).contains(Outcome.MISMATCH);
        assertThat(confirm("evt_3", "pi_3", new Money(2_500, "USD"))).contains(Outcome.MISMATCH);
        assertThat(confirm("evt_4", "pi_4", new Money(0, "EUR"))).contains(Outcome.MISMATCH);
        assertThat(payments()).isZero();
        assertThat(confirm("evt_5", "pi_5", DUE)).contains(Outcome.APPLIED);
        assertThat(confirm("evt_3", "pi_3", new Money(2_500, "USD"))).contains(Outcome.REPEATED);
        assertThat(payments()).isEqualTo(1);
        assertThat(alerts())
                .extracting(opened -> opened.alert().message().replaceFirst("^order \\S+: ", ""))
                .containsExactly(
                        "paid 24.99 EUR (expected: 25.00 EUR, the amount due)",
                        "paid 25.01 EUR (expected: 25.00 EUR, the amount due)",
                        "paid 25.00 USD (expected: 25.00 EUR, the amount due)",
                        "paid 0.00 EUR (expected: 25.00 EUR, the amount due)");
    }

    @Test
    void anOrderWithoutATotalIsPaidByAnyAmount() {
        place(null);
        assertThat(confirm("evt_1", "pi_1", new Money(0, "EUR"))).contains(Outcome.MISMATCH);
        assertThat(confirm("evt_2", "pi_2", new Money(1, "JPY"))).contains(Outcome.APPLIED);
        assertThat(confirm("evt_3", "pi_3", new Money(1, "JPY"))).contains(Outcome.MISMATCH);
        assertThat(payments()).isEqualTo(1);
    }
}
