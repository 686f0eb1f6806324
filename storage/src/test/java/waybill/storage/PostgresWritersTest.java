package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.OLA;
import static waybill.storage.StorePorts.ACME;

import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.concurrent.Threads;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.AppendListener;
import waybill.journal.LogEntry;
import waybill.journal.UnavailableException;
import waybill.outbound.WebhookEndpoint;
import waybill.outbound.WebhookSecret;
import waybill.storage.postgres.PostgresAddress;
import waybill.storage.postgres.PostgresDatabase;
import waybill.storage.postgres.PostgresFailures;
import waybill.storage.postgres.PostgresReadConnections;
import waybill.storage.postgres.PostgresServer;
import waybill.storage.postgres.PostgresUnitOfWork;
import waybill.storage.sql.GroupCommitJournal;
import waybill.storage.sql.JournalWriter;
import waybill.storage.sql.RecentEventCache;
import waybill.storage.sql.SqlEventLog;
import waybill.storage.sql.StoreHealth;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;

/// Several journals that write to one database, as those of several processes do.
class PostgresWritersTest {

    private static final int WRITERS = 3;
    private static final int ORDERS = 60;

    @SuppressWarnings("NullAway.Init")
    private static PostgresAddress address;

    @SuppressWarnings("NullAway.Init")
    private static PostgresDatabase database;

    private final List<GroupCommitJournal> journals = new ArrayList<>();

    @BeforeAll
    static void createDatabase() {
        address = PostgresServer.createDatabase();
        database = PostgresDatabase.open(address);
    }

    @BeforeEach
    void openJournals() throws SQLException {
        PostgresServer.clear(address);
        for (var i = 0; i < WRITERS; i++) {
            journals.add(openJournal());
        }
    }

    @AfterEach
    void close() {
        journals.forEach(GroupCommitJournal::close);
    }

    private static GroupCommitJournal openJournal() throws SQLException {
        var clock = new TrustedClock(() -> NOON, System::nanoTime);
        JournalWriter.Source writers =
                () -> new PostgresUnitOfWork(database.openWriter(), StoreLimits.defaults(), clock, AppendListener.NONE);
        var journal = new GroupCommitJournal(
                writers,
                writers.open(),
                new RecentEventCache(0),
                () -> {},
                StoreLimits.defaults(),
                new StoreHealth(PostgresFailures.POSTGRES, "the database"),
                () -> {},
                Threads.ofPlatform());
        journal.start();
        return journal;
    }

    @Test
    void noEventAppearsBehindAReader() {
        var placed = new ArrayList<CompletableFuture<?>>();
        for (var i = 0; i < ORDERS; i++) {
            for (var writer = 0; writer < WRITERS; writer++) {
                placed.add(new OrderFixture(journals.get(writer)).place("store" + writer, "m" + i));
            }
        }
        var all = CompletableFuture.allOf(placed.toArray(CompletableFuture[]::new));
        var read = new ArrayList<Long>();
        try (var connections =
                new PostgresReadConnections(database, new StoreHealth(PostgresFailures.POSTGRES, "the database"))) {
            var log = new SqlEventLog(connections, new RecentEventCache(Long.MAX_VALUE - 1)); // has none of them
            while (true) {
                var isLast = all.isDone();
                var after = read.isEmpty() ? 0 : read.getLast();
                var next = log.listAfter(after, 1_000);
                next.stream().map(LogEntry::sequence).forEach(read::add);
                if (isLast && next.isEmpty()) {
                    break;
                }
            }
        }
        all.join();
        assertThat(read).hasSize(WRITERS * ORDERS);
        for (var i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).as("a log without a gap, read in its order").isEqualTo(i + 1);
        }
    }

    /// A job is read from the database, so its event may be newer than what the node knows of the log.
    @Test
    void anEventOfAnotherWriterIsFoundBeforeTheEndOfTheLogIs() {
        new OrderFixture(journals.getFirst()).place(ACME, "m1").join();
        try (var connections =
                new PostgresReadConnections(database, new StoreHealth(PostgresFailures.POSTGRES, "the database"))) {
            var log = new SqlEventLog(connections, new RecentEventCache(0));
            assertThat(log.listAfter(0, 1)).isEmpty();
            assertThat(log.find(1)).map(LogEntry::sequence).hasValue(1L);
            assertThat(log.find(2)).isEmpty();
        }
    }

    @Test
    void ofTwoDriversThatTakeAnOrderOneWins() {
        var first = new OrderFixture(journals.getFirst());
        var second = new OrderFixture(journals.getLast());
        first.place(ACME, "m1").join();
        second.place(ACME, "other").join();

        var byKari = first.collect(ACME, "m1", KARI);
        var byOla = second.collect(ACME, "m1", OLA);

        assertThat(List.of(byKari.join(), byOla.join()))
                .filteredOn(OrderResult.Committed.class::isInstance)
                .hasSize(1);
    }

    @Test
    void whatAnotherWriterChangedWithoutAnEventIsSeen() {
        journals.getFirst().submit(work -> work.listWebhooks().size()).join();
        journals.getLast()
                .submit(work -> {
                    work.saveWebhook(endpoint());
                    return true;
                })
                .join();
        assertThat(journals.getFirst()
                        .submit(work -> work.listWebhooks().size())
                        .join())
                .isEqualTo(1);
    }

    /// As long as it waits for a lock, a node answers no order; its leases live for 6 s.
    @Test
    void aWriterThatIsPausedInATransactionHoldsTheOthersUpForLessThanALease() {
        var hasBegun = new CompletableFuture<Boolean>();
        var awake = new CompletableFuture<Boolean>();
        var paused = journals.getFirst().submit(_ -> {
            hasBegun.complete(true);
            return awake.join();
        });
        hasBegun.join();
        var startedNanos = System.nanoTime();
        journals.getLast().submit(work -> work.nextOrderNumber(LocalDate.EPOCH)).join();
        assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isLessThan(Duration.ofSeconds(6));
        awake.complete(true);
        assertThatThrownBy(paused::join).hasCauseInstanceOf(UnavailableException.class);
        assertThat(journals.getFirst()
                        .submit(work -> work.nextOrderNumber(LocalDate.EPOCH))
                        .join())
                .isEqualTo(2);
    }

    private static WebhookEndpoint endpoint() {
        return new WebhookEndpoint(
                "hook",
                "https://hooks.example",
                Set.of(),
                null,
                "",
                NOON,
                WebhookSecret.generate(new Random(1)),
                null,
                null,
                null);
    }

    @Test
    void numbersOfADayAreDrawnOnce() {
        var numbers = new ArrayList<CompletableFuture<Long>>();
        for (var i = 0; i < WRITERS * ORDERS; i++) {
            numbers.add(journals.get(i % WRITERS).submit(work -> work.nextOrderNumber(LocalDate.EPOCH)));
        }
        assertThat(numbers)
                .extracting(CompletableFuture::join)
                .doesNotHaveDuplicates()
                .contains((long) WRITERS * ORDERS);
    }
}
