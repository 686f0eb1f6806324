package waybill.server.adminui;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;

/// The ids with which administrators that have signed in reconnect without their password. Kept in memory: they end
/// with the hub. A monitor of a few lines.
final class AdminSessions {

    /// Beyond that the oldest ends.
    static final int SESSIONS_MAX = 100;

    static final Duration EXPIRES_AFTER = Duration.ofHours(24);

    private static final int ID_BYTES = 24; // 32 characters of base64

    private final SecureRandom random;
    private final InstantSource clock;
    private final LinkedHashMap<String, Instant> expiries = new LinkedHashMap<>(); // in the order of creation

    AdminSessions(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    /// The id of a new session.
    synchronized String create() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        var id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var now = clock.instant();
        expiries.values().removeIf(now::isAfter);
        if (expiries.size() == SESSIONS_MAX) {
            expiries.pollFirstEntry();
        }
        expiries.put(id, now.plus(EXPIRES_AFTER));
        return id;
    }

    synchronized boolean isValid(String id) {
        var expiry = expiries.get(id);
        return expiry != null && clock.instant().isBefore(expiry);
    }
}
