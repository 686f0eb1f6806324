package waybill.server.identity;

import java.net.URI;
import java.util.Set;

/// Whose tokens are believed.
public sealed interface Trust {

    /// Those that the hub has issued itself, with a secret that it has made up. For one machine only.
    record Development() implements Trust {}

    /// Those that are signed with a secret that the hub shares with its issuer.
    record SharedSecret(Secret secret) implements Trust {}

    /// Those of a provider that publishes its keys as a JWK set, as every OpenID Connect provider does.
    record Jwks(URI jwks) implements Trust {

        private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

        public Jwks {
            var host = jwks.getHost();
            if (host == null
                    || !(isSafe(jwks.getScheme()) || ("http".equals(jwks.getScheme()) && isPrivateHost(host)))) {
                throw new IllegalArgumentException("jwks-url: " + jwks
                        + " (expected: https://…, or http://… to this machine or to a name without a dot)");
            }
        }

        private static boolean isSafe(String scheme) {
            return "https".equals(scheme);
        }

        /// Keys that come in the clear could be anybody's, so they must come from near: a name without a dot means
        /// something in a private network alone.
        private static boolean isPrivateHost(String host) {
            return THIS_MACHINE.contains(host) || !(host.contains(".") || host.contains(":"));
        }
    }
}
