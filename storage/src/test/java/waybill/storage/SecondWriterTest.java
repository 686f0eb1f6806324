package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.storeActor;
import static waybill.storage.OrderQueriesContract.PIZZA;
import static waybill.storage.StorePorts.ACME;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.Journal;
import waybill.journal.LogEntry;
import waybill.journal.Sequences;
import waybill.journal.Transaction;
import waybill.journal.UnitOfWork;
import waybill.order.OrderCommand;
import waybill.order.OrderState;
import waybill.storage.sql.Disk;
import waybill.storage.sql.RecentEventCache;
import waybill.storage.sql.StorageException;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.SqliteUnitOfWork;

/// Two writers of one store, the second of which has ignored the lock: what the first has in memory is then outdated.
class SecondWriterTest {

    /// Runs each transaction at once on a writer, and leaves the commit to the test.
    private record DirectJournal(UnitOfWork work) implements Journal {

        @Override
        public <T> CompletableFuture<T> submit(Transaction<T> transaction) {
            return CompletableFuture.completedFuture(
                    transaction.decision().decide(work).complete(new Sequences(0)));
        }
    }

    @TempDir
    private Path directory;

    private static SqliteUnitOfWork open(Database database) throws SQLException {
        return new SqliteUnitOfWork(
                database.openWriter(), StoreLimits.defaults(), new TrustedClock(() -> NOON, System::nanoTime));
    }

    @Test
    void whatIsDecidedOnAnOrderThatAnotherWriterHasChangedIsNotCommitted() throws SQLException {
        var database = Database.open(directory, Disk.ofMachine());
        try (var first = open(database)) {
            var orders = new OrderFixture(new DirectJournal(first));
            orders.place(ACME, "m1", PIZZA, NOON).join();
            first.commit();
            try (var second = open(database)) {
                var others = new OrderFixture(new DirectJournal(second));
                var cancel = new OrderCommand.Cancel("closed");
                others.handler()
                        .handle(orders.request(ACME, "m1", cancel, storeActor(ACME)))
                        .join();
                second.commit();
            }
            var accept = orders.request(ACME, "m1", new OrderCommand.Accept(), storeActor(ACME));
            assertThat(orders.handler().handle(accept).join())
                    .as("decided on the order as it was")
                    .isInstanceOf(OrderResult.Committed.class);
            assertThatThrownBy(first::flush).isInstanceOf(StorageException.class);
            first.rollback();
            assertThat(first.hasForbiddenWriter()).isTrue();
            assertThat(first.findOrder(OrderFixture.id(ACME, "m1")))
                    .hasValueSatisfying(order -> assertThat(order.state()).isEqualTo(OrderState.CANCELLED));
        } finally {
            database.close();
        }
    }

    @Test
    void aReaderMissesNoEventOfAnotherWriter() throws SQLException {
        var database = Database.open(directory, Disk.ofMachine());
        try (var first = open(database)) {
            var cache = new RecentEventCache(0);
            var orders = new OrderFixture(new DirectJournal(first));
            orders.place(ACME, "m1", PIZZA, NOON).join();
            cache.add(first.commit());
            assertThat(cache.listAfter(0, 9).orElseThrow())
                    .extracting(LogEntry::sequence)
                    .containsExactly(1L);
            try (var second = open(database)) {
                new OrderFixture(new DirectJournal(second))
                        .place(ACME, "m2", PIZZA, NOON)
                        .join();
                second.commit();
            }
            List<LogEntry> later;
            try (var third = open(database)) {
                new OrderFixture(new DirectJournal(third))
                        .place(ACME, "m3", PIZZA, NOON)
                        .join();
                later = third.commit();
            }
            cache.add(later);
            assertThat(cache.listAfter(1, 9)).as("event 2 is on the disk only").isEmpty();
            assertThat(cache.listAfter(2, 9).orElseThrow())
                    .extracting(LogEntry::sequence)
                    .containsExactly(3L);
        } finally {
            database.close();
        }
    }
}
