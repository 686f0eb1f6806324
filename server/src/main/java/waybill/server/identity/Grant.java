package waybill.server.identity;

import java.time.Duration;
import waybill.access.Principal;

/// The claims of a token to issue, and its validity.
public record Grant(Principal principal, Duration expiresIn) {

    public static final Duration EXPIRES_IN_DEFAULT = Duration.ofHours(1);
    public static final Duration EXPIRES_IN_MAX = Duration.ofDays(366);

    public Grant {
        if (expiresIn.toSeconds() < 1 || expiresIn.compareTo(EXPIRES_IN_MAX) > 0) {
            throw new IllegalArgumentException("expiresInSeconds: " + expiresIn.toSeconds() + " (expected: 1.."
                    + EXPIRES_IN_MAX.toSeconds() + ")");
        }
    }
}
