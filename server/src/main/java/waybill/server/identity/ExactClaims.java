package waybill.server.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The claims of a token, with the digits of their numbers. As floating-point numbers, long ids would become equal.
record ExactClaims(Map<String, Object> values) {

    /// Some 3,000 years from now: a later time is one in milliseconds.
    private static final BigDecimal SECONDS_MAX = new BigDecimal("100000000000");

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(new TypeReference<Map<String, Object>>() {});

    static ExactClaims of(SignedToken token) throws TokenRejected {
        @Nullable Map<String, Object> values;
        try {
            values = JSON.readValue(token.claims());
        } catch (JsonProcessingException _) {
            values = null;
        }
        if (values == null) { // also what `null` is parsed as
            throw new TokenRejected("token: its claims cannot be read (expected: a JSON object)");
        }
        return new ExactClaims(values);
    }

    Optional<String> text(String name) throws TokenRejected {
        return switch (values.get(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw notText(name);
        };
    }

    /// The texts of a claim that may be a list.
    List<String> texts(String name) throws TokenRejected {
        if (!(values.get(name) instanceof List<?> list)) {
            return text(name).stream().toList();
        }
        if (!list.stream().allMatch(String.class::isInstance)) {
            throw notText(name);
        }
        return list.stream().map(String.class::cast).toList();
    }

    private static TokenRejected notText(String name) {
        return new TokenRejected(name + ": not text (expected: text)");
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
