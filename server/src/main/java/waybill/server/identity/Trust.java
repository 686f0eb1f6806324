package waybill.server.identity;

import java.net.URI;
import java.util.Set;

/// The signatures that are trusted.
public sealed interface Trust {

    /// Tokens that the hub has issued itself, with a generated secret. For one machine only.
    record Development() implements Trust {}

    /// Tokens signed with a secret that the hub shares with its issuer.
    record SharedSecret(Secret secret) implements Trust {}

    /// Tokens of a provider that publishes its keys as a JWK set, as every OpenID Connect provider does.
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

        /// Keys over plain HTTP could be replaced on the way, so they must be from nearby: a name without a dot is
        /// resolved in a private network only.
        private static boolean isPrivateHost(String host) {
            return THIS_MACHINE.contains(host) || !(host.contains(".") || host.contains(":"));
        }
    }
}
