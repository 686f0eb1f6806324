package waybill.bench.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Optional;

/// Verifies a token and returns its user. Thread-safe.
final class TokenChecker {

    record User(String id, String role) {}

    private final JWSVerifier verifier;
    private final InstantSource clock;

    TokenChecker(String secret, InstantSource clock) throws JOSEException {
        this.verifier = new MACVerifier(secret);
        this.clock = clock;
    }

    /// The user, if the token is valid.
    Optional<User> user(Object token) {
        if (!(token instanceof String text)) {
            return Optional.empty();
        }
        try {
            var jwt = SignedJWT.parse(text);
            var claims = jwt.getJWTClaimsSet();
            var expires = claims.getExpirationTime();
            var role = claims.getStringClaim("role");
            var isGood = jwt.verify(verifier)
                    && expires != null
                    && expires.toInstant().isAfter(clock.instant());
            return isGood && role != null ? Optional.of(new User(claims.getSubject(), role)) : Optional.empty();
        } catch (ParseException | JOSEException _) {
            return Optional.empty();
        }
    }
}
