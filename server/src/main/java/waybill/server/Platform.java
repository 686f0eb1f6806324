package waybill.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import waybill.concurrent.Threads;

/// Time, randomness and threads, which every part of a hub takes from here.
///
/// @param clock the time of day
/// @param nanoTime nanoseconds since some moment, whatever the clock is set to
record Platform(InstantSource clock, LongSupplier nanoTime, SecureRandom random, Threads threads) {

    /// Those of this machine.
    static Platform system() {
        return new Platform(InstantSource.system(), System::nanoTime, new SecureRandom(), Threads.ofPlatform());
    }

    /// Milliseconds since some moment, whatever the clock is set to.
    long elapsedMs() {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong());
    }
}
