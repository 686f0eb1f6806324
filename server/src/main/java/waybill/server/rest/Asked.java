package waybill.server.rest;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import waybill.mailbox.Topic;
import waybill.server.dialect.CapsDialect;

/// What a request asks for, read from its query and checked.
final class Asked {

    /// Rows in one answer; the next ones are behind its cursor.
    static final int LIMIT_MAX = 1_000;

    private static final int LIMIT_DEFAULT = 100;

    private Asked() {}

    static Optional<String> text(RoutingContext ctx, String name) {
        return Optional.ofNullable(ctx.request().getParam(name)).filter(text -> !text.isEmpty());
    }

    static int limit(RoutingContext ctx) {
        return text(ctx, "limit")
                .map(text -> (int) number("limit", text, 1, LIMIT_MAX))
                .orElse(LIMIT_DEFAULT);
    }

    /// The event id behind which to go on.
    static long cursor(RoutingContext ctx) {
        return text(ctx, "cursor")
                .map(text -> number("cursor", text, 0, Long.MAX_VALUE))
                .orElse(0L);
    }

    static Optional<Topic> topic(RoutingContext ctx, String name) {
        return text(ctx, name)
                .map(word ->
                        CapsDialect.topic(word).orElseThrow(() -> Problem.invalid(name, unknownEvent(name, word))));
    }

    static String unknownEvent(String name, String word) {
        return name + ": " + shortened(word) + " (expected: pickup, in-transit or delivered)";
    }

    /// A part of the path, which the route has found to be there.
    static String inPath(RoutingContext ctx, String name) {
        return Optional.ofNullable(ctx.pathParam(name))
                .orElseThrow(() -> Problem.invalid(name, name + ": missing (expected: in the path)"));
    }

    /// Where to begin: a time, or the event id of the last one known.
    static Since since(RoutingContext ctx) {
        var text = text(ctx, "since").orElse("0");
        if (text.chars().allMatch(Character::isDigit)) {
            return new Since(number("since", text, 0, Long.MAX_VALUE), Instant.EPOCH);
        }
        try {
            return new Since(0, OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException _) {
            throw Problem.invalid(
                    "since",
                    "since: " + shortened(text) + " (expected: an event id, or a time such as 2026-01-31T12:00:00Z)");
        }
    }

    record Since(long after, Instant time) {}

    private static long number(String name, String text, long min, long max) {
        try {
            var number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            throw Problem.invalid(name, name + ": " + shortened(text) + " (expected: a whole number)");
        }
        throw Problem.invalid(name, name + ": " + text + " (expected: " + min + ".." + max + ")");
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
