package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.eta.ArrivalEstimate;
import waybill.eta.EtaSource;

class EtaTest {

    private static final long NOON = 43_200_000;
    private static final long MINUTE = 60_000;

    private static ArrivalEstimate estimate(long minutes, long low, long high) {
        return new ArrivalEstimate(
                NOON + minutes * MINUTE, NOON + low * MINUTE, NOON + high * MINUTE, 1_000, EtaSource.ROUTED);
    }

    @Test
    void theRemainingTimeIsInWholeMinutes() {
        var eta = Eta.of(estimate(20, 15, 31), NOON + 30_000);
        assertThat(eta.minutes()).isEqualTo(20);
        assertThat(eta.minMinutes()).isEqualTo(14);
        assertThat(eta.maxMinutes()).isEqualTo(31);
        assertThat(eta.source()).isEqualTo(EtaSource.ROUTED);
    }

    @Test
    void anEstimateHasOneTimeOfArrivalWheneverItIsRead() {
        var atOnce = Eta.of(estimate(20, 15, 30), NOON);
        var later = Eta.of(estimate(20, 15, 30), NOON + 90_000);
        assertThat(later.estimatedDeliveryTimeMs()).isEqualTo(atOnce.estimatedDeliveryTimeMs());
        assertThat(later.remainingMs()).isEqualTo(atOnce.remainingMs() - 90_000);
    }

    @Test
    void anOverdueArrivalIsNow() {
        var eta = Eta.of(estimate(1, 0, 2), NOON + 5 * MINUTE);
        assertThat(eta).isEqualTo(new Eta(0, NOON + 5 * MINUTE, 0, 0, EtaSource.ROUTED));
        assertThat(Eta.ofStore(NOON, NOON + MINUTE)).isEqualTo(new Eta(0, NOON + MINUTE, 0, 0, EtaSource.STORE));
    }

    @Test
    void aTimeThatTheStoreHasSetHasNoBand() {
        var eta = Eta.ofStore(NOON + 10 * MINUTE, NOON);
        assertThat(eta.minMinutes()).isEqualTo(10);
        assertThat(eta.maxMinutes()).isEqualTo(10);
        assertThat(eta.source()).isEqualTo(EtaSource.STORE);
    }

    @Test
    void theEtaChangesWhenTheRemainingTimeShrinksByAMinute() {
        var published = eta(600_000, 600_000);
        assertThat(eta(541_000, 600_000).hasChangedSince(published)).isFalse();
        assertThat(eta(540_000, 600_000).hasChangedSince(published)).isTrue();
    }

    @Test
    void theEtaChangesWhenTheDriverStandsStill() {
        var published = eta(600_000, 600_000);
        assertThat(eta(600_000, 659_000).hasChangedSince(published)).isFalse();
        assertThat(eta(600_000, 660_000).hasChangedSince(published)).isTrue();
        assertThat(published.hasChangedSince(published)).isFalse();
    }

    private static Eta eta(long remainingMs, long arrivalMs) {
        return new Eta(remainingMs, arrivalMs, remainingMs, remainingMs, EtaSource.LEARNT);
    }
}
