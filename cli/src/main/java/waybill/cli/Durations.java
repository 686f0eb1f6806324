package waybill.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/// Durations on the command line: `500ms`, `1.5s`, `2m`.
final class Durations {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)");

    private Durations() {}

    static Duration parse(String text) {
        var match = FORM.matcher(text);
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (!match.matches()) {
            throw new TypeConversionException("'" + text + "' (expected: a duration such as 500ms, 1.5s or 2m)");
        }
        var unitMs = switch (match.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
        return Duration.ofMillis(new BigDecimal(match.group(1))
                .multiply(BigDecimal.valueOf(unitMs))
                .longValue());
    }
}
