package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.order.OfferSamples.NOON;
import static waybill.order.OfferSamples.TIMEOUT;
import static waybill.order.OfferSamples.decide;
import static waybill.order.OfferSamples.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import waybill.order.Decision.Accepted;
import waybill.order.OrderCommand.AcceptOffer;
import waybill.order.OrderCommand.CloseOffer;
import waybill.order.OrderCommand.DeclineOffer;
import waybill.order.OrderCommand.MakeOffer;
import waybill.order.OrderEvent.CloseReason;

/// Offers, acceptances, declines and timers of one order, in any interleaving.
class OfferInterleavingTest {

    private static final List<String> DRIVERS =
            IntStream.range(0, 6).mapToObj(i -> "d" + i).toList();

    /// Something that happens `afterMs` after the step before.
    record Step(Kind kind, String driver, List<String> asked, int roundsBack, int afterMs) {}

    enum Kind {
        OFFER,
        ACCEPT,
        DECLINE,
        TIMER
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        var names = Arbitraries.of(DRIVERS);
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        names,
                        names.list().uniqueElements().ofMaxSize(3),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 20_000))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 2_000)
    void oneAskedDriverWinsBeforeTheDeadline(@ForAll("steps") List<Step> steps) {
        var order = order(OrderState.READY_FOR_PICKUP);
        var now = NOON;
        var winners = new ArrayList<String>();
        for (var step : steps) {
            now = now.plusMillis(step.afterMs);
            var offers = order.offers();
            if (!(decide(order, command(step, offers, now), now) instanceof Accepted accepted)) {
                continue;
            }
            order = accepted.finalOrder();
            var open = offers.openFor(step.driver);
            if (step.kind == Kind.ACCEPT) {
                winners.add(step.driver);
                assertThat(open).as("the winner was asked").isPresent();
                assertThat(open.get().isExpired(now)).as("in time").isFalse();
            } else if (step.kind == Kind.OFFER) {
                assertThat(offers.open()).as("one offer at a time").isEmpty();
                assertThat(offers.declinedBy())
                        .as("no driver that has declined")
                        .noneMatch(order.offers().open().orElseThrow().drivers()::contains);
                assertThat(order.offers().rounds()).isEqualTo(offers.rounds() + 1);
            }
        }
        assertThat(winners).hasSizeLessThanOrEqualTo(1);
        assertThat(order.driver().map(Actor::id)).isEqualTo(winners.stream().findFirst());
    }

    private static OrderCommand command(Step step, OrderOffers offers, Instant now) {
        var driver = Actor.driver(step.driver);
        return switch (step.kind) {
            case OFFER ->
                new MakeOffer(new Offer(
                        Math.max(1, offers.rounds() + 1 - step.roundsBack),
                        step.asked,
                        now,
                        now.plus(TIMEOUT),
                        List.of()));
            case ACCEPT -> new AcceptOffer(driver);
            case DECLINE -> new DeclineOffer(driver, "");
            case TIMER -> new CloseOffer(Math.max(0, offers.rounds() - step.roundsBack), CloseReason.EXPIRED);
        };
    }
}
