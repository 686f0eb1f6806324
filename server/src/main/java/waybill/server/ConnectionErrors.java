package waybill.server;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.server.metrics.NamedCounters;
import waybill.socketio.ConnectionError;
import waybill.socketio.ConnectionError.Reason;

/// Counts the requests that the engine rejects and the connections that it closes for an error of their clients,
/// and logs some of them: a client must not be able to fill the log. Thread-safe.
final class ConnectionErrors {

    /// Lines in a second. Further errors are counted only.
    static final int LINES_MAX = 10;

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionErrors.class);
    private static final long SECOND_MS = 1_000;

    private final NamedCounters counts = new NamedCounters();
    private final InstantSource clock;
    private long second;
    private int lines;
    private long unlogged;

    ConnectionErrors(InstantSource clock) {
        this.clock = clock;
    }

    NamedCounters counts() {
        return counts;
    }

    void add(ConnectionError error) {
        counts.add(error.reason().wireName());
        if (error.reason() == Reason.SESSION_UNKNOWN) { // every polling client causes one after a restart
            LOG.debug("{} from {}: {}", error.reason().wireName(), error.address(), error.message());
        } else if (mayLog()) {
            LOG.info("connection error {} from {}: {}", error.reason().wireName(), error.address(), error.message());
        }
    }

    private synchronized boolean mayLog() {
        long now = clock.millis() / SECOND_MS;
        if (now != second) {
            if (unlogged > 0) {
                LOG.info("{} more connection errors were counted and not logged", unlogged);
            }
            second = now;
            lines = 0;
            unlogged = 0;
        }
        if (lines >= LINES_MAX) {
            unlogged++;
            return false;
        }
        lines++;
        return true;
    }
}
