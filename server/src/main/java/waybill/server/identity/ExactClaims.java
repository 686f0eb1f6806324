package waybill.server.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jwt.SignedJWT;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The claims of a token, with the digits of their numbers. As floating-point numbers, long ids would become equal.
record ExactClaims(Map<String, Object> values) {

    /// Some 3,000 years from now: a later time is one in milliseconds.
    private static final BigDecimal SECONDS_MAX = new BigDecimal("100000000000");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    static ExactClaims of(SignedJWT token) throws TokenRejected {
        try {
            return new ExactClaims(JSON.readValue(token.getPayload().toString(), OBJECT));
        } catch (JsonProcessingException _) {
            throw new TokenRejected("token: its claims cannot be read (expected: a JSON object)");
        }
    }

    /// A time of RFC 7519, in seconds since 1970.
    Optional<Instant> time(String name) throws TokenRejected {
        var value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        var seconds = switch (value) {
            case BigDecimal number -> number;
            case BigInteger number -> new BigDecimal(number);
            case Number number -> BigDecimal.valueOf(number.longValue());
            default -> throw new TokenRejected(name + ": not a number (expected: seconds since 1970)");
        };
        if (seconds.compareTo(SECONDS_MAX) >= 0 || seconds.signum() < 0) {
            throw new TokenRejected(name + ": " + TokenRejected.excerpt(value.toString())
                    + " (expected: seconds since 1970; milliseconds are a thousand times too many)");
        }
        return Optional.of(Instant.ofEpochMilli(
                seconds.movePointRight(3).setScale(0, RoundingMode.DOWN).longValueExact()));
    }
}
