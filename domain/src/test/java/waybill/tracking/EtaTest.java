package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static waybill.tracking.FixSamples.fix;
import static waybill.tracking.FixSamples.ms;
import static waybill.tracking.FixSamples.positionAt;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.order.Arrivals;
import waybill.order.Customer;
import waybill.order.Order;
import waybill.order.OrderDetails;
import waybill.order.OrderId;
import waybill.order.OrderOffers;
import waybill.order.OrderState;

class EtaTest {

    private static final DriverTrackState DRIVER = DriverTrackState.start(fix(FixSamples.KARI, 0, 0, 10));

    @Test
    void sixKilometresThroughATownTakeSomeTwentyMinutes() {
        var eta = Eta.of(positionAt(0), positionAt(6_000), Fix.UNKNOWN, ms(0));
        assertThat(eta.minutes()).isBetween(20, 25);
        assertThat(eta.minMinutes()).isBetween(13, 19);
        assertThat(eta.maxMinutes()).isBetween(26, 40);
        assertThat(eta.estimatedDeliveryTimeMs()).isEqualTo(ms(0) + eta.remainingMs());
    }

    @Test
    void speedShortensTheEtaAndAStopDoesNotVoidIt() {
        var usual = Eta.of(positionAt(0), positionAt(6_000), Fix.UNKNOWN, ms(0));
        assertThat(Eta.of(positionAt(0), positionAt(6_000), 20, ms(0)).remainingMs())
                .isLessThan(usual.remainingMs());
        assertThat(Eta.of(positionAt(0), positionAt(6_000), 0, ms(0))).isEqualTo(usual);
        assertThat(Eta.of(positionAt(0), positionAt(6_000), 3, ms(0)).remainingMs())
                .isGreaterThan(usual.remainingMs());
        assertThat(Eta.of(positionAt(0), positionAt(6_000), 1e6, ms(0)))
                .isEqualTo(Eta.of(positionAt(0), positionAt(6_000), 25, ms(0)));
    }

    @Test
    void atTheDropoffNoTimeRemains() {
        assertThat(Eta.of(positionAt(0), positionAt(0), 5, ms(0))).isEqualTo(new Eta(0, ms(0)));
        assertThat(new Eta(0, ms(0)).maxMinutes()).isZero();
    }

    @Test
    void onePositionHasOneTimeOfArrivalWheneverItIsComputed() {
        var order = order(OrderState.IN_TRANSIT, positionAt(6_000));
        var atOnce = Eta.of(order, Address.UNKNOWN, DRIVER, ms(0)).orElseThrow();
        var later = Eta.of(order, Address.UNKNOWN, DRIVER, ms(90)).orElseThrow();
        assertThat(later.estimatedDeliveryTimeMs()).isEqualTo(atOnce.estimatedDeliveryTimeMs());
        assertThat(later.remainingMs()).isEqualTo(atOnce.remainingMs() - 90_000);
        var atTheDoor = order(OrderState.IN_TRANSIT, positionAt(10));
        assertThat(Eta.of(atTheDoor, Address.UNKNOWN, DRIVER, ms(90)))
                .as("overdue")
                .contains(new Eta(0, ms(90)));
    }

    @Test
    void anOldPositionYieldsNoEta() {
        var order = order(OrderState.IN_TRANSIT, positionAt(6_000));
        assertThat(Eta.of(order, Address.UNKNOWN, DRIVER, ms(120))).isPresent();
        assertThat(Eta.of(order, Address.UNKNOWN, DRIVER, ms(121))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PICKED_UP", "IN_TRANSIT"})
    void aPickedUpOrderGoesStraightToTheDropoff(OrderState state) {
        var eta = Eta.of(order(state, positionAt(6_000)), address(positionAt(-9_000)), DRIVER, ms(0));
        assertThat(eta).contains(Eta.of(positionAt(0), positionAt(6_000), DRIVER.speed(), ms(0)));
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPTED", "PREPARING", "READY_FOR_PICKUP", "ASSIGNED_TO_DRIVER"})
    void anOrderNotPickedUpGoesViaTheStore(OrderState state) {
        var byStore = Eta.of(order(state, positionAt(6_000)), address(positionAt(-3_000)), DRIVER, ms(0))
                .orElseThrow();
        var bothWays = Eta.of(positionAt(0), positionAt(12_000), DRIVER.speed(), ms(0));
        assertThat(byStore.remainingMs()).isCloseTo(bothWays.remainingMs(), within(2L));
        assertThat(byStore.estimatedDeliveryTimeMs()).isEqualTo(ms(0) + byStore.remainingMs());
    }

    @Test
    void aStoreWithoutAPositionAddsNoDetour() {
        var eta = Eta.of(order(OrderState.ACCEPTED, positionAt(6_000)), Address.UNKNOWN, DRIVER, ms(0));
        assertThat(eta).contains(Eta.of(positionAt(0), positionAt(6_000), DRIVER.speed(), ms(0)));
    }

    @Test
    void aDropoffWithoutAPositionHasNoEta() {
        for (var state : OrderState.values()) {
            assertThat(Eta.of(order(state, null), address(positionAt(0)), DRIVER, ms(0)))
                    .as(state.wireName())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "NEW",
                "PENDING",
                "PAYMENT_CONFIRMED",
                "DELIVERED",
                "CANCELLED",
                "DECLINED",
                "EXPIRED",
                "FAILED",
                "RETURNED"
            })
    void anInactiveOrderHasNoEta(OrderState state) {
        assertThat(Eta.of(order(state, positionAt(6_000)), address(positionAt(0)), DRIVER, ms(0)))
                .isEmpty();
    }

    @Property(tries = 500, seed = "1")
    void theEstimateIsWithinItsRange(
            @ForAll @DoubleRange(max = 5_000_000) double metres, @ForAll @DoubleRange(max = 60) double speed) {
        var eta = Eta.of(positionAt(0), positionAt(metres), speed, ms(0));
        assertThat(eta.minutes()).isBetween(eta.minMinutes(), eta.maxMinutes());
        assertThat(eta.minMinutes()).isNotNegative();
    }

    @Test
    void theEtaChangesWhenTheRemainingTimeShrinksByAMinute() {
        var published = new Eta(600_000, ms(600));
        assertThat(new Eta(541_000, ms(600)).hasChangedSince(published)).isFalse();
        assertThat(new Eta(540_000, ms(600)).hasChangedSince(published)).isTrue();
    }

    @Test
    void theEtaChangesWhenTheDriverStandsStill() {
        var published = new Eta(600_000, ms(600));
        assertThat(new Eta(600_000, ms(659)).hasChangedSince(published)).isFalse();
        assertThat(new Eta(600_000, ms(660)).hasChangedSince(published)).isTrue();
        assertThat(published.hasChangedSince(published)).isFalse();
    }

    private static Order order(OrderState state, @Nullable Position dropoff) {
        var details = new OrderDetails(
                new Customer(null, "Jane", null), Address.UNKNOWN, address(dropoff), List.of(), null, null);
        return new Order(
                new OrderId(new UUID(0, 1)),
                1,
                "WB-1",
                "acme",
                "m1",
                "f1",
                state,
                null,
                0,
                details,
                Instant.EPOCH,
                null,
                Arrivals.NONE,
                OrderOffers.NONE,
                1);
    }

    private static Address address(@Nullable Position position) {
        return new Address("Main Street 1", position);
    }
}
