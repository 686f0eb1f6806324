package waybill.bench.load;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeyLengthException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;

/// Signs the participants' tokens.
final class TokenSigner {

    private static final Date FAR_AWAY = Date.from(Instant.parse("2100-01-01T00:00:00Z"));

    private final MACSigner signer;

    TokenSigner(String secret) {
        try {
            this.signer = new MACSigner(secret);
        } catch (KeyLengthException tooShort) {
            throw new IllegalArgumentException(
                    "secret: " + secret.length() + " characters (expected: 32 or more)", tooShort);
        }
    }

    /// The auth payload of a user in a role.
    String auth(String user, String role) {
        var claims = new JWTClaimsSet.Builder()
                .subject(user)
                .claim("role", role)
                .expirationTime(FAR_AWAY)
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(signer);
        } catch (JOSEException impossible) {
            throw new IllegalStateException("cannot sign for " + user, impossible);
        }
        return "{\"token\":\"" + token.serialize() + "\"}";
    }
}
