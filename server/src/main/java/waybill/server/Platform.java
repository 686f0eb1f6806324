package waybill.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Time and randomness, which every part of a hub takes from here.
///
/// @param clock the time of day
/// @param elapsedMs milliseconds since some moment, whatever the clock is set to
record Platform(InstantSource clock, LongSupplier elapsedMs, SecureRandom random) {

    /// Those of this machine.
    static Platform system() {
        return new Platform(
                InstantSource.system(), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), new SecureRandom());
    }
}
