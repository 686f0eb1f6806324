package waybill.server.outbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The header `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date in one of its three forms.
final class RetryAfter {

    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH);

    /// A year of two digits is at most 50 years ahead.
    private static final int YEARS_BACK = 49;

    private RetryAfter() {}

    /// How long to wait, not less than nothing; empty without the header, or when it means nothing.
    static Optional<Duration> parse(@Nullable String headerOrNone, Instant now) {
        var text = headerOrNone == null ? "" : headerOrNone.strip();
        return text.matches("\\d{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : date(text, now).map(until -> until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
    }

    private static Optional<Instant> date(String text, Instant now) {
        for (var form : List.of(DateTimeFormatter.RFC_1123_DATE_TIME, rfc850(now), ASCTIME)) {
            try {
                return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException _) {
                // not of this form
            }
        }
        return Optional.empty();
    }

    private static DateTimeFormatter rfc850(Instant now) {
        var firstYear = now.atOffset(ZoneOffset.UTC).getYear() - YEARS_BACK;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, firstYear)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }
}
