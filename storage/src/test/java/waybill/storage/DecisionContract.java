package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import waybill.directory.Vehicle;
import waybill.dispatch.AvailableDriver;
import waybill.dispatch.DecisionCodec;
import waybill.dispatch.DecisionQueries.Saved;
import waybill.dispatch.DispatchDecision.Reason;
import waybill.dispatch.DispatchWeights;
import waybill.dispatch.StoredDecision;
import waybill.dispatch.TripCost;
import waybill.dispatch.WaitingOrder;
import waybill.geo.Position;
import waybill.order.OrderId;

/// What [waybill.dispatch.DecisionQueries] reads of the decisions that were saved.
interface DecisionContract extends StorePorts {

    OrderId FIRST = new OrderId(new UUID(1, 1));
    OrderId SECOND = new OrderId(new UUID(1, 2));

    @Test
    default void theDecisionsOfAnOrderAreReadNewestFirstInPages() {
        for (var atMs : List.of(1_000L, 2_000L, 3_000L)) {
            save(decision(FIRST, atMs));
        }
        save(decision(SECOND, 4_000));

        var page = decisions().listDecisions(FIRST, Long.MAX_VALUE, 2);
        assertThat(page).extracting(Saved::decision).containsExactly(decision(FIRST, 3_000), decision(FIRST, 2_000));
        assertThat(decisions().listDecisions(FIRST, page.getLast().id(), 2))
                .extracting(Saved::decision)
                .containsExactly(decision(FIRST, 1_000));
        assertThat(decisions().listDecisions(new OrderId(new UUID(9, 9)), Long.MAX_VALUE, 2))
                .isEmpty();
    }

    @Test
    default void allDecisionsAreReadOldestFirstInPages() {
        save(decision(FIRST, 1_000));
        save(decision(SECOND, 2_000));
        save(decision(FIRST, 3_000));

        var page = decisions().listDecisions(0, 2);
        assertThat(page).extracting(saved -> saved.decision().decidedAtMs()).containsExactly(1_000L, 2_000L);
        assertThat(decisions().listDecisions(page.getLast().id(), 2))
                .extracting(saved -> saved.decision().decidedAtMs())
                .containsExactly(3_000L);
    }

    default void save(StoredDecision decision) {
        journal()
                .submit(work -> {
                    work.saveDecision(decision.order(), decision.decidedAtMs(), DecisionCodec.encode(decision));
                    return true;
                })
                .join();
    }

    static StoredDecision decision(OrderId order, long atMs) {
        var place = new Position(59.9, 10.7);
        return new StoredDecision(
                order,
                atMs,
                DispatchWeights.defaults(),
                Reason.CHEAPEST,
                "kari",
                List.of(order),
                List.of(new StoredDecision.Candidate("kari", atMs, atMs + 1, atMs + 2, new TripCost(1, 2, 0.5))),
                List.of(new WaitingOrder(order, "acme", place, place, atMs, Long.MAX_VALUE)),
                List.of(new AvailableDriver("kari", place, atMs, AvailableDriver.NO_END, 3, Vehicle.VAN, null)),
                Map.of(order, "kari"),
                Map.of(order, Set.of("ola", "per")));
    }
}
