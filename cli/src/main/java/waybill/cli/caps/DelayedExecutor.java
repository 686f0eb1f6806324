package waybill.cli.caps;

import java.time.Duration;

/// Timers of an app.
@FunctionalInterface
public interface DelayedExecutor {

    /// Runs `task` on the app's thread once `delay` has passed.
    void schedule(Duration delay, Runnable task);
}
