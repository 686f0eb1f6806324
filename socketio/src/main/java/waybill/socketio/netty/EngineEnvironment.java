package waybill.socketio.netty;

import io.netty.util.concurrent.Ticker;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Where a server takes its time and its randomness from.
///
/// @param nanoTime counts the time of limits and of sessions that may be recovered; timers of connections run by the
///     tickers of their event loops
/// @param random the randomness of ids and of times to retry
public record EngineEnvironment(LongSupplier nanoTime, SecureRandom random) {

    static EngineEnvironment ofMachine() {
        return new EngineEnvironment(System::nanoTime, new SecureRandom());
    }

    /// The same time for parts that take a ticker.
    public Ticker ticker() {
        return new Ticker() {
            @Override
            public long initialNanoTime() {
                return 0;
            }

            @Override
            public long nanoTime() {
                return nanoTime.getAsLong();
            }

            @Override
            public void sleep(long delay, TimeUnit unit) {
                throw new UnsupportedOperationException("only reads the time");
            }
        };
    }
}
