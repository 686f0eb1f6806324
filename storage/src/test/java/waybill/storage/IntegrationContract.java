package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import waybill.journal.Journal;
import waybill.journal.OpenAlerts;
import waybill.order.Money;
import waybill.order.OrderId;
import waybill.order.ProviderPayment;
import waybill.order.ProviderPayment.Outcome;
import waybill.order.SystemAlert;

/// What every store does with alerts and with reports of payment providers.
interface IntegrationContract {

    Instant NOON = Instant.parse("2026-01-31T12:00:00.123Z");
    OrderId ORDER = new OrderId(new UUID(7, 7));

    Journal journal();

    OpenAlerts openAlerts();

    private static SystemAlert alert(String subject, Instant since) {
        return new SystemAlert(
                new UUID(1, subject.hashCode()),
                SystemAlert.Kind.DRIVER_LOST,
                SystemAlert.Severity.WARNING,
                subject,
                "the signal of " + subject + " is lost",
                since,
                ORDER,
                subject);
    }

    @Test
    default void anAlertIsOpenOnceUntilItIsDeleted() {
        var kari = alert("kari", NOON.plusSeconds(1));
        var ola = alert("ola", NOON);
        assertThat(journal()
                        .submit(work -> work.saveAlert(kari) && work.saveAlert(ola))
                        .join())
                .isTrue();
        assertThat(journal().submit(work -> work.saveAlert(alert("kari", NOON))).join())
                .isFalse();
        assertThat(openAlerts().list()).containsExactly(ola, kari);
        assertThat(journal()
                        .submit(work -> work.deleteAlert(SystemAlert.Kind.QUEUE_LONG, "kari"))
                        .join())
                .isEmpty();
        assertThat(journal()
                        .submit(work -> work.deleteAlert(SystemAlert.Kind.DRIVER_LOST, "kari"))
                        .join())
                .contains(kari);
        assertThat(openAlerts().list()).containsExactly(ola);
    }

    @Test
    default void aReportIsFoundByItsProviderAndItsId() {
        var payment = new ProviderPayment("stripe", "evt_1", "pi_1", ORDER, new Money(2_500, "EUR"), NOON);
        var other = new ProviderPayment("stripe", "evt_2", "pi_2", ORDER, new Money(1, "EUR"), NOON);
        journal()
                .submit(work -> {
                    work.savePaymentReport(payment, Outcome.APPLIED, NOON);
                    work.savePaymentReport(other, Outcome.MISMATCH, NOON.plus(Duration.ofDays(1)));
                    return true;
                })
                .join();
        assertThat(find("stripe", "evt_1")).contains(Outcome.APPLIED);
        assertThat(find("stripe", "evt_2")).contains(Outcome.MISMATCH);
        assertThat(find("razorpay", "evt_1")).isEmpty();
        assertThat(isApplied("stripe", "pi_1")).isTrue();
        assertThat(isApplied("stripe", "pi_2")).isFalse();
        assertThat(isApplied("razorpay", "pi_1")).isFalse();
    }

    private Optional<Outcome> find(String provider, String eventId) {
        return journal()
                .submit(work -> work.findPaymentReport(provider, eventId))
                .join();
    }

    private boolean isApplied(String provider, String paymentId) {
        return journal()
                .submit(work -> work.isPaymentApplied(provider, paymentId))
                .join();
    }
}
