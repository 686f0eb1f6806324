package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.OLA;
import static waybill.storage.OrderQueriesContract.PIZZA;
import static waybill.storage.StorePorts.ACME;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.StoredResponse;
import waybill.hub.HubCommands;
import waybill.hub.PersonRecorder;
import waybill.journal.Journal;
import waybill.journal.LogEntry;
import waybill.journal.PendingResponse;
import waybill.journal.Read;
import waybill.journal.Transaction;
import waybill.journal.UnitOfWork;
import waybill.messaging.Queue;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.SqliteUnitOfWork;

/// What the transactions of a batch declare is read in a number of statements that does not depend on how many there
/// are: on a database across a network each is a round trip.
class BatchReadsTest {

    /// A journal that collects transactions until they are run as one batch.
    private static final class CollectingJournal implements Journal {

        private final List<Transaction<?>> batch = new ArrayList<>();

        @Override
        public <T> CompletableFuture<T> submit(Transaction<T> transaction) {
            batch.add(transaction);
            return new CompletableFuture<>();
        }

        /// Leaves the commit to the caller: it also purges and indexes, a limited number of rows at a time.
        void run(SqliteUnitOfWork work) {
            work.load(batch.stream().flatMap(one -> one.reads().stream()).collect(Collectors.toSet()));
            batch.forEach(one -> one.decision().decide(work));
            work.flush();
            batch.clear();
        }
    }

    private final AtomicInteger queries = new AtomicInteger();
    private final AtomicInteger rounds = new AtomicInteger(); // of statements that write
    private final CollectingJournal journal = new CollectingJournal();
    private final OrderFixture orders = new OrderFixture(journal);

    @TempDir
    private Path directory;

    @Test
    void aLargeBatchReadsInAsManyStatementsAsASmallOne() throws SQLException {
        assertThat(countQueries(40, this::submitMixed)).isEqualTo(countQueries(5, this::submitMixed));
    }

    @Test
    void aLargeBatchIsWrittenInAsManyRoundsAsASmallOne() throws SQLException {
        countQueries(40, this::submitOneForEachOrder);
        var many = rounds.get();
        countQueries(5, this::submitOneForEachOrder);
        assertThat(many).isEqualTo(rounds.get()).isPositive();
    }

    @Test
    void aResponseOfTheBatchIsFoundWithoutItsRow() throws SQLException {
        var database = Database.open(
                directory, StoreEnvironment.ofMachine(InstantSource.system()).disk());
        try (var work = open(counting(database.openWriter()))) {
            var user = new UserId(Role.CUSTOMER, "nils");
            work.load(Set.of(new Read.OfResponse(user, "k")));
            work.save(user, "k", PendingResponse.of(new StoredResponse("f", 200, "{}")), NOON);
            work.flush();
            queries.set(0);
            assertThat(work.findResponse(user, "k")).isPresent();
            assertThat(queries).hasValue(0);
        } finally {
            database.close();
        }
    }

    /// Many orders have one name, so that they are not loaded with the batch.
    @Test
    void anOrderIsFoundByANameThatVeryManyHave() throws SQLException {
        var database = Database.open(
                directory, StoreEnvironment.ofMachine(InstantSource.system()).disk());
        try (var work = open(database.openWriter())) {
            for (var i = 0; i <= 1_000; i++) {
                orders.place("store" + i, "code");
            }
            orders.collect("store7", "code", KARI);
            orders.collect("store8", "code", OLA);
            orders.deliver("store8", "code", OLA);
            journal.run(work);
            var reads = Set.<Read>of(new Read.OfReference("code"));
            work.load(reads);
            assertThat(find(work, UnitOfWork.ReferenceScope.OWN_ACTIVE, KARI)).containsExactly("store7");
            assertThat(find(work, UnitOfWork.ReferenceScope.OWN_ENDED, OLA)).containsExactly("store8");
            assertThat(find(work, UnitOfWork.ReferenceScope.UNASSIGNED, OLA)).hasSize(2);
        } finally {
            database.close();
        }
    }

    private static List<String> find(UnitOfWork work, UnitOfWork.ReferenceScope scope, Actor by) {
        return work.findAllByReference("code", Optional.empty(), scope, by, 2).stream()
                .map(Order::store)
                .toList();
    }

    private int countQueries(int each, IntConsumer submit) throws SQLException {
        var database = Database.open(
                directory.resolve("of" + each),
                StoreEnvironment.ofMachine(InstantSource.system()).disk());
        try {
            try (var work = open(database.openWriter())) {
                placeOrders(each);
                journal.run(work);
                work.commit();
            }
            try (var work = open(counting(database.openWriter()))) { // no order is in memory
                submit.accept(each);
                queries.set(0);
                rounds.set(0);
                journal.run(work);
                return queries.get();
            }
        } finally {
            database.close();
        }
    }

    private static SqliteUnitOfWork open(Connection connection) throws SQLException {
        var clock = new TrustedClock(() -> NOON, System::nanoTime);
        return new SqliteUnitOfWork(connection, StoreLimits.defaults(), clock, BatchReadsTest::notifyUsers);
    }

    /// As the routing of push messages and mails does.
    private static void notifyUsers(UnitOfWork work, LogEntry entry) {
        entry.order().ifPresent(order -> {
            work.hasDeviceOfStore(order.store());
            order.details().customer().ifPresent(customer -> {
                work.hasDevice(new UserId(Role.CUSTOMER, customer));
                work.findPerson(new UserId(Role.CUSTOMER, customer));
            });
        });
    }

    private void placeOrders(int each) {
        for (var i = 0; i < each; i++) {
            orders.place("store" + i, "collected");
            orders.place("store" + i, "acknowledged");
            orders.place("store" + i, "delivered");
            orders.deliver("store" + i, "delivered", KARI);
            orders.place("store" + i, "accepted" + i, PIZZA, NOON);
            orders.place("store" + i, "code" + i);
            orders.placeForCustomer("customer" + i, "store" + i, "repeated");
        }
    }

    private void submitMixed(int each) {
        var people = new PersonRecorder(journal);
        for (var i = 0; i < each; i++) {
            var store = "store" + i;
            var storeActor = OrderFixture.storeActor(store);
            orders.collect(store, "collected", KARI);
            orders.handle(store, "collected", new OrderCommand.Assign(OLA), KARI);
            orders.queues().acknowledgeMessage(new Queue(store, Topic.PICKUP), "acknowledged", KARI);
            orders.queues().acknowledgeMessage(Optional.of("kari"), List.of(Topic.PICKUP), "code" + i, KARI);
            orders.queues().acknowledgeMessage(new Queue(store, Topic.DELIVERED), "delivered", storeActor);
            orders.handler().handle(orders.request(store, "accepted" + i, new OrderCommand.Accept(), storeActor));
            orders.deliverByCode("code" + i, KARI);
            orders.placeForCustomer("customer" + i, store, "repeated");
            orders.place(store, "new", PIZZA, NOON);
            orders.place(store, "new", PIZZA, NOON);
            people.record(new Principal("new" + i, Role.CUSTOMER, "Nils", null, null));
            confirm(store, 1 + i);
            respond("key" + i);
            respond("key" + i);
        }
    }

    /// No order is read again after it was changed, which would write it first.
    private void submitOneForEachOrder(int each) {
        var people = new PersonRecorder(journal);
        for (var i = 0; i < each; i++) {
            var store = "store" + i;
            var storeActor = OrderFixture.storeActor(store);
            orders.queues().acknowledgeMessage(new Queue(store, Topic.PICKUP), "acknowledged", KARI);
            orders.queues().acknowledgeMessage(new Queue(store, Topic.DELIVERED), "delivered", storeActor);
            orders.handle(store, "accepted" + i, new OrderCommand.Accept(), storeActor);
            orders.collect(store, "collected", KARI);
            orders.place(store, "new", PIZZA, NOON);
            people.record(new Principal("new" + i, Role.CUSTOMER, "Nils", null, null));
            confirm(store, 1 + i);
            respond("key" + i);
        }
    }

    private void confirm(String store, long sequence) {
        journal.submit(new Transaction<>(List.of(new Read.OfConfirmation(store, sequence)), work -> {
            HubCommands.confirm(work, store, sequence, OrderFixture.storeActor(ACME), NOON);
            return _ -> true;
        }));
    }

    private void respond(String key) {
        var user = new UserId(Role.CUSTOMER, "nils");
        journal.submit(new Transaction<>(List.of(new Read.OfResponse(user, key)), work -> {
            if (work.findResponse(user, key).isEmpty()) {
                work.save(user, key, PendingResponse.of(new StoredResponse("f", 200, "{}")), NOON);
            }
            return _ -> true;
        }));
    }

    /// Counts the queries of the statements that the connection prepares.
    private Connection counting(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            var result = invoke(connection, method, arguments);
            return result instanceof PreparedStatement statement
                    ? proxy(PreparedStatement.class, (called, values) -> {
                        if (called.getName().equals("executeQuery")) {
                            queries.incrementAndGet();
                        } else if (called.getName().startsWith("execute")) {
                            rounds.incrementAndGet();
                        }
                        return invoke(statement, called, values);
                    })
                    : result;
        });
    }

    private interface Call {
        @Nullable
        Object run(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> call.run(method, arguments)));
    }

    private static @Nullable Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
