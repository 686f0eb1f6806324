package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.order.OrderState.ACCEPTED;
import static waybill.order.OrderState.ASSIGNED_TO_DRIVER;
import static waybill.order.OrderState.DELIVERED;
import static waybill.order.OrderState.IN_TRANSIT;
import static waybill.order.OrderState.PAYMENT_CONFIRMED;
import static waybill.order.OrderState.PENDING;
import static waybill.order.OrderState.PICKED_UP;
import static waybill.order.OrderState.READY_FOR_PICKUP;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.geo.Address;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;
import waybill.order.Decision.Repeated;
import waybill.order.Decision.Step;

class OrderMachineTest {

    private static final Actor KARI = Actor.driver("kari");
    private static final Actor OLA = Actor.driver("ola");
    private static final Actor SOMEBODY = new Actor(Actor.Kind.SOCKET, "s1");
    private static final Actor SOMEBODY_ELSE = new Actor(Actor.Kind.SOCKET, "s2");
    private static final Money PRICE = new Money(1250, "EUR");

    /// Walks the whole square of states and commands, so that a row added or lost shows here.
    @Test
    void everyPairOfStateAndCommandIsDecided() {
        assertThat(grid()).isEqualTo("""
                                    Pay                Accept             Decline            Expire             Prepare            MarkReady          Assign             Claim              PickUp             Depart             Deliver            Cancel             Fail               Return
                NEW                 .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .
                PENDING             PAYMENT_CONFIRMED  ACCEPTED           DECLINED           EXPIRED            .                  .                  .                  .                  .                  .                  .                  CANCELLED          .                  .
                PAYMENT_CONFIRMED   .                  ACCEPTED           DECLINED           EXPIRED            .                  .                  .                  .                  .                  .                  .                  CANCELLED          .                  .
                ACCEPTED            ACCEPTED           .                  .                  .                  PREPARING          READY_FOR_PICKUP   ACCEPTED           ACCEPTED           .                  .                  .                  CANCELLED          .                  .
                PREPARING           PREPARING          .                  .                  .                  .                  READY_FOR_PICKUP   PREPARING          PREPARING          .                  .                  .                  CANCELLED          .                  .
                READY_FOR_PICKUP    READY_FOR_PICKUP   .                  .                  .                  .                  .                  ASSIGNED_TO_DRIVER ASSIGNED_TO_DRIVER .                  .                  .                  CANCELLED          .                  .
                ASSIGNED_TO_DRIVER  ASSIGNED_TO_DRIVER .                  .                  .                  .                  .                  ASSIGNED_TO_DRIVER .                  PICKED_UP          .                  .                  CANCELLED          .                  .
                PICKED_UP           PICKED_UP          .                  .                  .                  .                  .                  PICKED_UP          .                  .                  IN_TRANSIT         .                  CANCELLED          FAILED             .
                IN_TRANSIT          IN_TRANSIT         .                  .                  .                  .                  .                  IN_TRANSIT         .                  .                  .                  DELIVERED          CANCELLED          FAILED             .
                DELIVERED           DELIVERED          .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .
                CANCELLED           .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .
                DECLINED            .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .
                EXPIRED             .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .
                FAILED              .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  RETURNED
                RETURNED            .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .                  .
                """);
    }

    @Test
    void whatIsPaidIsTold() {
        var paid = accepted(decide(in(PENDING), new OrderCommand.Pay(PRICE, "card")));
        assertThat(events(paid)).containsExactly(new OrderEvent.Paid(PRICE, "card"), moved(PAYMENT_CONFIRMED, ""));
        assertThat(paid.next().isPaid()).isTrue();
        assertThat(decide(paid.next(), new OrderCommand.Pay(PRICE, "cash"))).isInstanceOf(Repeated.class);
        var atTheDoor = accepted(decide(in(DELIVERED), new OrderCommand.Pay(PRICE, "cash")));
        assertThat(events(atTheDoor)).containsExactly(new OrderEvent.Paid(PRICE, "cash"));
    }

    @Test
    void paymentsAddUpToTheTotalAndNoFurther() {
        var part = accepted(decide(costing(PRICE), pay(500, "EUR")));
        assertThat(events(part)).containsExactly(new OrderEvent.Paid(new Money(500, "EUR"), "card"));
        assertThat(part.next().state()).isEqualTo(PENDING);
        assertThat(part.next().isPaid()).isFalse();
        assertThat(part.next().open()).contains(new Money(750, "EUR"));
        for (var wrong : List.of(pay(751, "EUR"), pay(750, "USD"), pay(0, "EUR"))) {
            assertThat(decide(part.next(), wrong))
                    .isEqualTo(new Refused(
                            Reason.WRONG_AMOUNT,
                            "amount: " + wrong.amount().decimal() + " "
                                    + wrong.amount().currency()
                                    + " (expected: 0.01 EUR to 7.50 EUR, which is still to be paid)"));
        }
        var rest = accepted(decide(part.next(), pay(750, "EUR")));
        assertThat(events(rest))
                .containsExactly(new OrderEvent.Paid(new Money(750, "EUR"), "card"), moved(PAYMENT_CONFIRMED, ""));
        assertThat(rest.next().isPaid()).isTrue();
        assertThat(decide(rest.next(), pay(1, "EUR"))).isEqualTo(new Repeated(rest.next()));
    }

    @Test
    void whatCostsNobodyKnowsHowMuchIsPaidBySomething() {
        assertThat(decide(in(PENDING), pay(0, "EUR")))
                .isEqualTo(new Refused(Reason.WRONG_AMOUNT, "amount: 0.00 EUR (expected: at least 0.01 EUR)"));
        assertThat(accepted(decide(in(PENDING), pay(1, "EUR"))).next().isPaid()).isTrue();
    }

    @Test
    void whatCostsNothingIsPaid() {
        assertThat(decide(costing(new Money(0, "EUR")), pay(1, "EUR"))).isInstanceOf(Repeated.class);
    }

    private static OrderCommand.Pay pay(long minor, String currency) {
        return new OrderCommand.Pay(new Money(minor, currency), "card");
    }

    private static Order costing(Money total) {
        var details = new Details(null, "Kari", null, Address.UNKNOWN, Address.UNKNOWN, List.of(), total, null);
        return Samples.order(new OrderId(new UUID(0, 1)), Instant.EPOCH, details)
                .in(PENDING);
    }

    @Test
    void whatIsReadyAndHasItsDriverIsAssigned() {
        var early = accepted(decide(in(ACCEPTED), new OrderCommand.Assign(KARI)));
        assertThat(events(early)).containsExactly(new OrderEvent.Assigned(KARI));
        assertThat(early.next().state()).isEqualTo(ACCEPTED);
        var ready = accepted(decide(early.next(), new OrderCommand.MarkReady()));
        assertThat(events(ready)).containsExactly(moved(READY_FOR_PICKUP, ""), moved(ASSIGNED_TO_DRIVER, ""));
    }

    @Test
    void theFirstDriverToClaimWins() {
        var claimed = accepted(decide(in(READY_FOR_PICKUP), new OrderCommand.Claim(KARI)));
        assertThat(events(claimed)).containsExactly(new OrderEvent.Assigned(KARI), moved(ASSIGNED_TO_DRIVER, ""));
        assertThat(decide(claimed.next(), new OrderCommand.Claim(OLA)))
                .isEqualTo(new Refused(Reason.CONFLICT, "order m1 is another driver's"));
        assertThat(decide(claimed.next(), new OrderCommand.Claim(KARI))).isEqualTo(new Repeated(claimed.next()));
    }

    @Test
    void somebodyInChargeGivesItToAnotherDriver() {
        var claimed = accepted(decide(in(READY_FOR_PICKUP), new OrderCommand.Claim(KARI)))
                .next();
        var given = accepted(decide(claimed, new OrderCommand.Assign(OLA)));
        assertThat(events(given)).containsExactly(new OrderEvent.Assigned(OLA, KARI));
        assertThat(given.next().state()).isEqualTo(ASSIGNED_TO_DRIVER);
    }

    @Test
    void aParcelIsCollectedInOneStepThatShowsAllOfItsStates() {
        var collected = accepted(decide(in(READY_FOR_PICKUP), new OrderCommand.Collect(KARI, "{}")));
        assertThat(events(collected))
                .containsExactly(
                        new OrderEvent.Assigned(KARI),
                        moved(ASSIGNED_TO_DRIVER, ""),
                        moved(PICKED_UP, ""),
                        moved(IN_TRANSIT, "{}"));
        assertThat(decide(collected.next(), new OrderCommand.Collect(OLA, "{}")))
                .isInstanceOf(Refused.class);
        assertThat(decide(collected.next(), new OrderCommand.HandOver(OLA, "{}")))
                .isEqualTo(new Refused(Reason.CONFLICT, "order m1 is another driver's"));
    }

    @Test
    void theSameDriverSayingItAgainChangesNothing() {
        var collected = accepted(decide(in(READY_FOR_PICKUP), new OrderCommand.Collect(KARI, "{}")))
                .next();
        assertThat(decide(collected, new OrderCommand.Collect(KARI, "{}"))).isEqualTo(new Repeated(collected));
        var delivered = accepted(decide(collected, new OrderCommand.HandOver(KARI, "{}")))
                .next();
        assertThat(decide(delivered, new OrderCommand.HandOver(KARI, "{}"))).isEqualTo(new Repeated(delivered));
        assertThat(decide(delivered, new OrderCommand.Collect(KARI, "{}"))).isEqualTo(new Repeated(delivered));
    }

    @Test
    void aParcelNeverCollectedIsCollectedAndDeliveredInOneStep() {
        var delivered = accepted(decide(in(READY_FOR_PICKUP), new OrderCommand.HandOver(KARI, "{}")));
        assertThat(delivered.steps().stream().map(step -> step.next().state()).toList())
                .containsExactly(READY_FOR_PICKUP, ASSIGNED_TO_DRIVER, PICKED_UP, IN_TRANSIT, DELIVERED);
        assertThat(delivered.next().driver()).contains(KARI);
    }

    @Test
    void aParcelNotReadyIsNotCollected() {
        assertThat(decide(in(ACCEPTED), new OrderCommand.Collect(KARI, "{}")))
                .isEqualTo(new Refused(Reason.CONFLICT, "order m1: cannot collect what is accepted"));
    }

    @Test
    void aDriverKnownByConnectionHoldsAParcelWhileItLives() {
        var held = accepted(decide(in(READY_FOR_PICKUP), new OrderCommand.Collect(SOMEBODY, "{}")))
                .next();
        assertThat(OrderMachine.decide(held, new OrderCommand.HandOver(SOMEBODY_ELSE, "{}"), _ -> true))
                .isInstanceOf(Refused.class);
        assertThat(OrderMachine.decide(held, new OrderCommand.HandOver(SOMEBODY_ELSE, "{}"), _ -> false))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void aParcelOfADriverGoneForGoodIsHandedOver() {
        var held = accepted(decide(in(READY_FOR_PICKUP), new OrderCommand.Collect(SOMEBODY, "{}")))
                .next();
        var handed = accepted(OrderMachine.decide(held, new OrderCommand.Collect(KARI, "{}"), _ -> false));
        assertThat(events(handed)).containsExactly(new OrderEvent.HandedOver(KARI, "{}"));
        assertThat(handed.next().driver()).contains(KARI);
        assertThat(handed.next().state()).isEqualTo(IN_TRANSIT);
    }

    @Test
    void aDeliveryRepeatedOverANewConnectionIsARepeat() {
        var delivered = accepted(decide(in(READY_FOR_PICKUP), new OrderCommand.HandOver(SOMEBODY, "{}")))
                .next();
        assertThat(OrderMachine.decide(delivered, new OrderCommand.HandOver(SOMEBODY_ELSE, "{}"), _ -> false))
                .isEqualTo(new Repeated(delivered));
        assertThat(OrderMachine.decide(delivered, new OrderCommand.Collect(SOMEBODY_ELSE, "{}"), _ -> false))
                .isEqualTo(new Refused(Reason.CONFLICT, "order m1: cannot collect what is delivered"));
    }

    @Test
    void aNamedDriverKeepsTheParcelWhetherConnectedOrNot() {
        var held = accepted(decide(in(READY_FOR_PICKUP), new OrderCommand.Collect(KARI, "{}")))
                .next();
        assertThat(OrderMachine.decide(held, new OrderCommand.HandOver(OLA, "{}"), _ -> false))
                .isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @EnumSource
    void aStateIsReadBackFromItsWord(OrderState state) {
        if (state == OrderState.NEW) {
            assertThat(OrderState.of(state.word())).as("nobody has seen it").isEmpty();
        } else {
            assertThat(OrderState.of(state.word())).contains(state);
        }
    }

    @Test
    void moneyKnowsItsDigits() {
        assertThat(PRICE.decimal()).isEqualTo("12.50");
        assertThat(new Money(1250, "JPY").decimal()).isEqualTo("1250");
        assertThat(PRICE.times(3).plus(PRICE)).isEqualTo(new Money(5000, "EUR"));
        assertThatThrownBy(() -> new Money(-1, "EUR")).hasMessageStartingWith("amount: -1 (expected");
        assertThatThrownBy(() -> new Money(1, "EURO")).hasMessageStartingWith("currency: EURO (expected");
        assertThatThrownBy(() -> PRICE.plus(new Money(1, "USD"))).hasMessage("currency: USD (expected: EUR)");
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
                OrderCommand.Depart.class,
                OrderCommand.Deliver.class,
                OrderCommand.Cancel.class,
                OrderCommand.Fail.class,
                OrderCommand.Return.class);
        var grid = new StringBuilder(" ".repeat(20));
        commands.forEach(command -> grid.append(String.format("%-19s", command.getSimpleName())));
        for (var state : OrderState.values()) {
            grid.append(String.format("%n%-20s", state));
            commands.forEach(command -> grid.append(String.format(
                    "%-19s",
                    OrderMachine.next(state, command).map(OrderState::name).orElse("."))));
        }
        return grid.append('\n').toString().replaceAll(" +\n", "\n");
    }

    private static OrderEvent moved(OrderState to, String payload) {
        return new OrderEvent.Moved(to, "", payload);
    }

    private static List<OrderEvent> events(Accepted accepted) {
        return accepted.steps().stream().map(Step::event).toList();
    }

    private static Decision decide(Order order, OrderCommand command) {
        return OrderMachine.decide(order, command, _ -> true);
    }

    private static Accepted accepted(Decision decision) {
        assertThat(decision).isInstanceOf(Accepted.class);
        return (Accepted) decision;
    }

    private static Order in(OrderState state) {
        return Samples.order(new OrderId(new UUID(1, 1)), Instant.EPOCH).in(state);
    }
}
