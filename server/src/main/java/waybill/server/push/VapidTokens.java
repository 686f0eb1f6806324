package waybill.server.push;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;

/// The tokens by which the hub names itself to push services (RFC 8292), one for each service, used again for hours.
/// Guarded by its monitor.
final class VapidTokens {

    /// The standard permits a day; the clocks of services differ.
    static final Duration EXPIRES_IN = Duration.ofHours(12);

    /// A token with less time left is replaced.
    static final Duration REPLACED_BEFORE = Duration.ofHours(1);

    /// Services whose tokens are in memory; the longest known is evicted.
    static final int SERVICES_MAX = 100;

    private final VapidKey key;
    private final URI contact;
    private final InstantSource clock;
    private final LinkedHashMap<String, Token> tokens = new LinkedHashMap<>();

    private record Token(String text, Instant expiresAt) {}

    /// @param contact how the operator of a push service reaches the hub's: `mailto:` or `https:`
    VapidTokens(VapidKey key, URI contact, InstantSource clock) {
        this.key = key;
        this.contact = contact;
        this.clock = clock;
    }

    /// The `Authorization` of a request to that endpoint.
    synchronized String authorization(URI endpoint) {
        var port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
        var origin = endpoint.getScheme() + "://" + endpoint.getHost() + port;
        var now = clock.instant();
        var token = tokens.get(origin);
        if (token == null || token.expiresAt.minus(REPLACED_BEFORE).isBefore(now)) {
            token = new Token(sign(origin, now.plus(EXPIRES_IN)), now.plus(EXPIRES_IN));
            tokens.putLast(origin, token);
            if (tokens.size() > SERVICES_MAX) {
                tokens.pollFirstEntry();
            }
        }
        return "vapid t=" + token.text + ", k=" + key.publicKey();
    }

    private String sign(String origin, Instant expiresAt) {
        var claims = new JWTClaimsSet.Builder()
                .audience(origin)
                .expirationTime(Date.from(expiresAt))
                .subject(contact.toString())
                .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(com.nimbusds.jose.JOSEObjectType.JWT)
                .build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(new ECDSASigner(key.key()));
        } catch (JOSEException e) {
            throw new IllegalStateException("a token for " + origin + " could not be signed: " + e.getMessage(), e);
        }
        return token.serialize();
    }
}
