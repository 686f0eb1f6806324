package waybill.hub.eta;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/// Whether a provider may be asked now: not while it is down, and not more than so many times at once. While it is down
/// one request after each pause tries whether it is back. Thread-safe.
final class ProviderHealth {

    private final RoutingLimits limits;
    private final Semaphore permits;

    // guarded by this
    private int failures;
    private long pauseMs;
    private long askAgainAtMs = Long.MIN_VALUE;
    private volatile boolean isDown;

    ProviderHealth(RoutingLimits limits) {
        this.limits = limits;
        permits = new Semaphore(limits.requestsMax());
    }

    /// Takes a permit for one request, which [#succeeded], [#failed] or [#cancel] returns.
    boolean tryBegin(long nowMs) {
        if (isDown && !mayTry(nowMs)) {
            return false;
        }
        return permits.tryAcquire();
    }

    /// Only one request tries: the pause begins anew for the others.
    private synchronized boolean mayTry(long nowMs) {
        var isBefore = nowMs < askAgainAtMs
                && nowMs >= askAgainAtMs - limits.pauseMax().toMillis();
        if (isBefore) {
            return false;
        }
        askAgainAtMs = nowMs + pauseMs;
        return true;
    }

    /// The request is not sent.
    void cancel() {
        permits.release();
    }

    /// Whether the provider had been down.
    synchronized boolean succeeded() {
        permits.release();
        var wasDown = isDown;
        failures = 0;
        pauseMs = 0;
        isDown = false;
        return wasDown;
    }

    /// Whether the provider is down since this failure.
    synchronized boolean failed(long nowMs) {
        permits.release();
        failures++;
        if (failures < limits.failuresMax()) {
            return false;
        }
        pauseMs = Math.min(
                limits.pauseMax().toMillis(), Math.max(limits.pauseMin().toMillis(), 2 * pauseMs));
        askAgainAtMs = nowMs + pauseMs;
        var wasDown = isDown;
        isDown = true;
        return !wasDown;
    }

    boolean isDown() {
        return isDown;
    }

    synchronized Duration pause() {
        return Duration.ofMillis(pauseMs);
    }
}
