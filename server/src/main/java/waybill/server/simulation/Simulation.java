package waybill.server.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// One simulation: a hub and its clients, whose network, disk and process fail for a while, and which must then come
/// to rest with nothing lost, repeated or told to the wrong client. All of it follows from the seed.
public final class Simulation {

    private static final long QUIET_MS = 2_000; // until all clients are connected
    private static final long FAULTS_MS = 12_000;
    private static final long DRIVING_MS = 8_000; // until drivers have arrived
    private static final long REST_MAX_MS = 120_000;
    private static final long REST_MS = 10_000; // so that what a connection held up has arrived
    private static final long ACT_MAX_NANOS = 300_000_000;
    private static final long SETTLED_MS = 15_000;
    private static final long UNDISTURBED_MS = 4_000; // with several nodes
    private static final int PARTITION_EVERY_MAX_MS = 3_000;
    private static final long PARTITION_MIN_MS = 200;
    private static final long PARTITION_MAX_MS = 9_000; // longer than a lease

    private final EventQueue events = new EventQueue();
    private final SplittableRandom random;
    private final CommittedLog log = new CommittedLog();
    private final Checks checks = new Checks(log);
    private final SimulatedNetwork network;
    private final World world;
    private final SplittableRandom faults;
    private final Optional<SimulatedCluster> cluster;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final RestClient rest;
    private final OrderWorkload orders;
    private final ParcelWorkload parcels;
    private final BackendWorkload backend;
    private final WebhookReceiver webhooks;
    private final SimulatedNotifications notifications;
    private final List<SocketClient> clients = new ArrayList<>();
    private boolean isFaulty;

    private Simulation(long seed, int nodeCount, Path directory) {
        random = new SplittableRandom(seed);
        network = new SimulatedNetwork(events, random.split());
        world = new World(events, network, checks);
        faults = random.split();
        rest = new RestClient(world, random.split());
        orders = new OrderWorkload(world, log, rest, random.split(), clients::add);
        parcels = new ParcelWorkload(world, log, random.split(), clients::add);
        backend = new BackendWorkload(world, log, rest, random.split());
        var senders = new SenderChecks(world, this::lastFaultNanos);
        webhooks = new WebhookReceiver(world, log, rest, random.split(), senders);
        notifications = new SimulatedNotifications(world, log, rest, random.split(), this::lastFaultNanos, senders);
        cluster = nodeCount == 1
                ? Optional.empty()
                : Optional.of(new SimulatedCluster(events, random.split(), directory, nodeCount));
        var services = new HubNode.Services(webhooks, notifications);
        for (var i = 0; i < nodeCount; i++) {
            var number = i;
            nodes.add(new SimulatedNode(
                    nodeCount == 1 ? directory : directory.resolve("node-" + number),
                    world,
                    log,
                    random,
                    faults,
                    services,
                    cluster.map(one -> one.member(number))));
        }
    }

    /// Runs the simulation of a seed with a hub of one node, with its files in an empty directory.
    public static SimulationResult run(long seed, Path directory) {
        return run(seed, 1, directory);
    }

    /// The same with several nodes, which share a database and a bus.
    public static SimulationResult run(long seed, int nodes, Path directory) {
        var simulation = new Simulation(seed, nodes, directory);
        String violation = null;
        try {
            simulation.run();
        } catch (InvariantViolation e) {
            violation = "after " + simulation.events.nowMs() + " ms: " + e.getMessage();
        } finally {
            simulation.end();
        }
        return new SimulationResult(
                seed,
                nodes,
                simulation.events.trace(),
                simulation.events.steps(),
                simulation.log.size(),
                simulation.checks.acknowledged(),
                simulation.checks.received(),
                simulation.nodes.stream().mapToInt(SimulatedNode::kills).sum(),
                simulation.log.arrivals(),
                simulation.log.offerCounts(),
                simulation.notifications.counts(),
                simulation.webhooks.attempts(),
                violation);
    }

    private void run() {
        nodes.forEach(SimulatedNode::start);
        clients.forEach(SocketClient::start);
        webhooks.subscribe();
        notifications.registerDevices();
        stepUntil(QUIET_MS);
        setFaulty(true);
        notifications.setFaulty(true);
        act();
        orders.movement().start();
        planDeath();
        cluster.ifPresent(this::planPartition);
        stepUntil(QUIET_MS + FAULTS_MS);
        setFaulty(false);
        cluster.ifPresent(SimulatedCluster::heal);
        stepUntil(QUIET_MS + FAULTS_MS + DRIVING_MS);
        orders.movement().stop();
        notifications.setFaulty(false); // later than the disk, so that it is known what the hub has stored
        rest();
        if (cluster.isPresent()) {
            actUndisturbed();
        }
        parcels.requestQueues();
        rest();
        orders.verifyPlaced();
        parcels.verifyPlaced();
        parcels.verifyQueues();
        webhooks.verify();
        notifications.verify();
        backend.verifyEmitted();
        clients.forEach(new DeliveryChecks(log, checks)::verify);
    }

    private void setFaulty(boolean value) {
        isFaulty = value;
        network.setFaulty(value);
        rest.setFaulty(value);
        webhooks.setFaulty(value);
        nodes.forEach(node -> node.setFaulty(value));
    }

    private void stepUntil(long ms) {
        while (events.nowMs() < ms && step()) {
            // the checks are made with each step
        }
    }

    /// One step, and what must hold after each.
    private boolean step() {
        if (!events.step()) {
            return false;
        }
        nodes.forEach(SimulatedNode::runDue);
        readCommitted();
        return true;
    }

    private void readCommitted() {
        if (cluster.isPresent()) {
            var isCommitted = false;
            for (var node : nodes) {
                isCommitted |= node.takeCommitted();
            }
            if (isCommitted) {
                cluster.get().read(log);
            }
        } else {
            var hub = world.hubOrNone();
            if (hub == null) {
                return;
            }
            log.read(hub.eventLog());
        }
        events.record(log.size());
    }

    private void act() {
        if (events.nowMs() < QUIET_MS + FAULTS_MS) {
            switch (random.nextInt(12)) {
                case 0 -> backend.act();
                case 1, 2, 3 -> parcels.act();
                default -> orders.act();
            }
            events.after(random.nextLong(ACT_MAX_NANOS), "act", this::act);
        }
    }

    /// When each task is with one node, orders go on for a while: what several nodes did for one would show.
    private void actUndisturbed() {
        stepUntil(Math.max(events.nowMs(), TimeUnit.NANOSECONDS.toMillis(lastFaultNanos()) + 1));
        var untilMs = events.nowMs() + UNDISTURBED_MS;
        actUntil(untilMs);
        stepUntil(untilMs);
        rest();
    }

    private void actUntil(long untilMs) {
        if (events.nowMs() < untilMs) {
            orders.act();
            events.after(random.nextLong(ACT_MAX_NANOS), "act", () -> actUntil(untilMs));
        }
    }

    private void planDeath() {
        events.after(TimeUnit.MILLISECONDS.toNanos(faults.nextInt(10_000)), "death", () -> {
            if (isFaulty) {
                anyNode().die();
                planDeath();
            }
        });
    }

    private SimulatedNode anyNode() {
        return nodes.size() > 1 ? nodes.get(faults.nextInt(nodes.size())) : nodes.getFirst();
    }

    /// Several nodes are disturbed until leases, and answers to a node that has lost one, are settled.
    private long lastFaultNanos() {
        var last = nodes.stream().mapToLong(SimulatedNode::lastFaultNanos).max().orElseThrow();
        return cluster.isPresent() && last > 0 ? last + TimeUnit.MILLISECONDS.toNanos(SETTLED_MS) : last;
    }

    /// Cuts nodes off from the database and from each other, and pauses them.
    private void planPartition(SimulatedCluster shared) {
        events.after(TimeUnit.MILLISECONDS.toNanos(faults.nextInt(PARTITION_EVERY_MAX_MS)), "partition", () -> {
            if (isFaulty) {
                cut(shared);
                planPartition(shared);
            }
        });
    }

    private void cut(SimulatedCluster shared) {
        var number = faults.nextInt(nodes.size());
        var nanos = TimeUnit.MILLISECONDS.toNanos(faults.nextLong(PARTITION_MIN_MS, PARTITION_MAX_MS));
        var until = events.nowNanos() + nanos;
        switch (faults.nextInt(8)) {
            case 0, 1 -> nodes.get(number).pause(nanos);
            case 2, 3 -> {
                nodes.get(number).onFault(nanos);
                shared.member(number).cutDatabase(until);
            }
            case 4, 5 -> shared.member(number).cutBus(until);
            case 6 -> shared.cutBus(until);
            default -> {
                nodes.forEach(node -> node.onFault(nanos / 2));
                shared.cutDatabase(events.nowNanos() + nanos / 2);
            }
        }
    }

    /// Lets everything come to rest.
    private void rest() {
        var deadline = events.nowMs() + REST_MAX_MS;
        var quietSinceMs = events.nowMs();
        while (events.nowMs() - quietSinceMs < REST_MS) {
            var committed = log.size();
            step();
            var isIdle = nodes.stream().allMatch(node -> node.hubOrNone() != null)
                    && log.size() == committed // an order that expires is an event that clients await
                    && rest.isIdle()
                    && webhooks.isIdle()
                    && notifications.isIdle()
                    && clients.stream().allMatch(SocketClient::isIdle);
            quietSinceMs = isIdle ? quietSinceMs : events.nowMs();
            if (events.nowMs() > deadline) {
                throw new InvariantViolation("the hub and its clients do not come to rest: "
                        + clients.stream()
                                .filter(client -> !client.isIdle())
                                .map(client -> client.user().toString())
                                .toList()
                        + ", requests over REST answered: " + rest.isIdle() + ", webhooks missing: "
                        + webhooks.describeMissing() + ", messages sent: " + notifications.isIdle());
            }
        }
    }

    private void end() {
        nodes.forEach(SimulatedNode::end);
        cluster.ifPresent(SimulatedCluster::close);
    }
}
