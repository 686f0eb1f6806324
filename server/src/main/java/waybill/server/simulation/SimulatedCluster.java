package waybill.server.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import waybill.server.cluster.NodeBus;
import waybill.storage.SharedStore;
import waybill.storage.StoreEnvironment;
import waybill.storage.simulated.CommitOutcome;
import waybill.storage.simulated.SimulatedDisk;
import waybill.storage.sql.PrivateFiles;

/// What several nodes share: a database, a bus over which they publish, and the secret of their tokens. The network to
/// the database and to the bus is cut for each node by itself, and for all together.
final class SimulatedCluster {

    private static final long LATENCY_MAX_NANOS = 20_000_000;
    private static final long SKEW_MAX_MS = 8_000;
    private static final String DATABASE = "notification";
    private static final String BUS = "bus";
    private static final String SECRET_FILE = "development.secret";
    private static final String SECRET = "the same secret of all nodes of a simulation\n";

    private final EventQueue events;
    private final SplittableRandom random;
    private final Path database;
    private final SharedStore.Observer observer;
    private final List<Member> members = new ArrayList<>();
    private long databaseAwayUntilNanos;
    private long busAwayUntilNanos;

    SimulatedCluster(EventQueue events, SplittableRandom random, Path directory, int nodes) {
        this.events = events;
        this.random = random;
        database = directory.resolve("database");
        var disk = new SimulatedDisk(() -> CommitOutcome.COMMITTED, () -> {});
        var environment = new StoreEnvironment(
                events.clock(),
                events.ticker()::nanoTime,
                new SimulatedThreads(new SimulatedProcess(events, random.split())),
                disk);
        SharedStore.create(database, environment);
        observer = SharedStore.observe(database, environment);
        for (var i = 0; i < nodes; i++) {
            members.add(new Member(i, random.nextLong(-SKEW_MAX_MS, SKEW_MAX_MS)));
        }
    }

    Member member(int number) {
        return members.get(number);
    }

    /// Reads what is committed.
    void read(CommittedLog log) {
        observer.refresh().run();
        log.read(observer.log());
    }

    /// The database, or the bus, is away for all nodes.
    void cutDatabase(long untilNanos) {
        databaseAwayUntilNanos = untilNanos;
    }

    void cutBus(long untilNanos) {
        busAwayUntilNanos = untilNanos;
    }

    /// All networks work again.
    void heal() {
        cutDatabase(0);
        cutBus(0);
        members.forEach(member -> {
            member.cutDatabase(0);
            member.cutBus(0);
        });
    }

    void close() {
        observer.close().run();
    }

    /// The place of a node: its clock, and its network.
    final class Member {

        private final int number;
        private final long skewMs;
        private long databaseCutUntilNanos;
        private long busCutUntilNanos;
        private int runs;
        private Run run = new Run(new SimulatedProcess(events, random.split()));

        Member(int number, long skewMs) {
            this.number = number;
            this.skewMs = skewMs;
        }

        /// A clock that is ahead or behind.
        InstantSource clock() {
            return () -> events.clock().instant().plusMillis(skewMs);
        }

        Path database() {
            return database;
        }

        /// A process of the node starts, on its data directory.
        void start(SimulatedProcess process, Path data) {
            run = new Run(process);
            runs++;
            try {
                var secret = data.resolve(SECRET_FILE);
                if (!Files.exists(secret)) {
                    PrivateFiles.createDirectory(data);
                    Files.writeString(secret, SECRET);
                    PrivateFiles.restrict(secret);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String processName() {
            return "node-" + number + "-" + runs;
        }

        void cutDatabase(long untilNanos) {
            databaseCutUntilNanos = untilNanos;
        }

        void cutBus(long untilNanos) {
            busCutUntilNanos = untilNanos;
        }

        boolean isDatabaseReachable() {
            return events.nowNanos() >= Math.max(databaseCutUntilNanos, databaseAwayUntilNanos);
        }

        private boolean isBusReachable() {
            return events.nowNanos() >= Math.max(busCutUntilNanos, busAwayUntilNanos);
        }

        SharedStore.Link link() {
            var own = run;
            return new SharedStore.Link(this::isDatabaseReachable, listener -> own.onCommitted = listener);
        }

        NodeBus bus() {
            var own = run;
            return new NodeBus(this::isBusReachable, this::publish, own.listeners::put);
        }

        /// The node has committed: the database notifies the others.
        void onCommitting() {
            for (var other : members) {
                if (other.number != number) {
                    events.after(random.nextLong(LATENCY_MAX_NANOS), DATABASE, other::notifyCommitted);
                }
            }
        }

        private void notifyCommitted() {
            if (isDatabaseReachable()) { // else it is lost
                var own = run;
                own.process.run(DATABASE, () -> own.onCommitted.run());
            }
        }

        private void publish(String channel, byte[] message) {
            if (isBusReachable()) {
                members.forEach(other -> other.run.receive(other, number, channel, message));
            }
        }
    }

    /// What one process of a node hears.
    private final class Run {

        private final SimulatedProcess process;
        private final Map<String, Consumer<byte[]>> listeners = new HashMap<>();
        private final Map<Integer, Long> turns = new HashMap<>(); // when the last message of a node arrives
        private Runnable onCommitted = () -> {};

        Run(SimulatedProcess process) {
            this.process = process;
        }

        /// A message of a node arrives after its earlier ones, unless this node is cut off.
        private void receive(Member member, int sender, String channel, byte[] message) {
            var listener = listeners.get(channel);
            if (listener == null || !member.isBusReachable()) {
                return;
            }
            var earlier = turns.getOrDefault(sender, 0L);
            var at = Math.max(earlier + 1, events.nowNanos() + random.nextLong(LATENCY_MAX_NANOS));
            turns.put(sender, at);
            process.run(BUS, at - events.nowNanos(), () -> listener.accept(message));
        }
    }
}
