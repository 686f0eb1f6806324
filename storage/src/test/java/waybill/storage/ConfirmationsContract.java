package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.storeActor;
import static waybill.storage.OrderQueriesContract.PIZZA;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.messaging.Confirmation;
import waybill.messaging.Confirmation.State;
import waybill.order.OrderCommand;

/// What [waybill.messaging.Confirmations] promises: an order is sent to its store until the store confirms it.
interface ConfirmationsContract extends StorePorts {

    @Test
    default void aConfirmationIsRequestedUntilTheStoreConfirms() {
        orderFixture().place(ACME, "m1", PIZZA, NOON).join();
        assertThat(listConfirmations(State.PENDING))
                .extracting(Confirmation::eventId)
                .containsExactly(1L);
        journal()
                .submit(ledger -> {
                    ledger.recordConfirmationAttempt(ACME, 1, NOON.plusSeconds(1));
                    ledger.recordConfirmationAttempt(ACME, 1, NOON.plusSeconds(2));
                    ledger.recordConfirmationAttempt(FLOWERS, 1, NOON.plusSeconds(3));
                    return true;
                })
                .join();
        assertThat(listConfirmations(null))
                .containsExactly(new Confirmation(1, ACME, NOON, 2, NOON.plusSeconds(2), null, null));
        assertThat(listConfirmations(State.PENDING)).isEmpty();
        assertThat(listConfirmations(State.SENT)).hasSize(1);
        assertThat(confirm(FLOWERS, 1)).as("another store's").isFalse();
        assertThat(confirm(ACME, 2)).as("of nothing").isFalse();
        assertThat(confirm(ACME, 1)).isTrue();
        assertThat(confirm(ACME, 1)).as("again").isFalse();
        orderFixture()
                .handle(ACME, "m1", new OrderCommand.Accept(), storeActor(ACME))
                .join();
        assertThat(listConfirmations(null))
                .containsExactly(new Confirmation(1, ACME, NOON, 2, NOON.plusSeconds(2), NOON.plusSeconds(9), null));
        assertThat(listConfirmations(State.ACKNOWLEDGED)).hasSize(1);
    }

    @Test
    default void aConfirmationIsClosedWhenTheOrderMovesOn() {
        orderFixture().place(ACME, "m1", PIZZA, NOON).join();
        orderFixture().place(ACME, "m2", PIZZA, NOON).join();
        orderFixture()
                .handle(ACME, "m1", new OrderCommand.Decline("no dough"), storeActor(ACME))
                .join();
        assertThat(listConfirmations(State.CLOSED))
                .containsExactly(new Confirmation(1, ACME, NOON, 0, null, null, NOON));
        assertThat(listConfirmations(State.PENDING))
                .extracting(Confirmation::eventId)
                .containsExactly(2L);
        assertThat(confirm(ACME, 1)).as("late, but heard").isTrue();
    }

    @Test
    default void aConfirmationClosedByAFailedTaskStaysOpen() {
        var order =
                OrderFixture.place(orderFixture().place(ACME, "m1", PIZZA, NOON).join());
        var bad = journal().<Boolean>submit(ledger -> {
            ledger.closeConfirmations(order, NOON);
            throw new IllegalArgumentException("a bug");
        });
        assertThat(bad).failsWithin(Duration.ofSeconds(60));
        assertThat(listConfirmations(State.PENDING)).hasSize(1);
        orderFixture()
                .handle(ACME, "m1", new OrderCommand.Decline("no dough"), storeActor(ACME))
                .join();
        assertThat(listConfirmations(State.CLOSED)).hasSize(1);
    }

    @Test
    default void confirmationsAreSearchedByStoreInPages() {
        IntStream.range(0, 6)
                .forEach(i -> orderFixture()
                        .place(i % 2 == 0 ? ACME : FLOWERS, "m" + i, PIZZA, NOON)
                        .join());
        assertThat(confirmations().search(Optional.of(FLOWERS), Optional.empty(), 0, 2))
                .extracting(Confirmation::eventId)
                .containsExactly(2L, 4L);
        assertThat(confirmations().search(Optional.of(FLOWERS), Optional.of(State.PENDING), 4, 2))
                .extracting(Confirmation::eventId)
                .containsExactly(6L);
        assertThat(confirmations().search(Optional.of("unknown"), Optional.empty(), 0, 2))
                .isEmpty();
    }

    @Test
    default void aParcelHasAtMostOneConfirmation() {
        orderFixture().place(ACME, "m1").join();
        orderFixture().deliver(ACME, "m1", KARI).join();
        assertThat(listConfirmations(null)).hasSizeLessThanOrEqualTo(1);
    }

    private boolean confirm(String store, long position) {
        return journal()
                .submit(ledger -> ledger.confirm(store, position, NOON.plusSeconds(9)))
                .join();
    }

    private List<Confirmation> listConfirmations(@Nullable State state) {
        return confirmations().search(Optional.empty(), Optional.ofNullable(state), 0, 100);
    }
}
