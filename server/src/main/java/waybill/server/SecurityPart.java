package waybill.server;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.hub.JournalRevocationLog;
import waybill.server.identity.Revocations;
import waybill.server.identity.SocketAuthenticator;
import waybill.server.identity.TokenVerifier;
import waybill.server.identity.TrustedProxies;

/// Which tokens, origins, host names and proxies are trusted.
///
/// @param hosts the names by which the hub may be called
/// @param isSecured false in development mode, where clients are believed without a token
public record SecurityPart(
        TokenVerifier tokenVerifier,
        SocketAuthenticator authenticator,
        OriginAllowlist origins,
        Predicate<@Nullable String> hosts,
        TrustedProxies proxies,
        boolean isSecured)
        implements AutoCloseable {

    public static SecurityPart start(Config config, Platform platform, StoragePart storage) {
        var store = storage.store();
        var isSecured = !config.identity().isDevelopment();
        var tokenVerifier = TokenVerifier.start(
                config.identity(),
                config.data(),
                new Revocations(new JournalRevocationLog(store.directory(), store.journal())),
                platform.clock(),
                platform.random());
        return new SecurityPart(
                tokenVerifier,
                new SocketAuthenticator(tokenVerifier, platform.clock(), platform.threads()),
                new OriginAllowlist(config.origins()),
                isSecured ? _ -> true : new LocalHostNames(),
                config.identity().proxies(),
                isSecured);
    }

    @Override
    public void close() {
        authenticator.close();
        tokenVerifier.close();
    }
}
