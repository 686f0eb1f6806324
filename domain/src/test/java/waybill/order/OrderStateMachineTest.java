package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.order.Decided.accepted;
import static waybill.order.Decided.decide;
import static waybill.order.Decided.events;
import static waybill.order.Decided.orderIn;
import static waybill.order.Decided.stateChanged;
import static waybill.order.OrderState.ACCEPTED;
import static waybill.order.OrderState.ASSIGNED_TO_DRIVER;
import static waybill.order.OrderState.DELIVERED;
import static waybill.order.OrderState.IN_TRANSIT;
import static waybill.order.OrderState.PICKED_UP;
import static waybill.order.OrderState.READY_FOR_PICKUP;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.AlreadyDone;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;

class OrderStateMachineTest {

    private static final Actor KARI = Actor.driver("kari");
    private static final Actor OLA = Actor.driver("ola");
    private static final Actor CONNECTION = new Actor(Actor.Kind.SOCKET, "s1");
    private static final Actor OTHER_CONNECTION = new Actor(Actor.Kind.SOCKET, "s2");

    /// Covers every state and command, so that each added or removed row shows here.
    @Test
    void everyStateAndCommandPairHasADecision() {
        assertThat(grid()).isEqualTo("""
                                    Pay                Accept             Decline            Expire             Prepare            MarkReady          Assign             Claim              PickUp             StartTransit       Deliver            Cancel             Fail               Return             MakeOffer          AcceptOffer        DeclineOffer       CloseOffer         HandBack
                NEW                 .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .
                PENDING             PAYMENT_CONFIRMED  ACCEPTED           DECLINED           EXPIRED            .                  .                  .                  .                  .                  .                  .                  CANCELLED          .                  .                  .                  .                  .                  .                  .
                PAYMENT_CONFIRMED   .                  ACCEPTED           DECLINED           EXPIRED            .                  .                  .                  .                  .                  .                  .                  CANCELLED          .                  .                  .                  .                  .                  .                  .
                ACCEPTED            ACCEPTED           .                  .                  .                  PREPARING          READY_FOR_PICKUP   ACCEPTED           ACCEPTED           .                  .                  .                  CANCELLED          .                  .                  ACCEPTED           ACCEPTED           ACCEPTED           ACCEPTED           ACCEPTED
                PREPARING           PREPARING          .                  .                  .                  .                  READY_FOR_PICKUP   PREPARING          PREPARING          .                  .                  .                  CANCELLED          .                  .                  PREPARING          PREPARING          PREPARING          PREPARING          PREPARING
                READY_FOR_PICKUP    READY_FOR_PICKUP   .                  .                  .                  .                  .                  ASSIGNED_TO_DRIVER ASSIGNED_TO_DRIVER .                  .                  .                  CANCELLED          .                  .                  READY_FOR_PICKUP   ASSIGNED_TO_DRIVER READY_FOR_PICKUP   READY_FOR_PICKUP   .
                ASSIGNED_TO_DRIVER  ASSIGNED_TO_DRIVER .                  .                  .                  .                  .                  ASSIGNED_TO_DRIVER .                  PICKED_UP          .                  .                  CANCELLED          .                  .                  .                  .                  .                  .                  READY_FOR_PICKUP
                PICKED_UP           PICKED_UP          .                  .                  .                  .                  .                  PICKED_UP          .                  .                  IN_TRANSIT         .                  CANCELLED          FAILED             .                  .                  .                  .                  .                  .
                IN_TRANSIT          IN_TRANSIT         .                  .                  .                  .                  .                  IN_TRANSIT         .                  .                  .                  DELIVERED          CANCELLED          FAILED             .                  .                  .                  .                  .                  .
                DELIVERED           DELIVERED          .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .
                CANCELLED           .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .
                DECLINED            .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .
                EXPIRED             .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .
                FAILED              .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  RETURNED           .                  .                  .                  .                  .
                RETURNED            .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .
                """);
    }

    @Test
    void aReadyOrderWithADriverBecomesAssigned() {
        var early = accepted(decide(orderIn(ACCEPTED), new OrderCommand.Assign(KARI)));
        assertThat(events(early)).containsExactly(new OrderEvent.Assigned(KARI));
        assertThat(early.finalOrder().state()).isEqualTo(ACCEPTED);
        var ready = accepted(decide(early.finalOrder(), new OrderCommand.MarkReady()));
        assertThat(events(ready))
                .containsExactly(stateChanged(READY_FOR_PICKUP, ""), stateChanged(ASSIGNED_TO_DRIVER, ""));
    }

    @Test
    void theFirstDriverToClaimWins() {
        var claimed = accepted(decide(orderIn(READY_FOR_PICKUP), new OrderCommand.Claim(KARI)));
        assertThat(events(claimed))
                .containsExactly(new OrderEvent.Assigned(KARI), stateChanged(ASSIGNED_TO_DRIVER, ""));
        assertThat(decide(claimed.finalOrder(), new OrderCommand.Claim(OLA)))
                .isEqualTo(new Refused(Reason.CONFLICT, "order m1 is another driver's"));
        assertThat(decide(claimed.finalOrder(), new OrderCommand.Claim(KARI)))
                .isEqualTo(new AlreadyDone(claimed.finalOrder()));
    }

    @Test
    void assigningReplacesTheDriver() {
        var claimed = accepted(decide(orderIn(READY_FOR_PICKUP), new OrderCommand.Claim(KARI)))
                .finalOrder();
        var given = accepted(decide(claimed, new OrderCommand.Assign(OLA)));
        assertThat(events(given)).containsExactly(new OrderEvent.Assigned(OLA, KARI));
        assertThat(given.finalOrder().state()).isEqualTo(ASSIGNED_TO_DRIVER);
    }

    @Test
    void collectingEmitsAllIntermediateStates() {
        var collected = accepted(decide(orderIn(READY_FOR_PICKUP), new OrderCommand.CollectParcel(KARI, "{}")));
        assertThat(events(collected))
                .containsExactly(
                        new OrderEvent.Assigned(KARI),
                        stateChanged(ASSIGNED_TO_DRIVER, ""),
                        stateChanged(PICKED_UP, ""),
                        stateChanged(IN_TRANSIT, "{}"));
        assertThat(decide(collected.finalOrder(), new OrderCommand.CollectParcel(OLA, "{}")))
                .isInstanceOf(Refused.class);
        assertThat(decide(collected.finalOrder(), new OrderCommand.DeliverParcel(OLA, "{}")))
                .isEqualTo(new Refused(Reason.CONFLICT, "order m1 is another driver's"));
    }

    @Test
    void aStepWhoseSenderRepeatsTheDocumentOfTheOrderHasNone() {
        var order = orderIn(READY_FOR_PICKUP);
        var documented = order.withDetails(order.details().withDocument("{}"));
        var collected = accepted(decide(documented, new OrderCommand.CollectParcel(KARI, "{}")));
        assertThat(events(collected)).endsWith(stateChanged(IN_TRANSIT, OrderEvent.NO_DOCUMENT));
        var delivered = accepted(decide(collected.finalOrder(), new OrderCommand.DeliverParcel(KARI, "{\"by\":1}")));
        assertThat(events(delivered)).containsExactly(stateChanged(DELIVERED, "{\"by\":1}"));
        assertThat(delivered.finalOrder().documentOf(events(collected).getLast()))
                .isEqualTo("{}");
    }

    @Test
    void aRepeatedCommandOfTheSameDriverChangesNothing() {
        var collected = accepted(decide(orderIn(READY_FOR_PICKUP), new OrderCommand.CollectParcel(KARI, "{}")))
                .finalOrder();
        assertThat(decide(collected, new OrderCommand.CollectParcel(KARI, "{}")))
                .isEqualTo(new AlreadyDone(collected));
        var delivered = accepted(decide(collected, new OrderCommand.DeliverParcel(KARI, "{}")))
                .finalOrder();
        assertThat(decide(delivered, new OrderCommand.DeliverParcel(KARI, "{}")))
                .isEqualTo(new AlreadyDone(delivered));
        assertThat(decide(delivered, new OrderCommand.CollectParcel(KARI, "{}")))
                .isEqualTo(new AlreadyDone(delivered));
    }

    @Test
    void deliveringCollectsAnUncollectedParcel() {
        var delivered = accepted(decide(orderIn(READY_FOR_PICKUP), new OrderCommand.DeliverParcel(KARI, "{}")));
        assertThat(delivered.steps().stream()
                        .map(step -> step.orderAfter().state())
                        .toList())
                .containsExactly(READY_FOR_PICKUP, ASSIGNED_TO_DRIVER, PICKED_UP, IN_TRANSIT, DELIVERED);
        assertThat(delivered.finalOrder().driver()).contains(KARI);
    }

    @Test
    void aParcelNotReadyIsNotCollected() {
        assertThat(decide(orderIn(ACCEPTED), new OrderCommand.CollectParcel(KARI, "{}")))
                .isEqualTo(new Refused(Reason.CONFLICT, "order m1: cannot collect in state accepted"));
    }

    @Test
    void anAnonymousDriverHoldsAParcelWhileConnected() {
        var held = accepted(decide(orderIn(READY_FOR_PICKUP), new OrderCommand.CollectParcel(CONNECTION, "{}")))
                .finalOrder();
        assertThat(decide(held, new OrderCommand.DeliverParcel(OTHER_CONNECTION, "{}"), _ -> true))
                .isInstanceOf(Refused.class);
        assertThat(decide(held, new OrderCommand.DeliverParcel(OTHER_CONNECTION, "{}"), _ -> false))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void aParcelOfADisconnectedAnonymousDriverIsTakenOver() {
        var held = accepted(decide(orderIn(READY_FOR_PICKUP), new OrderCommand.CollectParcel(CONNECTION, "{}")))
                .finalOrder();
        var handed = accepted(decide(held, new OrderCommand.CollectParcel(KARI, "{}"), _ -> false));
        assertThat(events(handed)).containsExactly(new OrderEvent.DriverTakenOver(KARI, "{}"));
        assertThat(handed.finalOrder().driver()).contains(KARI);
        assertThat(handed.finalOrder().state()).isEqualTo(IN_TRANSIT);
    }

    @Test
    void aDeliveryRepeatedOnANewConnectionIsAlreadyDone() {
        var delivered = accepted(decide(orderIn(READY_FOR_PICKUP), new OrderCommand.DeliverParcel(CONNECTION, "{}")))
                .finalOrder();
        assertThat(decide(delivered, new OrderCommand.DeliverParcel(OTHER_CONNECTION, "{}"), _ -> false))
                .isEqualTo(new AlreadyDone(delivered));
        assertThat(decide(delivered, new OrderCommand.CollectParcel(OTHER_CONNECTION, "{}"), _ -> false))
                .isEqualTo(new Refused(Reason.CONFLICT, "order m1: cannot collect in state delivered"));
    }

    @Test
    void aNamedDriverHoldsTheParcelWhileDisconnected() {
        var held = accepted(decide(orderIn(READY_FOR_PICKUP), new OrderCommand.CollectParcel(KARI, "{}")))
                .finalOrder();
        assertThat(decide(held, new OrderCommand.DeliverParcel(OLA, "{}"), _ -> false))
                .isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @EnumSource
    void aStateIsParsedFromItsWireName(OrderState state) {
        if (state == OrderState.NEW) {
            assertThat(OrderState.parse(state.wireName()))
                    .as("not a public state")
                    .isEmpty();
        } else {
            assertThat(OrderState.parse(state.wireName())).contains(state);
        }
    }

    @Test
    void anOrderThatIsHandedBackWaitsForAnotherDriver() {
        var claimed = accepted(decide(orderIn(READY_FOR_PICKUP), new OrderCommand.Claim(KARI)))
                .finalOrder();
        assertThat(decide(claimed, new OrderCommand.HandBack(OLA, "flat tyre")))
                .isEqualTo(new Refused(Reason.CONFLICT, "order m1 is another driver's"));

        var handedBack = accepted(decide(claimed, new OrderCommand.HandBack(KARI, "flat tyre")));
        assertThat(events(handedBack))
                .containsExactly(
                        new OrderEvent.HandedBack(KARI, "flat tyre"),
                        new OrderEvent.StateChanged(READY_FOR_PICKUP, "flat tyre", OrderEvent.NO_DOCUMENT));
        var waiting = handedBack.finalOrder();
        assertThat(waiting.driver()).isEmpty();
        assertThat(waiting.offers().declinedBy()).containsExactly("kari");
        assertThat(waiting.offers().openFor("kari")).isEmpty();
        assertThat(waiting.offers().openFor("ola")).isPresent();
        assertThat(decide(waiting, new OrderCommand.HandBack(KARI, "flat tyre")))
                .isEqualTo(new AlreadyDone(waiting));
        assertThat(decide(waiting, new OrderCommand.HandBack(OLA, "flat tyre")))
                .isEqualTo(new Refused(Reason.CONFLICT, "order m1: has no driver (expected: one)"));
        var again = accepted(decide(waiting, new OrderCommand.Claim(OLA))).finalOrder();
        assertThat(again.state()).isEqualTo(ASSIGNED_TO_DRIVER);
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPTED", "PREPARING"})
    void anOrderThatIsHandedBackBeforeItIsReadyKeepsItsState(OrderState state) {
        var early =
                accepted(decide(orderIn(state), new OrderCommand.Assign(KARI))).finalOrder();
        var handedBack = accepted(decide(early, new OrderCommand.HandBack(null, "ill")));
        assertThat(events(handedBack)).containsExactly(new OrderEvent.HandedBack(KARI, "ill"));
        assertThat(handedBack.finalOrder().state()).isEqualTo(state);
        assertThat(handedBack.finalOrder().driver()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PICKED_UP", "IN_TRANSIT", "DELIVERED", "FAILED"})
    void whatTheDriverHasInItsHandsIsNotHandedBack(OrderState state) {
        var carried = orderIn(state).withDriver(KARI);
        assertThat(decide(carried, new OrderCommand.HandBack(KARI, "ill")))
                .isEqualTo(new Refused(Reason.CONFLICT, "order m1: cannot hand back in state " + state.wireName()));
    }

    private static String grid() {
        var commands = List.of(
                OrderCommand.Pay.class,
                OrderCommand.Accept.class,
                OrderCommand.Decline.class,
                OrderCommand.Expire.class,
                OrderCommand.Prepare.class,
                OrderCommand.MarkReady.class,
                OrderCommand.Assign.class,
                OrderCommand.Claim.class,
                OrderCommand.PickUp.class,
                OrderCommand.StartTransit.class,
                OrderCommand.Deliver.class,
                OrderCommand.Cancel.class,
                OrderCommand.Fail.class,
                OrderCommand.Return.class,
                OrderCommand.MakeOffer.class,
                OrderCommand.AcceptOffer.class,
                OrderCommand.DeclineOffer.class,
                OrderCommand.CloseOffer.class,
                OrderCommand.HandBack.class);
        var grid = new StringBuilder(" ".repeat(20));
        commands.forEach(command -> grid.append(String.format("%-19s", command.getSimpleName())));
        for (var state : OrderState.values()) {
            grid.append(String.format("%n%-20s", state));
            commands.forEach(command -> grid.append(String.format(
                    "%-19s",
                    OrderStateMachine.nextState(state, command)
                            .map(OrderState::name)
                            .orElse("."))));
        }
        return grid.append('\n').toString().replaceAll(" +\n", "\n");
    }
}
