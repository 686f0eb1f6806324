package waybill.storage;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import waybill.concurrent.Threads;
import waybill.storage.sql.Disk;

/// What a store takes from the machine that it runs on.
///
/// @param nanoTime counts elapsed time, independent of the clock
public record StoreEnvironment(InstantSource clock, LongSupplier nanoTime, Threads threads, Disk disk) {

    /// This machine with another clock.
    public static StoreEnvironment ofMachine(InstantSource clock) {
        return new StoreEnvironment(clock, System::nanoTime, Threads.ofPlatform(), Disk.ofMachine());
    }
}
