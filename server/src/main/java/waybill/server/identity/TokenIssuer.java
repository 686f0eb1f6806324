package waybill.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;

/// Issues tokens that are signed with a secret, for development and for tests. Thread-safe.
public final class TokenIssuer {

    private final Secret secret;
    private final Optional<String> issuer;
    private final Optional<String> audience;
    private final InstantSource clock;

    public TokenIssuer(Secret secret, InstantSource clock) {
        this(secret, Optional.empty(), Optional.empty(), clock);
    }

    /// @param issuer the `iss` of the tokens, if any
    /// @param audience the `aud` of the tokens, if any
    public TokenIssuer(Secret secret, Optional<String> issuer, Optional<String> audience, InstantSource clock) {
        this.secret = secret;
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    /// A token with the claims under their usual names.
    public String issue(Grant grant) {
        var now = clock.instant();
        var principal = grant.principal();
        var claims = new JWTClaimsSet.Builder()
                .subject(principal.id())
                .claim("role", principal.role().wireName())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(grant.expiresIn())));
        principal.name().ifPresent(name -> claims.claim("name", name));
        principal.phone().ifPresent(phone -> claims.claim("phone", phone));
        principal.store().ifPresent(store -> claims.claim("store", store));
        principal.email().ifPresent(email -> claims.claim("email", email));
        principal.locale().ifPresent(locale -> claims.claim("locale", locale));
        issuer.ifPresent(claims::issuer);
        audience.ifPresent(claims::audience);
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
        try {
            token.sign(new MACSigner(secret.bytes()));
        } catch (JOSEException e) {
            throw new IllegalStateException("a token could not be signed: " + e.getMessage(), e);
        }
        return token.serialize();
    }
}
