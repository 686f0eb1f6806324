package waybill.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The public keys of a provider, as it published them at one time. Keys for other algorithms and other uses are
/// skipped, and so are secrets: a published secret proves nothing.
record KeySet(List<Key> keys) {

    /// Keys of a provider that are used; further ones are skipped.
    static final int KEYS_MAX = 32;

    /// Keys that one token is verified with: each costs the verification of a signature.
    static final int CANDIDATES_MAX = 8;

    private static final Logger LOG = LoggerFactory.getLogger(KeySet.class);

    private static final int RSA_BITS_MIN = 2_048;
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    /// One key, and the algorithms that it is valid for.
    record Key(@Nullable String id, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {}

    static KeySet parse(String json) throws ParseException {
        if (!(JSONObjectUtils.parse(json).get("keys") instanceof List<?> entries)) {
            throw new ParseException("keys: missing (expected: a list)", 0);
        }
        var keys = new ArrayList<Key>();
        for (var entry : entries) {
            if (keys.size() < KEYS_MAX) {
                jwk(entry).flatMap(KeySet::key).ifPresent(keys::add);
            }
        }
        return new KeySet(List.copyOf(keys));
    }

    /// An entry that cannot be parsed is skipped without the others.
    private static Optional<JWK> jwk(@Nullable Object entry) {
        try {
            if (entry instanceof Map<?, ?> fields) {
                var named = new HashMap<String, Object>();
                fields.forEach((name, value) -> named.put(String.valueOf(name), value));
                return Optional.of(JWK.parse(named));
            }
            LOG.warn("jwks: an entry is skipped: not a JSON object");
        } catch (ParseException | RuntimeException e) {
            LOG.warn("jwks: an entry is skipped: {}", e.getMessage());
        }
        return Optional.empty();
    }

    /// A token must name an algorithm that a public key can verify.
    static void requireAlgorithm(JWSAlgorithm algorithm) throws TokenRejected {
        if (!ALGORITHMS.contains(algorithm)) {
            throw new TokenRejected(
                    "alg: " + TokenRejected.excerpt(algorithm.getName()) + " (expected: RS256, ES256 or EdDSA)");
        }
    }

    /// The keys that may have signed a token: the one that it names, or if it names none, all of its algorithm.
    List<Key> candidates(SignedToken token) {
        var id = token.header().getKeyID();
        var algorithm = token.header().getAlgorithm();
        return keys.stream()
                .filter(key -> key.algorithms().contains(algorithm))
                .filter(key -> id == null || id.equals(key.id()))
                .limit(CANDIDATES_MAX)
                .toList();
    }

    private static Optional<Key> key(JWK jwk) {
        if (KeyUse.ENCRYPTION.equals(jwk.getKeyUse())) {
            return Optional.empty();
        }
        try {
            return verifier(jwk)
                    .map(verifier -> new Key(jwk.getKeyID(), algorithms(jwk, verifier), verifier))
                    .filter(key -> !key.algorithms().isEmpty());
        } catch (JOSEException | RuntimeException e) {
            LOG.warn("jwks: key {} cannot be used: {}", jwk.getKeyID(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<JWSVerifier> verifier(JWK jwk) throws JOSEException {
        return switch (jwk) {
            case RSAKey rsa when rsa.size() >= RSA_BITS_MIN -> Optional.of(new RSASSAVerifier(rsa.toPublicJWK()));
            case ECKey ec when Curve.P_256.equals(ec.getCurve()) -> Optional.of(new ECDSAVerifier(ec.toPublicJWK()));
            case OctetKeyPair edwards
            when Curve.Ed25519.equals(edwards.getCurve()) -> Optional.of(new EdwardsVerifier(edwards));
            default -> Optional.empty();
        };
    }

    private static Set<JWSAlgorithm> algorithms(JWK jwk, JWSVerifier verifier) {
        return switch (jwk) {
            case RSAKey _ -> declaredOr(jwk, Set.of(JWSAlgorithm.RS256));
            case ECKey _ -> declaredOr(jwk, Set.of(JWSAlgorithm.ES256));
            default -> verifier.supportedJWSAlgorithms();
        };
    }

    /// A key for one algorithm is used for no other.
    private static Set<JWSAlgorithm> declaredOr(JWK jwk, Set<JWSAlgorithm> usual) {
        var declared = jwk.getAlgorithm();
        return declared == null || usual.stream().anyMatch(one -> one.getName().equals(declared.getName()))
                ? usual
                : Set.of();
    }
}
