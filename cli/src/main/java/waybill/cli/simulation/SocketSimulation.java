package waybill.cli.simulation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.json.JSONObject;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.cli.caps.ClientThread;
import waybill.cli.simulation.Observations.Notice;
import waybill.cli.traffic.SocketThreads;

/// One simulation of a hub by real sockets: clients connect while all works, then connections, clocks and the hub fail
/// while orders are placed and delivered, and in the end each client must have received what is for it.
public final class SocketSimulation implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);

    /// Until the hub has saved that its clients have been connected.
    private static final Duration QUIET = Duration.ofSeconds(2);

    /// Without a further event in this time, no more are expected.
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final Duration RECEIVE_WITHIN = Duration.ofSeconds(60);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);
    private static final long LOOK_EVERY_MS = 200;
    private static final long POSITION_EVERY_MS = 1_000;
    private static final long NOTICE_EVERY_MS = 500;
    private static final int CLOCK_OFFSET_MAX_MS = 600_000;
    private static final List<Role> ROLES = List.of(Role.CUSTOMER, Role.MERCHANT, Role.DRIVER, Role.ADMIN);

    private final SimulationPlan plan;
    private final Consumer<String> progress;
    private final SplittableRandom random;
    private final Observations observations = new Observations();
    private final Pauses pauses = new Pauses();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ClientThread timer = new ClientThread("simulation");
    private final SocketThreads socketThreads = new SocketThreads();
    private final Function<Principal, String> tokens;
    private final Map<SimulatedUser, String> tokenByUser = new ConcurrentHashMap<>();
    private final FaultProxy proxy;
    private final HubRest rest;
    private final HubRest direct;
    private final List<RecordedSocket> sockets = new ArrayList<>();
    private final List<SimulatedUser> stores;
    private final List<SimulatedUser> customers;
    private final List<DriverScript> drivers;
    private final SimulatedUser admin;
    private final OrderScript.Context context;
    private volatile long startNanos;

    /// @param tokens issues the token of a user
    /// @param progress is passed a line every few seconds
    public SocketSimulation(
            SimulationPlan plan, Function<Principal, String> tokens, InstantSource clock, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        random = new SplittableRandom(plan.seed());
        proxy = new FaultProxy(plan.hubs(), plan.faults(), random.split());
        this.tokens = tokens;
        rest = new HubRest(List.of(proxy.url()), this::token);
        direct = new HubRest(plan.hubs(), this::token);
        context = new OrderScript.Context(plan, rest, observations, threads, pauses, clock::millis, new AtomicLong());
        admin = user(Role.ADMIN, 0);
        stores = users(Role.MERCHANT, plan.stores());
        customers = users(Role.CUSTOMER, plan.customers());
        var driverUsers = users(Role.DRIVER, plan.drivers());
        stores.forEach(this::socket);
        customers.forEach(this::socket);
        socket(admin);
        drivers = driverUsers.stream()
                .map(driver -> new DriverScript(socket(driver), observations, clock::millis, random.split()))
                .toList();
    }

    private SimulatedUser user(Role role, int index) {
        var offsetMs = plan.has(Fault.SKEW) && random.nextInt(3) == 0
                ? random.nextInt(-CLOCK_OFFSET_MAX_MS, CLOCK_OFFSET_MAX_MS)
                : 0;
        return new SimulatedUser(
                "simulation-" + plan.run() + "-" + role.wireName() + "-" + index,
                role,
                ClientDialect.of(index),
                offsetMs);
    }

    private List<SimulatedUser> users(Role role, int count) {
        return IntStream.range(0, count).mapToObj(index -> user(role, index)).toList();
    }

    private RecordedSocket socket(SimulatedUser user) {
        var socket = new RecordedSocket(
                user, proxy.url(), token(user), random.nextBoolean(), observations, timer, socketThreads);
        sockets.add(socket);
        return socket;
    }

    public SimulationReport run() throws InterruptedException {
        sockets.forEach(RecordedSocket::connect);
        if (!await(CONNECT_WITHIN, () -> sockets.stream().allMatch(RecordedSocket::isConnected))) {
            throw new IllegalArgumentException("url: the clients cannot connect to " + plan.address() + " within "
                    + CONNECT_WITHIN.toSeconds() + " s (expected: a hub that accepts their tokens): "
                    + observations.violations());
        }
        pauses.upTo(QUIET.toMillis());
        startNanos = System.nanoTime();
        proxy.setFaulty(true);
        var work = new ArrayList<Future<?>>();
        work.add(threads.submit(this::emitNotices));
        work.add(threads.submit(this::reportPositions));
        var faults = new ScheduledFaults(plan, proxy, observations, pauses, progress);
        work.add(threads.submit(faults::storms));
        work.add(threads.submit(() -> faults.kills(() -> direct.get(admin, "/orders/active?limit=1"))));
        work.add(threads.submit(this::showProgress));
        placeOrders(work);
        pauses.upTo(TimeUnit.NANOSECONDS.toMillis(Math.max(0, endNanos() - System.nanoTime())));
        proxy.setFaulty(false);
        progress.accept("the faults are over: waiting for what is on its way");
        for (var one : work) {
            await(one);
        }
        verify();
        observations.set("connections cut", proxy.cuts());
        observations.set("connections opened in the busiest second", proxy.openedInASecondMax());
        return new SimulationReport(
                plan, observations.counts(), observations.violations(), observations.violationCount());
    }

    private String token(SimulatedUser user) {
        return tokenByUser.computeIfAbsent(user, one -> tokens.apply(one.principal()));
    }

    private long endNanos() {
        return startNanos + plan.duration().toNanos();
    }

    private boolean lasts() {
        return System.nanoTime() < endNanos();
    }

    private void placeOrders(List<Future<?>> work) throws InterruptedException {
        var paceMs = plan.duration().toMillis() / (plan.orders() + 1);
        for (var i = 0; i < plan.orders(); i++) {
            var script = new OrderScript(
                    context,
                    random.split(),
                    plan.run() + "-" + i,
                    customers.get(i % customers.size()),
                    stores.get(random.nextInt(stores.size())),
                    drivers);
            work.add(threads.submit(() -> {
                script.run();
                return null;
            }));
            pauses.upTo(paceMs);
        }
    }

    /// Emits events of a backend, to all or to a role.
    private Object emitNotices() throws InterruptedException {
        var own = new SplittableRandom(plan.seed() + 1);
        for (var number = 0; lasts() && pauses.upTo(NOTICE_EVERY_MS); number++) {
            Optional<Role> role =
                    own.nextBoolean() ? Optional.empty() : Optional.of(ROLES.get(own.nextInt(ROLES.size())));
            var to = role.map(one -> new JSONObject().put("role", one.wireName()))
                    .orElseGet(() -> new JSONObject().put("all", true));
            var body = new JSONObject()
                    .put("to", to)
                    .put("event", RecordedSocket.NOTICE)
                    .put("data", new JSONObject().put("number", number));
            var reply = context.write(own, admin, "POST", "/emit", body);
            if (reply.isOk()) {
                observations.onNotice(new Notice(reply.body().getLong("eventId"), role));
            } else {
                observations.violation(admin + " emitted " + body + ": " + reply + " (expected: success)");
            }
        }
        return this;
    }

    private Object reportPositions() throws InterruptedException {
        while (lasts() && pauses.upTo(POSITION_EVERY_MS)) {
            drivers.forEach(DriverScript::reportPosition);
        }
        return this;
    }

    private Object showProgress() throws InterruptedException {
        while (lasts() && pauses.upTo(PROGRESS_EVERY.toMillis())) {
            progress.accept(
                    "%d s: %d orders placed, %d delivered, %d events received, %d connections cut, %d violations"
                            .formatted(
                                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos),
                                    observations.counted("orders placed"),
                                    observations.counted("orders delivered"),
                                    observations.counted("events received"),
                                    proxy.cuts(),
                                    observations.violationCount()));
        }
        return this;
    }

    private void await(Future<?> work) throws InterruptedException {
        try {
            work.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case HubRest.NoAnswer noAnswer -> observations.violation(String.valueOf(noAnswer.getMessage()));
                case IllegalArgumentException wrong -> throw wrong;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /// Waits until each client has received what it must, and compares.
    private void verify() throws InterruptedException {
        var expected = new FinalChecks(observations, CommittedOrders.read(direct, admin, stores), sockets);
        var silence = new Silence();
        await(RECEIVE_WITHIN, () -> expected.isAllReceived() || silence.hasLasted());
        var committed = CommittedOrders.read(direct, admin, stores);
        observations.set("orders committed", committed.size());
        new FinalChecks(observations, committed, sockets).verify();
    }

    /// The time since an event was received or a client was disconnected.
    private final class Silence {

        private long received;
        private long sinceNanos = System.nanoTime();

        boolean hasLasted() {
            var now = observations.counted("events received");
            if (now != received || !sockets.stream().allMatch(RecordedSocket::isConnected)) {
                received = now;
                sinceNanos = System.nanoTime();
            }
            return System.nanoTime() - sinceNanos > SILENCE.toNanos();
        }
    }

    private boolean await(Duration within, BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || !pauses.upTo(LOOK_EVERY_MS)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        pauses.close();
        sockets.forEach(RecordedSocket::close);
        rest.close();
        direct.close();
        threads.shutdownNow();
        socketThreads.close();
        timer.close();
        proxy.close();
    }
}
