package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.AlreadyDone;
import waybill.order.Decision.Refused;

/// Random command sequences on an order, each a pure function of its seed: to reproduce a failure, run that seed
/// alone.
class OrderStateMachineSimulationTest {

    private static final int HISTORIES_PER_SEED = 100;
    private static final int COMMANDS = 60;
    private static final OrderId ID = new OrderId(new UUID(7, 7));
    private static final List<Actor> DRIVERS = List.of(
            Actor.driver("kari"),
            Actor.driver("ola"),
            new Actor(Actor.Kind.SOCKET, "s1"),
            new Actor(Actor.Kind.SOCKET, "s2"),
            new Actor(Actor.Kind.SOCKET, "s3"));

    /// The states of a delivery, of which only the second and the fourth may be skipped.
    private static final List<OrderState> DELIVERY_PATH = List.of(
            OrderState.PENDING,
            OrderState.PAYMENT_CONFIRMED,
            OrderState.ACCEPTED,
            OrderState.PREPARING,
            OrderState.READY_FOR_PICKUP,
            OrderState.ASSIGNED_TO_DRIVER,
            OrderState.PICKED_UP,
            OrderState.IN_TRANSIT,
            OrderState.DELIVERED);

    private static final Set<OrderState> MAY_BE_SKIPPED = Set.of(OrderState.PAYMENT_CONFIRMED, OrderState.PREPARING);

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyCommandSequenceYieldsALegalHistory(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < HISTORIES_PER_SEED; i++) {
            simulate(random);
        }
    }

    /// Of each kind of arrival one at a stop for a driver, until another has the order.
    private static final class ArrivalCount {

        private final Set<String> events = new HashSet<>();

        void add(Decision.Step step) {
            switch (step.event()) {
                case OrderEvent.Assigned _, OrderEvent.HandedBack _, OrderEvent.DriverTakenOver _ -> events.clear();
                case OrderEvent.DriverArriving(var stop, var _, var _) ->
                    assertThat(events.add(stop + " arriving"))
                            .as("%s twice", step)
                            .isTrue();
                case OrderEvent.DriverArrived(var stop, var _) ->
                    assertThat(events.add(stop + " arrived"))
                            .as("%s twice", step)
                            .isTrue();
                case OrderEvent.ArrivalCorrected _,
                        OrderEvent.Placed _,
                        OrderEvent.Paid _,
                        OrderEvent.StateChanged _,
                        OrderEvent.Offered _,
                        OrderEvent.OfferDeclined _,
                        OrderEvent.OfferClosed _,
                        OrderEvent.ProofRecorded _,
                        OrderEvent.OfTimes _,
                        OrderEvent.OfLinks _ -> {}
            }
        }
    }

    private static void simulate(Random random) {
        var order = OrderSamples.order(ID, Instant.EPOCH);
        var connected = new HashSet<>(DRIVERS);
        var states = new ArrayList<OrderState>();
        var arrivals = new ArrivalCount();
        for (var i = 0; i < COMMANDS; i++) {
            if (random.nextInt(6) == 0) {
                connected.remove(DRIVERS.get(random.nextInt(DRIVERS.size()))); // and never comes back
            }
            var command = command(random, order);
            var before = order;
            var decision = decide(before, command, connected, i);
            order = switch (decision) {
                case Accepted accepted -> {
                    accepted.steps().forEach(step -> record(step, states));
                    accepted.steps().forEach(arrivals::add);
                    assertDriverKeepsOrder(before, command, accepted.finalOrder(), connected);
                    yield accepted.finalOrder();
                }
                case AlreadyDone(var same) -> same;
                case Refused refused -> {
                    assertThat(refused.message()).contains("order m1");
                    yield before;
                }
            };
            assertThat(decide(before, command, connected, i))
                    .as("the decision is deterministic")
                    .isEqualTo(decision);
        }
        assertLegalPath(states);
    }

    private static Decision decide(Order before, OrderCommand command, Set<Actor> connected, int second) {
        var policy = new OfferPolicy(true, Optional.of(Duration.ofSeconds(5)));
        return OrderStateMachine.decide(
                before, command, connected::contains, policy, Instant.EPOCH.plusSeconds(second));
    }

    private static void record(Decision.Step step, List<OrderState> states) {
        switch (step.event()) {
            case OrderEvent.Placed(var as) -> states.add(as);
            case OrderEvent.StateChanged(var to, var _, var _) -> states.add(to);
            case OrderEvent.Paid _ -> assertThat(step.orderAfter().isPaid()).isTrue();
            case OrderEvent.Assigned(var driver, var former) -> {
                assertThat(step.orderAfter().driver()).contains(driver);
                assertThat(former).isNotEqualTo(driver);
            }
            case OrderEvent.HandedBack(var driver, var _) -> {
                assertThat(step.orderAfter().driver()).isEmpty();
                assertThat(step.orderAfter().offers().declinedBy()).contains(driver.id());
                if (step.orderAfter().state() == OrderState.ASSIGNED_TO_DRIVER) {
                    states.removeLast();
                    states.removeLast(); // it becomes ready for pickup once more
                }
            }
            case OrderEvent.DriverTakenOver(var driver, var _) ->
                assertThat(step.orderAfter().driver()).contains(driver);
            case OrderEvent.DriverArriving(var stop, var _, var _) ->
                assertThat(step.orderAfter().arrivals().of(stop)).isEqualTo(Arrivals.Arrival.ANNOUNCED);
            case OrderEvent.DriverArrived(var stop, var at) ->
                assertThat(step.orderAfter().arrivals().of(stop).at()).contains(at);
            case OrderEvent.ArrivalCorrected(var stop, var at) ->
                assertThat(step.orderAfter().arrivals().of(stop).at()).contains(at);
            case OrderEvent.Offered(var offer) ->
                assertThat(step.orderAfter().offers().open()).contains(offer);
            case OrderEvent.OfferDeclined(var driver, var _) ->
                assertThat(step.orderAfter().offers().openFor(driver.id())).isEmpty();
            case OrderEvent.OfferClosed _ ->
                assertThat(step.orderAfter().offers().open()).isEmpty();
            case OrderEvent.OfLinks _ -> throw new AssertionError("no command shares an order");
            case OrderEvent.ProofRecorded(var proof) -> {
                var recorded = step.orderAfter().proofs().recorded();
                assertThat(proof.number()).isEqualTo(recorded.size());
                assertThat(recorded.getLast().hash()).isEqualTo(proof.hash());
                assertThat(ProofText.hash(ProofText.of(proof))).isEqualTo(proof.hash());
            }
            case OrderEvent.TimesSet(var delivery, var readyAt) ->
                assertThat(step.orderAfter().times())
                        .returns(delivery, OrderTimes::estimatedDeliveryOrNone)
                        .returns(readyAt, OrderTimes::readyAtOrNone);
            case OrderEvent.Delayed(var promised, var _) ->
                assertThat(step.orderAfter().times().missedPromise()).contains(promised);
            case OrderEvent.DelayEnded _ ->
                assertThat(step.orderAfter().times().missedPromise()).isEmpty();
        }
        var after = step.orderAfter();
        if (after.driver().isPresent() || !after.state().isActive()) {
            assertThat(after.offers().open())
                    .as("no offer of an order that needs no driver")
                    .isEmpty();
        }
    }

    private static void assertLegalPath(List<OrderState> states) {
        assertThat(states).doesNotHaveDuplicates();
        var last = Optional.<OrderState>empty();
        for (var state : states) {
            if (last.isPresent()) {
                assertThat(mayFollow(last.get(), state))
                        .as("%s after %s in %s", state, last.get(), states)
                        .isTrue();
            }
            last = Optional.of(state);
        }
    }

    private static boolean mayFollow(OrderState last, OrderState state) {
        return switch (state) {
            case CANCELLED -> last.isActive() && last != OrderState.FAILED;
            case DECLINED, EXPIRED -> last.awaitsAcceptance();
            case FAILED -> last == OrderState.PICKED_UP || last == OrderState.IN_TRANSIT;
            case RETURNED -> last == OrderState.FAILED;
            case NEW, PENDING -> false;
            case PAYMENT_CONFIRMED,
                    ACCEPTED,
                    PREPARING,
                    READY_FOR_PICKUP,
                    ASSIGNED_TO_DRIVER,
                    PICKED_UP,
                    IN_TRANSIT,
                    DELIVERED -> {
                var skipped = DELIVERY_PATH.subList(DELIVERY_PATH.indexOf(last) + 1, DELIVERY_PATH.indexOf(state));
                yield DELIVERY_PATH.contains(last) && MAY_BE_SKIPPED.containsAll(skipped);
            }
        };
    }

    private static void assertDriverKeepsOrder(Order before, OrderCommand command, Order next, Set<Actor> connected) {
        var robbed = before.driver().filter(holder -> !next.driver().equals(Optional.of(holder)));
        if (command instanceof OrderCommand.HandBack(var driver, var _)) {
            assertThat(driver).as("the driver that hands it back").isIn(null, before.driverOrNone());
        } else if (!(command instanceof OrderCommand.Assign)) {
            assertThat(robbed.map(Actor::kind)).isIn(Optional.empty(), Optional.of(Actor.Kind.SOCKET));
            assertThat(robbed.filter(connected::contains))
                    .as("the driver that is still connected")
                    .isEmpty();
        }
    }

    private static OrderCommand command(Random random, Order order) {
        var state = order.state();
        var driver = DRIVERS.get(random.nextInt(DRIVERS.size()));
        if (state == OrderState.NEW) {
            var as = random.nextBoolean() ? OrderState.PENDING : OrderState.READY_FOR_PICKUP;
            return new OrderCommand.Place(
                    ID, "o1", as, OrderDetails.ofParcel("Kari", "").withDocument("{}"));
        }
        var stop = random.nextBoolean() ? Stop.PICKUP : Stop.DROPOFF;
        var at = Instant.ofEpochSecond(random.nextInt(10));
        return switch (random.nextInt(40)) {
            case 0 ->
                new OrderCommand.Place(
                        ID,
                        "o1",
                        OrderState.PENDING,
                        OrderDetails.ofParcel("Kari", "").withDocument("{}"));
            case 1, 2 -> new OrderCommand.Pay(new Money(1, "EUR"), "card");
            case 3, 4 -> new OrderCommand.Accept();
            case 5 -> random.nextInt(8) == 0 ? new OrderCommand.Decline("shut") : new OrderCommand.Accept();
            case 6 -> random.nextInt(8) == 0 ? new OrderCommand.Expire() : new OrderCommand.Prepare();
            case 7 -> new OrderCommand.Prepare();
            case 8, 9 -> new OrderCommand.MarkReady();
            case 10 -> new OrderCommand.Assign(driver);
            case 11, 12 -> new OrderCommand.Claim(driver);
            case 13, 14 -> new OrderCommand.PickUp();
            case 15, 16 -> new OrderCommand.StartTransit();
            case 17 -> new OrderCommand.Deliver();
            case 18 -> random.nextInt(8) == 0 ? new OrderCommand.Cancel("why not") : new OrderCommand.StartTransit();
            case 19 -> random.nextInt(4) == 0 ? new OrderCommand.Fail("not at home") : new OrderCommand.PickUp();
            case 20 -> new OrderCommand.Return();
            case 21, 22 -> new OrderCommand.CollectParcel(driver, "{}");
            case 23 -> new OrderCommand.Approach(random.nextBoolean() ? driver : null, stop, at, null);
            case 24 -> new OrderCommand.Arrive(random.nextBoolean() ? driver : null, stop, at);
            case 25 -> new OrderCommand.CorrectArrival(driver, stop, at);
            case 26 -> new OrderCommand.DeliverParcel(driver, "{}");
            case 27 -> new OrderCommand.CloseOffer(order.offers().rounds(), OrderEvent.CloseReason.EXPIRED);
            case 28 -> new OrderCommand.DeclineOffer(driver, "");
            case 29 -> new OrderCommand.AcceptOffer(driver);
            case 30 -> new OrderCommand.HandBack(random.nextBoolean() ? driver : null, "flat tyre");
            case 31 -> new OrderCommand.SetTimes(random.nextBoolean() ? at : null, random.nextBoolean() ? at : null);
            case 32 -> new OrderCommand.OpenDelay(at, at.plusSeconds(600));
            case 33 -> new OrderCommand.CloseDelay(at);
            case 34 -> new OrderCommand.Accept(at);
            case 35 -> new OrderCommand.ScanParcel(driver, "o1", at, at);
            case 36 ->
                new OrderCommand.RecordProof(new Proof.Evidence(ProofKind.SCAN, "o1", null, null, ""), driver, at, at);
            default ->
                new OrderCommand.MakeOffer(new Offer(
                        order.offers().rounds() + 1,
                        List.of("kari", "ola").subList(0, random.nextInt(3)),
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(random.nextInt(COMMANDS)),
                        List.of()));
        };
    }
}
