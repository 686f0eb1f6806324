package waybill.server.dialect.read;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// Parses the times that clients send, with one format for sockets, REST and `/caps`: ISO 8601 with or without a
/// zone (without one it is UTC), with any number of digits of a second, with `T` or a space between date and time;
/// or the seconds or milliseconds since 1970, as a number or as its digits. Fractions of a millisecond are cut off.
///
/// Hand-written, because positions arrive at ten thousand a second and most have a time.
public final class Timestamps {

    /// The expected format of a time, for an error.
    public static final String EXPECTED = "a time such as 2026-01-31T12:00:00.000Z";

    /// How much later than its arrival something may have happened.
    public static final Duration AHEAD_MAX = Duration.ofMinutes(1);

    /// How long before its arrival an event may have happened. An older time comes from a wrong clock: no phone is
    /// offline for longer.
    public static final Duration AGE_MAX = Duration.ofDays(365);

    /// No time.
    static final long INVALID = Long.MIN_VALUE;

    /// A smaller number is of seconds: of milliseconds it would be in 1973.
    private static final double MILLIS_MIN = 100_000_000_000.0;

    private static final int YEAR_MIN = 1970;
    private static final int YEAR_MAX = 9999;
    private static final long END_MS = LocalDate.of(YEAR_MAX + 1, 1, 1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .toEpochMilli();

    private static final int TEXT_MAX = 64;
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;

    private final String text;
    private int at;
    private boolean isValid = true;

    private Timestamps(String text) {
        this.text = text;
    }

    /// The time in a text; empty if it is invalid.
    public static Optional<Instant> parse(String text) {
        var millis = millis(text);
        return millis == INVALID ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /// The time of a number; empty if it is invalid.
    public static Optional<Instant> parse(double number) {
        var millis = millis(number);
        return millis == INVALID ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /// Why `occurredAt` is rejected for an event that is reported at `receivedAt`; empty if it is accepted.
    public static Optional<String> implausible(String field, Instant occurredAt, Instant receivedAt) {
        if (!occurredAt.isAfter(receivedAt.plus(AHEAD_MAX)) && !occurredAt.isBefore(receivedAt.minus(AGE_MAX))) {
            return Optional.empty();
        }
        return Optional.of(field + ": " + occurredAt + " (expected: within the last " + AGE_MAX.toDays()
                + " days and not later than now, " + receivedAt + ")");
    }

    /// Milliseconds since 1970, or [#INVALID].
    static long millis(double number) {
        var millis = Math.abs(number) < MILLIS_MIN ? number * 1_000 : number;
        return millis >= 0 && millis < END_MS ? (long) (millis + 0.000_5) : INVALID; // 0.123 s is 122.999… ms
    }

    /// Milliseconds since 1970, or [#INVALID].
    static long millis(String text) {
        if (text.length() > TEXT_MAX) {
            return INVALID;
        }
        var trimmed = text.strip();
        return isNumber(trimmed) ? millis(Double.parseDouble(trimmed)) : new Timestamps(trimmed).dateAndTime();
    }

    /// Digits, with at most one point among them and maybe an exponent behind, as JSON libraries write large numbers.
    private static boolean isNumber(String text) {
        var hasPoint = false;
        var hasExponent = false;
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character == '.' && i > 0 && !hasPoint && !hasExponent) {
                hasPoint = true;
            } else if ((character == 'E' || character == 'e') && i > 0 && !hasExponent) {
                hasExponent = true;
            } else if (!isDigit(character)) {
                return false;
            }
        }
        return !text.isEmpty() && isDigit(text.charAt(text.length() - 1));
    }

    private long dateAndTime() {
        var year = digits(4);
        expect('-');
        var month = digits(2);
        expect('-');
        var day = digits(2);
        if (!skip('T') && !skip('t')) {
            expect(' ');
        }
        var hour = digits(2);
        expect(':');
        var minute = digits(2);
        var millis = skip(':') ? digits(2) * 1_000L + fraction() : 0;
        var offset = offsetMs();
        if (!isValid || at != text.length() || hour > 23 || minute > 59 || millis >= MINUTE_MS) {
            return INVALID;
        }
        var days = day(year, month, day);
        var whole = days + hour * HOUR_MS + minute * MINUTE_MS + millis - offset;
        return days == INVALID || whole < 0 || whole >= END_MS ? INVALID : whole;
    }

    private static long day(int year, int month, int day) {
        if (year < YEAR_MIN - 1 || month < 1 || month > 12 || day < 1) {
            return INVALID;
        }
        var first = LocalDate.of(year, month, 1);
        return day > first.lengthOfMonth() ? INVALID : (first.toEpochDay() + day - 1L) * DAY_MS;
    }

    /// Milliseconds out of the digits behind the point.
    private long fraction() {
        if (!skip('.') && !skip(',')) {
            return 0;
        }
        var millis = 0L;
        var weight = 100;
        var from = at;
        for (; at < text.length() && isDigit(text.charAt(at)); at++) {
            millis += (long) weight * (text.charAt(at) - '0');
            weight /= 10;
        }
        isValid &= at > from;
        return millis;
    }

    /// How much the zone is ahead of UTC; the name of a zone in brackets behind an offset adds nothing to it.
    private long offsetMs() {
        skip(' ');
        if (at == text.length()) {
            return 0;
        }
        var sign = 0;
        if (skip('Z') || skip('z')) {
            sign = 0;
        } else if (skip('+')) {
            sign = 1;
        } else {
            expect('-');
            sign = -1;
        }
        var offset = 0L;
        if (sign != 0) {
            var hours = digits(2);
            var minutes = skip(':') || (at < text.length() && isDigit(text.charAt(at))) ? digits(2) : 0;
            isValid &= hours <= 18 && minutes < 60;
            offset = sign * (hours * 60L + minutes) * MINUTE_MS;
        }
        if (skip('[')) {
            var end = text.indexOf(']', at);
            isValid &= end > at;
            at = end < 0 ? text.length() : end + 1;
        }
        return offset;
    }

    private int digits(int count) {
        var value = 0;
        for (var i = 0; i < count; i++) {
            if (at >= text.length() || !isDigit(text.charAt(at))) {
                isValid = false;
                return 0;
            }
            value = 10 * value + text.charAt(at++) - '0';
        }
        return value;
    }

    private boolean skip(char character) {
        if (at < text.length() && text.charAt(at) == character) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char character) {
        isValid &= skip(character);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
