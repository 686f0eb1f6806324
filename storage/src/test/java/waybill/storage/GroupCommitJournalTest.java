package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.UnavailableException;
import waybill.storage.sql.StorageException;
import waybill.storage.sql.StoreLimits;

class GroupCommitJournalTest {

    private static final StoreLimits FOUR_MAY_WAIT =
            new StoreLimits(4, 2, Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofDays(30));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void aFullJournalRejectsWithARetryDelay() {
        try (var store = Store.open(directory, FOUR_MAY_WAIT, () -> {})) {
            var parcels = new OrderFixture(store.journal());
            var gate = new CountDownLatch(1);
            var held = new CountDownLatch(1);
            var first = store.journal().submit(_ -> awaited(held, gate));
            await(held);
            var waiting = IntStream.range(0, 4)
                    .mapToObj(i -> parcels.place("acme-widgets", "m" + i))
                    .toList();
            var refused = parcels.place("acme-widgets", "one too many");
            gate.countDown();
            assertThatThrownBy(refused::join).cause().isInstanceOfSatisfying(UnavailableException.class, failure -> {
                assertThat(failure).hasMessageContaining("4 (expected: less)");
                assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
            });
            assertThat(first.join()).isTrue();
            assertThat(waiting)
                    .allSatisfy(future -> assertThat(future.join()).isInstanceOf(OrderResult.Committed.class));
        }
    }

    @Test
    void whatACallerDoesWithAnAnswerDoesNotHoldUpTheJournal() {
        try (var store = Store.open(directory, StoreLimits.defaults(), () -> {})) {
            var gate = new CountDownLatch(1);
            var held = new CountDownLatch(1);
            var registered = new CountDownLatch(1);
            var first = store.journal().submit(_ -> awaited(held, registered));
            first.thenRun(() -> await(gate));
            registered.countDown();
            new OrderFixture(store.journal()).place("acme-widgets", "m1");
            while (store.eventLog().lastSequence() == 0) {
                Thread.onSpinWait();
            }
            gate.countDown();
        }
    }

    @Test
    void anOrderThatTheDatabaseRefusesFailsAlone() {
        try (var store = Store.open(directory, StoreLimits.defaults(), () -> {})) {
            var parcels = new OrderFixture(store.journal());
            var gate = new CountDownLatch(1);
            var held = new CountDownLatch(1);
            store.journal().submit(_ -> awaited(held, gate));
            await(held);
            var first = parcels.place("acme-widgets", "Aa");
            var refused = parcels.place("acme-widgets", "BB"); // has the id of the first: their hash codes are equal
            var last = parcels.place("acme-widgets", "m1");
            gate.countDown();
            assertThatThrownBy(refused::join).hasCauseInstanceOf(StorageException.class);
            assertThat(first.join()).isInstanceOf(OrderResult.Committed.class);
            assertThat(last.join()).isInstanceOf(OrderResult.Committed.class);
            assertThat(store.eventLog().listAfter(0, 10))
                    .extracting(OrderFixture::messageId)
                    .containsExactly("Aa", "m1");
        }
    }

    @Test
    void closingWritesTheQueueAndRejectsNewTasks() {
        var store = Store.open(directory, StoreLimits.defaults(), () -> {});
        var parcels = new OrderFixture(store.journal());
        var waiting = IntStream.range(0, 1_000)
                .mapToObj(i -> parcels.place("acme-widgets", "m" + i))
                .toList();
        store.close();
        assertThat(waiting).allSatisfy(future -> assertThat(future.join()).isInstanceOf(OrderResult.Committed.class));
        assertThatThrownBy(() -> parcels.place("acme-widgets", "late").join())
                .hasMessageContaining("the hub is closing");
    }

    @Test
    void commitsAreAnnouncedAfterTheyAreReadable() {
        var announced = new CountDownLatch(1);
        try (var store = Store.open(directory, StoreLimits.defaults(), announced::countDown)) {
            new OrderFixture(store.journal()).place("acme-widgets", "m1");
            await(announced);
            assertThat(store.eventLog().listAfter(0, 10)).hasSize(1);
        }
    }

    private static boolean awaited(CountDownLatch held, CountDownLatch gate) {
        held.countDown();
        await(gate);
        return true;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
