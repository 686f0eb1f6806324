package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.storeActor;
import static waybill.storage.StorePorts.ACME;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Offer;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.OrderEvent.CloseReason;

/// Two hundred drivers accept one offer, while others decline, the deadline passes, another node offers the order again
/// and a driver collects it on `/caps`: in an order that depends on the seed alone.
class OfferRaceTest {

    private static final int DRIVERS = 200;

    /// `-Dwaybill.offer.races=10000` runs more of them.
    private static final int RACES = Integer.getInteger("waybill.offer.races", 200);

    @Test
    void eachOfferHasOneWinner() {
        for (var seed = 0; seed < RACES; seed++) {
            race(new Random(seed), "seed " + seed);
        }
    }

    private static void race(Random random, String seed) {
        var store = new InMemoryStore();
        var fixture = new OrderFixture(store);
        fixture.place(ACME, "m1").join();
        var winners = new ArrayList<Actor>();
        for (var command : commands(random)) {
            var by = command.claimant().orElse(storeActor(ACME));
            if (fixture.handle(ACME, "m1", command, by).join() instanceof OrderResult.Committed
                    && command.claimant().isPresent()) {
                winners.add(by);
            }
        }
        var log = store.listAfter(0, 1_000);
        assertThat(log.stream().filter(entry -> entry.event() instanceof OrderEvent.Assigned))
                .as(seed)
                .hasSize(1);
        assertThat(winners).as(seed).containsExactly(driver(log));
    }

    private static Actor driver(List<LogEntry> log) {
        return log.getLast().order().orElseThrow().driver().orElseThrow();
    }

    private static List<OrderCommand> commands(Random random) {
        var commands = new ArrayList<OrderCommand>();
        for (var i = 0; i < DRIVERS; i++) {
            commands.add(new OrderCommand.AcceptOffer(Actor.driver("d" + i)));
        }
        for (var i = 0; i < DRIVERS / 10; i++) {
            commands.add(new OrderCommand.DeclineOffer(Actor.driver("d" + random.nextInt(DRIVERS)), ""));
            commands.add(new OrderCommand.CloseOffer(1 + i, CloseReason.EXPIRED));
            commands.add(new OrderCommand.MakeOffer(
                    new Offer(2 + i, List.of("d" + i, "d" + (i + 1)), NOON, NOON.plusSeconds(30), List.of())));
        }
        commands.add(new OrderCommand.CollectParcel(KARI, OrderEvent.NO_DOCUMENT));
        Collections.shuffle(commands, random);
        return commands;
    }
}
