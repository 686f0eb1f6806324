package waybill.server.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.storage.simulated.CommitOutcome;
import waybill.storage.simulated.SimulatedDisk;

/// One simulation: a hub and its clients, whose network, disk and process fail for a while, and which must then come
/// to rest with nothing lost, repeated or told to the wrong client. All of it follows from the seed.
public final class Simulation {

    private static final long QUIET_MS = 2_000; // until all clients are connected
    private static final long FAULTS_MS = 12_000;
    private static final long DRIVING_MS = 8_000; // until drivers have arrived
    private static final long REST_MAX_MS = 120_000;
    private static final long REST_MS = 10_000; // so that what a connection held up has arrived
    private static final long ACT_MAX_NANOS = 300_000_000;

    private final Path directory;
    private final EventQueue events = new EventQueue();
    private final SplittableRandom random;
    private final CommittedLog log = new CommittedLog();
    private final Checks checks = new Checks(log);
    private final SimulatedNetwork network;
    private final World world;
    private final SplittableRandom faults;
    private final SimulatedDisk disk;
    private final RestClient rest;
    private final OrderWorkload orders;
    private final ParcelWorkload parcels;
    private final BackendWorkload backend;
    private final WebhookReceiver webhooks;
    private final SimulatedNotifications notifications;
    private final List<SocketClient> clients = new ArrayList<>();
    private Path data;
    private @Nullable SimulatedProcess process;
    private boolean isFaulty;
    private long fullUntilMs;
    private long lastFailedCommitNanos = Long.MIN_VALUE;
    private int runs;
    private int kills;

    private Simulation(long seed, Path directory) {
        this.directory = directory;
        random = new SplittableRandom(seed);
        network = new SimulatedNetwork(events, random.split());
        world = new World(events, network, checks);
        faults = random.split();
        disk = new SimulatedDisk(this::commitOutcome, this::die);
        rest = new RestClient(world, random.split());
        orders = new OrderWorkload(world, log, rest, random.split(), clients::add);
        parcels = new ParcelWorkload(world, log, random.split(), clients::add);
        backend = new BackendWorkload(world, log, rest, random.split());
        webhooks = new WebhookReceiver(world, log, rest, random.split());
        notifications = new SimulatedNotifications(world, log, rest, random.split(), () -> lastFailedCommitNanos);
        data = directory.resolve("data-0");
    }

    /// Runs the simulation of a seed, with its files in an empty directory.
    public static SimulationResult run(long seed, Path directory) {
        var simulation = new Simulation(seed, directory);
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
                simulation.events.trace(),
                simulation.events.steps(),
                simulation.log.size(),
                simulation.checks.acknowledged(),
                simulation.checks.received(),
                simulation.kills,
                simulation.log.arrivals(),
                simulation.log.offerCounts(),
                simulation.notifications.counts(),
                simulation.webhooks.attempts(),
                violation);
    }

    private void run() {
        start();
        clients.forEach(SocketClient::start);
        webhooks.subscribe();
        notifications.registerDevices();
        stepUntil(QUIET_MS);
        setFaulty(true);
        notifications.setFaulty(true);
        act();
        orders.movement().start();
        planDeath();
        stepUntil(QUIET_MS + FAULTS_MS);
        setFaulty(false);
        stepUntil(QUIET_MS + FAULTS_MS + DRIVING_MS);
        orders.movement().stop();
        notifications.setFaulty(false); // later than the disk, so that it is known what the hub has stored
        rest();
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
    }

    private void start() {
        runs++;
        var started = new SimulatedProcess(events, random.split());
        process = started;
        try {
            var hub = HubNode.start(data, started, random.split(), disk, webhooks, notifications);
            world.setHub(hub);
            log.verify(hub.eventLog());
        } catch (IllegalStateException e) {
            if (!isFaulty) {
                throw new InvariantViolation("the hub does not start on a disk that works: " + e);
            }
            started.kill();
            restartLater();
        }
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
        var hub = world.hubOrNone();
        if (hub != null && !hub.isAlive()) {
            kills++;
            world.setHub(null);
            network.resetAll();
            restartLater();
            hub.release();
        } else if (hub != null) {
            log.read(hub.eventLog());
            events.record(log.size());
        }
        return true;
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

    private void planDeath() {
        events.after(TimeUnit.MILLISECONDS.toNanos(faults.nextInt(10_000)), "death", () -> {
            if (isFaulty) {
                die();
                planDeath();
            }
        });
    }

    private CommitOutcome commitOutcome() {
        var outcome = drawCommitOutcome();
        if (outcome != CommitOutcome.COMMITTED) {
            lastFailedCommitNanos = events.nowNanos();
        }
        return outcome;
    }

    private CommitOutcome drawCommitOutcome() {
        if (!isFaulty) {
            return CommitOutcome.COMMITTED;
        }
        if (events.nowMs() < fullUntilMs) {
            return CommitOutcome.FULL;
        }
        return switch (faults.nextInt(200)) {
            case 0, 1 -> CommitOutcome.FAILED;
            case 2, 3 -> CommitOutcome.UNREPORTED;
            case 4 -> CommitOutcome.KILLED_BEFORE;
            case 5 -> CommitOutcome.KILLED_AFTER;
            case 6 -> {
                fullUntilMs = events.nowMs() + faults.nextInt(3_000);
                yield CommitOutcome.FULL;
            }
            default -> CommitOutcome.COMMITTED;
        };
    }

    private void die() {
        var running = process;
        if (running != null) {
            running.kill();
        }
    }

    /// Starts the hub again on what the dead one has left on the disk.
    private void restartLater() {
        var next = directory.resolve("data-" + runs);
        disk.restart(data, next, faults.nextBoolean());
        data = next;
        events.after(TimeUnit.MILLISECONDS.toNanos(100 + faults.nextInt(2_000)), "start", this::start);
    }

    /// Lets everything come to rest.
    private void rest() {
        var deadline = events.nowMs() + REST_MAX_MS;
        var quietSinceMs = events.nowMs();
        while (events.nowMs() - quietSinceMs < REST_MS) {
            var committed = log.size();
            step();
            var isIdle = world.hubOrNone() != null
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
                        + ", requests over REST answered: " + rest.isIdle() + ", webhooks arrived: "
                        + webhooks.isIdle() + ", messages sent: " + notifications.isIdle());
            }
        }
    }

    private void end() {
        var hub = world.hubOrNone();
        if (hub != null) {
            hub.kill();
            disk.closeAll();
            hub.release();
        }
    }
}
