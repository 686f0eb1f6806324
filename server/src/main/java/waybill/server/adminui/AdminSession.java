package waybill.server.adminui;

import org.jspecify.annotations.Nullable;
import waybill.limit.RateLimit;
import waybill.limit.TokenBucket;
import waybill.server.identity.AdmittedWithoutToken;

/// The data of a socket of the Admin UI. Belongs to the socket's event loop, except the final fields.
final class AdminSession implements AdmittedWithoutToken {

    private static final int COMMANDS_PER_SECOND = 20;

    /// The name that the administrator signed in with.
    final String user;

    /// The id of the session that was created for it; none where it came with one.
    final @Nullable String newSessionId;

    final TokenBucket commands = new TokenBucket(RateLimit.perSecond(COMMANDS_PER_SECOND));

    AdminSession(String user, @Nullable String newSessionId) {
        this.user = user;
        this.newSessionId = newSessionId;
    }
}
