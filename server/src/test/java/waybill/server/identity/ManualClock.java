package waybill.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until a test moves it.
final class ManualClock implements InstantSource {

    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

    void advance(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Override
    public Instant instant() {
        return now.get();
    }
}
