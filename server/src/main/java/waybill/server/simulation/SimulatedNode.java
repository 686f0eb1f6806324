package waybill.server.simulation;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.storage.simulated.CommitOutcome;
import waybill.storage.simulated.SimulatedDisk;

/// A machine with a data directory, and the processes of the hub that run on it one after another.
final class SimulatedNode {

    private final Path directory;
    private final World world;
    private final CommittedLog log;
    private final SplittableRandom random;
    private final SplittableRandom faults;
    private final HubNode.Services services;
    private final Optional<SimulatedCluster.Member> member;
    private final SimulatedDisk disk;
    private Path data;
    private @Nullable SimulatedProcess process;
    private @Nullable HubNode hubOrNone;
    private boolean isFaulty;
    private boolean isCommitted;
    private long fullUntilMs;
    private long lastFaultNanos = Long.MIN_VALUE;
    private int runs;
    private int kills;

    /// @param services the servers of others
    /// @param member its place among several nodes; none if it is the only one
    SimulatedNode(
            Path directory,
            World world,
            CommittedLog log,
            SplittableRandom random,
            SplittableRandom faults,
            HubNode.Services services,
            Optional<SimulatedCluster.Member> member) {
        this.directory = directory;
        this.world = world;
        this.log = log;
        this.random = random;
        this.faults = faults;
        this.services = services;
        this.member = member;
        disk = new SimulatedDisk(this::commitOutcome, this::die);
        data = directory.resolve("data-0");
    }

    void setFaulty(boolean value) {
        isFaulty = value;
    }

    int kills() {
        return kills;
    }

    @Nullable
    HubNode hubOrNone() {
        return hubOrNone;
    }

    /// When a commit failed last, or until when the node is cut off or paused.
    long lastFaultNanos() {
        return lastFaultNanos;
    }

    /// Whether it has committed since the last call.
    boolean takeCommitted() {
        var value = isCommitted;
        isCommitted = false;
        return value;
    }

    void start() {
        runs++;
        var started = new SimulatedProcess(world.events(), random.split());
        process = started;
        try {
            var hub = HubNode.start(data, started, random.split(), disk, services, member);
            hubOrNone = hub;
            world.add(hub);
            log.verify(hub.eventLog());
        } catch (IllegalStateException e) {
            if (!isFaulty) {
                throw new InvariantViolation("the hub does not start on a disk that works: " + e);
            }
            started.kill();
            restartLater();
        }
    }

    void die() {
        var running = process;
        if (running != null) {
            running.kill();
        }
    }

    /// Freezes the process, as SIGSTOP does.
    void pause(long nanos) {
        var running = process;
        if (running != null) {
            onFault(nanos);
            running.pauseUntil(world.events().nowNanos() + nanos);
        }
    }

    /// Cuts the node off from the database.
    void onFault(long nanos) {
        lastFaultNanos = Math.max(lastFaultNanos, world.events().nowNanos() + nanos);
    }

    /// Buries a process that has died, and starts another on what it has left on the disk.
    void runDue() {
        var hub = hubOrNone;
        if (hub != null && !hub.isAlive()) {
            kills++;
            hubOrNone = null;
            world.remove(hub);
            world.network().resetAll(hub);
            restartLater();
            hub.release();
        }
    }

    private void restartLater() {
        var next = directory.resolve("data-" + runs);
        disk.restart(data, next, faults.nextBoolean());
        data = next;
        world.events().after(TimeUnit.MILLISECONDS.toNanos(100 + faults.nextInt(2_000)), "start", this::start);
    }

    private CommitOutcome commitOutcome() {
        var outcome = drawCommitOutcome();
        if (outcome != CommitOutcome.COMMITTED) {
            onFault(0);
        }
        isCommitted = true;
        member.ifPresent(SimulatedCluster.Member::onCommitting);
        return outcome;
    }

    private CommitOutcome drawCommitOutcome() {
        if (!isFaulty) {
            return CommitOutcome.COMMITTED;
        }
        if (world.events().nowMs() < fullUntilMs) {
            return CommitOutcome.FULL;
        }
        return switch (faults.nextInt(200)) {
            case 0, 1 -> CommitOutcome.FAILED;
            case 2, 3 -> CommitOutcome.UNREPORTED;
            case 4 -> CommitOutcome.KILLED_BEFORE;
            case 5 -> CommitOutcome.KILLED_AFTER;
            case 6 -> {
                fullUntilMs = world.events().nowMs() + faults.nextInt(3_000);
                yield CommitOutcome.FULL;
            }
            default -> CommitOutcome.COMMITTED;
        };
    }

    void end() {
        var hub = hubOrNone;
        if (hub != null) {
            hub.kill();
            disk.closeAll();
            hub.release();
        }
    }
}
