package waybill.cli.caps;

import java.time.Duration;

/// Time, as an app sees it.
@FunctionalInterface
public interface Later {

    /// Runs `task` on the app's thread once `delay` has passed.
    void after(Duration delay, Runnable task);
}
