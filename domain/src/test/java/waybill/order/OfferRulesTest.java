package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.order.OfferSamples.NOON;
import static waybill.order.OfferSamples.TIMEOUT;
import static waybill.order.OfferSamples.after;
import static waybill.order.OfferSamples.decide;
import static waybill.order.OfferSamples.offer;
import static waybill.order.OfferSamples.order;
import static waybill.order.OrderState.ACCEPTED;
import static waybill.order.OrderState.ASSIGNED_TO_DRIVER;
import static waybill.order.OrderState.PREPARING;
import static waybill.order.OrderState.READY_FOR_PICKUP;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.AlreadyDone;
import waybill.order.Decision.Refused;
import waybill.order.OrderCommand.AcceptOffer;
import waybill.order.OrderCommand.CloseOffer;
import waybill.order.OrderCommand.DeclineOffer;
import waybill.order.OrderCommand.MakeOffer;
import waybill.order.OrderEvent.CloseReason;

class OfferRulesTest {

    private static final Actor KARI = Actor.driver("kari");
    private static final Actor OLA = Actor.driver("ola");
    private static final Actor PER = Actor.driver("per");

    @Test
    void theFirstAskedDriverThatAcceptsHasTheOrder() {
        var offered = after(order(READY_FOR_PICKUP), new MakeOffer(offer(1, "kari", "ola")));
        var accepted = (Accepted) decide(offered, new AcceptOffer(OLA));
        assertThat(accepted.steps().getFirst().event()).isEqualTo(new OrderEvent.Assigned(OLA));
        assertThat(accepted.steps().getFirst().orderAfter().offers().closed())
                .as("the event that gives the order away names the drivers that were asked")
                .contains(offer(1, "kari", "ola"));
        assertThat(accepted.finalOrder().offers().closed())
                .as("the next event does not")
                .isEmpty();
        assertThat(accepted.finalOrder().state()).isEqualTo(ASSIGNED_TO_DRIVER);
        assertThat(message(decide(accepted.finalOrder(), new AcceptOffer(KARI))))
                .isEqualTo("order m1 is another driver's");
        assertThat(decide(accepted.finalOrder(), new AcceptOffer(OLA))).isInstanceOf(AlreadyDone.class);
    }

    @Test
    void anOrderThatIsNotReadyKeepsItsState() {
        var offered = after(order(PREPARING), new MakeOffer(offer(1, "kari")));
        assertThat(after(offered, new AcceptOffer(KARI)).state()).isEqualTo(PREPARING);
    }

    @Test
    void aDriverThatIsNotAskedCannotAccept() {
        assertThat(message(decide(order(READY_FOR_PICKUP), new AcceptOffer(KARI))))
                .isEqualTo("order m1: not offered now (expected: an open offer)");
        var offered = after(order(READY_FOR_PICKUP), new MakeOffer(offer(1, "kari")));
        for (var command :
                new OrderCommand[] {new AcceptOffer(OLA), new DeclineOffer(OLA, ""), new OrderCommand.Claim(OLA)}) {
            assertThat(message(decide(offered, command)))
                    .isEqualTo("order m1: offered to other drivers now (expected: an offer to this driver)");
        }
    }

    @Test
    void anOfferIsAcceptedOnlyBeforeItsDeadline() {
        var offered = after(order(READY_FOR_PICKUP), new MakeOffer(offer(1, "kari")));
        assertThat(message(decide(offered, new AcceptOffer(KARI), NOON.plus(TIMEOUT))))
                .isEqualTo("order m1: its offer expired at 2026-01-01T12:00:30Z (expected: an answer before)");
        assertThat(decide(offered, new AcceptOffer(KARI), NOON.plus(TIMEOUT).minusMillis(1)))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void aDeclineLeavesTheOthersAndIsRemembered() {
        var offered = after(order(READY_FOR_PICKUP), new MakeOffer(offer(1, "kari", "ola")));
        var declined = after(offered, new DeclineOffer(KARI, "too far"));
        assertThat(declined.offers().openFor("ola")).isPresent();
        assertThat(declined.offers().openFor("kari")).isEmpty();
        assertThat(decide(declined, new DeclineOffer(KARI, ""))).isInstanceOf(AlreadyDone.class);
        assertThat(message(decide(declined, new AcceptOffer(KARI))))
                .isEqualTo("order m1: driver kari has declined it (expected: an offer that was not declined)");
        var byAll = after(declined, new DeclineOffer(OLA, ""));
        assertThat(byAll.offers()).isEqualTo(new OrderOffers(1, null, null, List.of("kari", "ola"), List.of()));
        assertThat(message(decide(byAll, new MakeOffer(offer(2, "per", "kari")))))
                .isEqualTo("order m1: driver kari has declined it (expected: another driver)");
        assertThat(after(byAll, new MakeOffer(offer(2, "per"))).offers().openFor("per"))
                .isPresent();
    }

    @Test
    void aDeclinedOfferToAllStaysOpenForTheOthers() {
        var offered = after(order(READY_FOR_PICKUP), new MakeOffer(offer(1)));
        var declined = after(offered, new DeclineOffer(KARI, ""));
        assertThat(declined.offers().openFor("kari")).isEmpty();
        assertThat(after(declined, new AcceptOffer(PER)).driver()).contains(PER);
    }

    @Test
    void oneOfTwoNodesMakesAndClosesAnOffer() {
        var order = order(READY_FOR_PICKUP);
        var offered = after(order, new MakeOffer(offer(1, "kari")));
        assertThat(decide(offered, new MakeOffer(offer(1, "kari")))).isInstanceOf(AlreadyDone.class);
        assertThat(message(decide(offered, new MakeOffer(offer(1, "ola")))))
                .isEqualTo("order m1: offer 1 (expected: 2, when no other is open)");
        assertThat(message(decide(offered, new MakeOffer(offer(2, "ola")))))
                .isEqualTo("order m1: offer 2 (expected: 2, when no other is open)");
        var closed = after(offered, new CloseOffer(1, CloseReason.EXPIRED));
        assertThat(closed.offers().lapsedFor()).containsExactly("kari");
        assertThat(decide(closed, new CloseOffer(1, CloseReason.EXPIRED))).isInstanceOf(AlreadyDone.class);
        var again = after(closed, new MakeOffer(offer(2, "ola")));
        assertThat(decide(again, new CloseOffer(1, CloseReason.EXPIRED)))
                .as("a late timer of the first offer does not close the second")
                .isInstanceOf(AlreadyDone.class);
        assertThat(message(decide(again, new CloseOffer(3, CloseReason.EXPIRED))))
                .isEqualTo("order m1: offer 3 (expected: at most 2)");
    }

    @Test
    void aWithdrawnOfferIsNotHeldAgainstItsDriver() {
        var offered = after(order(READY_FOR_PICKUP), new MakeOffer(offer(1, "kari")));
        var withdrawn = after(offered, new CloseOffer(1, CloseReason.WITHDRAWN));
        assertThat(withdrawn.offers().lapsedFor()).isEmpty();
        assertThat(withdrawn.offers().closed()).contains(offer(1, "kari"));
    }

    @Test
    void anOrderIsOfferedToAllDriversOnlyOnceItIsReady() {
        assertThat(message(decide(order(PREPARING), new MakeOffer(offer(1)))))
                .isEqualTo("order m1: offered to all drivers while preparing (expected: ready_for_pickup)");
    }

    @Test
    void whatGivesTheOrderADriverOrEndsItClosesTheOffer() {
        var offered = after(order(READY_FOR_PICKUP), new MakeOffer(offer(1, "kari")));
        for (var command : new OrderCommand[] {
            new OrderCommand.Assign(OLA), new OrderCommand.CollectParcel(OLA, ""), new OrderCommand.Cancel("")
        }) {
            var accepted = (Accepted) decide(offered, command);
            assertThat(accepted.steps().getFirst().orderAfter().offers().closed())
                    .as("%s", command)
                    .contains(offer(1, "kari"));
            assertThat(accepted.finalOrder().offers().open()).as("%s", command).isEmpty();
        }
        assertThat(after(offered, new OrderCommand.Pay(new Money(1, "EUR"), "card"))
                        .offers())
                .as("a payment leaves it open")
                .isEqualTo(offered.offers());
    }

    @Test
    void anOrderOfUnknownPlaceIsOfferedToAllByTheEventThatMakesItReady() {
        var parcel = OrderSamples.order(order(ACCEPTED).id(), NOON).withState(PREPARING);
        var toAll = Offer.toAll(1, NOON, Optional.of(TIMEOUT));
        assertThat(after(parcel, new OrderCommand.MarkReady()).offers().open()).contains(toAll);
        assertThat(after(order(PREPARING), new OrderCommand.MarkReady())
                        .offers()
                        .open())
                .as("dispatch chooses the driver")
                .isEmpty();
        var place = new OrderCommand.Place(parcel.id(), "o1", READY_FOR_PICKUP, parcel.details());
        assertThat(after(parcel.withState(OrderState.NEW), place).offers().open())
                .contains(toAll);
        var held = after(parcel, new OrderCommand.Assign(KARI));
        assertThat(after(held, new OrderCommand.MarkReady()).offers())
                .as("it has a driver")
                .isEqualTo(OrderOffers.NONE);
    }

    @Test
    void withoutDispatchEveryReadyOrderIsOfferedToAllWithoutADeadline() {
        var ready = (Accepted) OrderStateMachine.decide(
                order(PREPARING), new OrderCommand.MarkReady(), _ -> true, OfferPolicy.TO_ALL, NOON);
        var open = ready.finalOrder().offers().open().orElseThrow();
        assertThat(open.isToAll()).isTrue();
        assertThat(open.expiresAt()).isEmpty();
        assertThat(open.isExpired(NOON.plusSeconds(1_000_000))).isFalse();
    }

    @Test
    void anOfferTooManyIsNotMade() {
        var order =
                order(READY_FOR_PICKUP).withOffers(new OrderOffers(Offer.ROUNDS_MAX, null, null, List.of(), List.of()));
        assertThat(OfferPolicy.TO_ALL.whenReady(order, NOON)).isEmpty();
    }

    private static String message(Decision decision) {
        return decision instanceof Refused(var reason, var message) && reason == Decision.Reason.CONFLICT
                ? message
                : "no conflict: " + decision;
    }
}
