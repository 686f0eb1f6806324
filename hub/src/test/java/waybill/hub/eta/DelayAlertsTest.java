package waybill.hub.eta;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.eta.DelayRule;
import waybill.eta.EtaSource;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderPolicy;
import waybill.journal.Journal;
import waybill.journal.Transaction;
import waybill.journal.UnavailableException;
import waybill.order.Arrivals;
import waybill.order.OfferPolicy;
import waybill.order.Order;
import waybill.order.OrderDetails;
import waybill.order.OrderId;
import waybill.order.OrderOffers;
import waybill.order.OrderProofs;
import waybill.order.OrderState;
import waybill.order.OrderTimes;
import waybill.tracking.Eta;

/// One order, whose commands are counted and take effect when the test says so.
class DelayAlertsTest {

    private static final long MINUTE = 60_000;
    private static final long PROMISED = 60 * MINUTE;

    private final List<Boolean> submitted = new ArrayList<>();
    private @Nullable Instant promised = Instant.ofEpochMilli(PROMISED);
    private OrderTimes times = OrderTimes.NONE;
    private long nowMs;

    private final Journal journal = new Journal() {
        @Override
        public <T> CompletableFuture<T> submit(Transaction<T> transaction) {
            submitted.add(times.missedPromise().isEmpty());
            return CompletableFuture.failedFuture(new UnavailableException("full", Duration.ofSeconds(1)));
        }
    };

    private final DelayAlerts alerts = new DelayAlerts(
            DelayRule.openAfter(Duration.ofMinutes(5)),
            new OrderCommandHandler(
                    journal, _ -> true, new OrderPolicy("WB", Optional.empty(), OfferPolicy.TO_ALL, (_, _, _) -> {})));

    private Order order() {
        return new Order(
                new OrderId(new UUID(0, 1)),
                "WB-1",
                "acme",
                "m1",
                "m1",
                OrderState.IN_TRANSIT,
                null,
                0,
                OrderDetails.ofParcel("Kari", "Storgata 1").withPromisedAt(promised),
                Instant.EPOCH,
                null,
                Arrivals.NONE,
                OrderOffers.NONE,
                times,
                OrderProofs.NONE,
                1);
    }

    private void expect(double minute) {
        var arrivalMs = Math.round(minute * MINUTE);
        alerts.onEstimate(order(), new Eta(0, arrivalMs, 0, 0, EtaSource.LEARNT), nowMs);
        nowMs += 1_000;
    }

    @Test
    void aDelayIsReportedOnceItHasLasted() {
        for (var second = 0; second < 30; second++) {
            expect(66);
        }
        assertThat(submitted).isEmpty();
        expect(66);
        assertThat(submitted).containsExactly(true);
        times = new OrderTimes(null, null, promised);
        for (var second = 0; second < 300; second++) {
            expect(70);
        }
        assertThat(submitted).as("it is open").hasSize(1);
        for (var second = 0; second < 40; second++) {
            expect(60.5);
        }
        assertThat(submitted).containsExactly(true, false);
    }

    @Test
    void anEtaThatWaversAlertsNothing() {
        var random = new Random(5);
        for (var second = 0; second < 3_600; second++) {
            expect(64 + 3 * (random.nextDouble() - 0.5));
        }
        assertThat(submitted).isEmpty();
        for (var second = 0; second < 600; second++) {
            expect(second % 20 < 10 ? 70 : 55);
        }
        assertThat(submitted).isEmpty();
    }

    @Test
    void aFailedReportIsTriedAgain() {
        for (var second = 0; second < 65; second++) {
            expect(70);
        }
        assertThat(submitted).containsExactly(true, true);
    }

    @Test
    void anOrderWithoutAnEtaIsLateWhenItsPromiseHasPassed() {
        nowMs = PROMISED;
        for (var second = 0; second < 331; second++) {
            alerts.onEstimate(order(), null, nowMs);
            nowMs += 1_000;
        }
        assertThat(submitted).hasSize(1);
    }

    /// The first ETA counts, and ten minutes more.
    @Test
    void anOrderWithoutAPromiseIsComparedWithItsFirstEta() {
        promised = null;
        alerts.onEstimate(order(), null, nowMs);
        expect(30);
        for (var second = 0; second < 60; second++) {
            expect(44);
        }
        assertThat(submitted).isEmpty();
        for (var second = 0; second < 40; second++) {
            expect(45.1);
        }
        assertThat(submitted).hasSize(1);
        alerts.remove(order().id());
        expect(50);
        for (var second = 0; second < 60; second++) {
            expect(60);
        }
        assertThat(submitted).as("a new one").hasSize(1);
    }
}
