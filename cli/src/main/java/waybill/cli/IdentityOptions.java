package waybill.cli;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import waybill.server.identity.ClaimNames;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Trust;
import waybill.server.identity.TrustedProxies;

/// The options of token verification, from the command line or else from the environment.
final class IdentityOptions {

    private static final ClaimNames CLAIMS = ClaimNames.defaults();

    @Mixin
    private SigningOptions signing = new SigningOptions();

    @Option(
            names = "--jwks-url",
            paramLabel = "URL",
            description = "URL of the JWK set of a trusted token provider; an audience is required with it"
                    + " (default: WAYBILL_JWKS_URL)")
    private @Nullable URI jwks;

    @Option(
            names = "--any-audience",
            description = "with --jwks-url, accept tokens for any application of the provider (default: an audience is"
                    + " required)")
    private boolean anyAudience;

    @Option(
            names = "--claim-id",
            paramLabel = "NAME",
            description =
                    "claim of a token that holds the user's id; a path such as user.id, alternatives as in uid|sub"
                            + " (default: ${DEFAULT-VALUE})")
    private String claimId = CLAIMS.id();

    @Option(
            names = "--claim-role",
            paramLabel = "NAME",
            description = "claim of a token that holds the user's role; of a list, the first known one"
                    + " (default: ${DEFAULT-VALUE})")
    private String claimRole = CLAIMS.role();

    @Option(
            names = "--claim-name",
            paramLabel = "NAME",
            description = "claim of a token that holds the user's name (default: ${DEFAULT-VALUE})")
    private String claimName = CLAIMS.name();

    @Option(
            names = "--claim-phone",
            paramLabel = "NAME",
            description = "claim of a token that holds the user's phone number (default: ${DEFAULT-VALUE})")
    private String claimPhone = CLAIMS.phone();

    @Option(
            names = "--claim-store",
            paramLabel = "NAME",
            description = "claim of a token that holds a merchant's store (default: ${DEFAULT-VALUE})")
    private String claimStore = CLAIMS.store();

    @Option(
            names = "--claim-email",
            paramLabel = "NAME",
            description = "claim of a token that holds the user's address for e-mail (default: ${DEFAULT-VALUE})")
    private String claimEmail = CLAIMS.email();

    @Option(
            names = "--claim-locale",
            paramLabel = "NAME",
            description =
                    "claim of a token that holds the language of messages to the user (default: ${DEFAULT-VALUE})")
    private String claimLocale = CLAIMS.locale();

    @Option(
            names = "--caps-open",
            description = "admit clients without a token to /caps and trust their claims (default: they are rejected)")
    private boolean capsOpen;

    @Option(
            names = "--require-exp",
            description = "reject tokens without exp, which never expire (default: they are accepted)")
    private boolean requireExpiry;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "NETWORK",
            description = "address or network, such as 10.0.0.0/8, of a proxy whose X-Forwarded-For is trusted; may be"
                    + " repeated (default: none)")
    private List<String> trustedProxies = List.of();

    @Option(
            names = "--proxy-protocol",
            description = "read the PROXY protocol, version 1 or 2, of connections from trusted proxies (default: off)")
    private boolean proxyProtocol;

    @Option(
            names = "--sign-in-client-id",
            paramLabel = "ID",
            description =
                    "client id of the hub's pages at the OpenID Connect provider that is the issuer, where users sign"
                            + " in (default: they paste a token)")
    private @Nullable String signInClientId;

    boolean hasProxyProtocol() {
        return proxyProtocol;
    }

    IdentityConfig config(Map<String, String> environment) {
        var trust = trust(environment);
        requireAudience(trust, signing.audience(environment));
        var config = IdentityConfig.of(trust)
                .withRequireExpiry(requireExpiry)
                .withProxies(TrustedProxies.of(trustedProxies, proxyProtocol))
                .withClaims(
                        new ClaimNames(claimId, claimRole, claimName, claimPhone, claimStore, claimEmail, claimLocale))
                .withCapsOpen(capsOpen);
        var from = signing.issuer(environment);
        var to = signing.audience(environment);
        config = from.isPresent() ? config.withIssuer(from.get()) : config;
        config = to.isPresent() ? config.withAudience(to.get()) : config;
        return signInClientId != null ? config.withPagesClientId(signInClientId) : config;
    }

    /// A provider signs tokens for other applications, too: those must not be accepted by mistake.
    private void requireAudience(Trust trust, Optional<String> audience) {
        var isProvider = trust instanceof Trust.Jwks;
        if (isProvider && audience.isEmpty() && !anyAudience) {
            throw new IllegalArgumentException("jwks-url: given without an audience (expected: --audience AUD, or"
                    + " WAYBILL_JWT_AUDIENCE, so that tokens for other applications of the provider are rejected;"
                    + " or --any-audience, to accept those too)");
        }
        if (anyAudience && (!isProvider || audience.isPresent())) {
            throw new IllegalArgumentException(
                    "any-audience: given (expected: together with --jwks-url, and without an audience)");
        }
    }

    private Trust trust(Map<String, String> environment) {
        var secret = signing.secret(environment);
        var url = Optional.ofNullable(jwks)
                .or(() -> SigningOptions.optionOrVariable(null, environment, "WAYBILL_JWKS_URL")
                        .map(URI::create));
        if (secret.isPresent() && url.isPresent()) {
            throw new IllegalArgumentException("jwt-secret, jwks-url: both (expected: one of them)");
        }
        return secret.<Trust>map(Trust.SharedSecret::new)
                .or(() -> url.map(Trust.Jwks::new))
                .orElseGet(Trust.Development::new);
    }
}
