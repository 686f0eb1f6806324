package waybill.hub.dispatch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.HubCommands;
import waybill.hub.schedule.Leases;
import waybill.journal.Journal;
import waybill.journal.Read;
import waybill.journal.Transaction;

/// Takes drivers off duty whose shift has ended. The ends are in the store, so they outlive the process; a driver
/// whose shift ends while no hub runs goes off duty when the next one starts. Called by one thread.
public final class ShiftEnds {

    /// Shifts ended in one batch.
    static final int BATCH_MAX = 500;

    /// From the end of one batch to the next. What has been ended is off duty by then, unless the relay is behind.
    private static final Duration EVERY = Duration.ofSeconds(1);

    private static final String TASK = "shift ends";

    private static final Logger LOG = LoggerFactory.getLogger(ShiftEnds.class);

    private final DriversOnDuty driversOnDuty;
    private final Journal journal;
    private final InstantSource clock;
    private final LongSupplier elapsedMs;
    private final Leases leases;
    private volatile long dueMs = Long.MIN_VALUE;

    public ShiftEnds(
            DriversOnDuty driversOnDuty, Journal journal, InstantSource clock, LongSupplier elapsedMs, Leases leases) {
        this.driversOnDuty = driversOnDuty;
        this.journal = leases.fence(TASK, journal);
        this.clock = clock;
        this.elapsedMs = elapsedMs;
        this.leases = leases;
    }

    /// Called often; cheap until something is due. Each node knows the ends; one of them ends the shifts.
    public void runDue() {
        if (elapsedMs.getAsLong() < dueMs || !leases.acquire(TASK)) {
            return;
        }
        var drivers = driversOnDuty.withShiftEnded(clock.millis(), BATCH_MAX);
        if (drivers.isEmpty()) {
            return;
        }
        dueMs = Long.MAX_VALUE; // until the batch is done
        CompletableFuture.allOf(drivers.stream().map(this::end).toArray(CompletableFuture[]::new))
                .whenComplete((_, thrown) -> {
                    if (thrown != null) {
                        LOG.warn("shifts that are over could not be ended; it is retried: {}", thrown.getMessage());
                    }
                    dueMs = elapsedMs.getAsLong() + EVERY.toMillis();
                });
    }

    private CompletableFuture<Long> end(String driver) {
        var now = clock.instant();
        return journal.submit(new Transaction<>(List.of(new Read.OfDriver(driver)), work -> {
            var sequence = HubCommands.endShift(work, driver, now);
            return sequences -> sequences.of(sequence);
        }));
    }
}
