package waybill.server.rest.tracker;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.hub.position.PositionReport;
import waybill.server.dialect.read.Timestamps;
import waybill.server.rest.contract.SchemaText;
import waybill.server.rest.tracker.TrackerMessage.TrackerElement;

/// The fields of one position, as text. An optional number that is empty, negative or out of its range is unknown:
/// the position counts without it.
///
/// @param names what the app calls them
/// @param text the text of a field; null if it is absent
/// @param speedUnit in metres per second
/// @param hdopUnit the uncertainty in metres that one unit of `hdop` stands for
record TrackerFields(Names names, Function<String, @Nullable String> text, double speedUnit, double hdopUnit) {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,20}(\\.\\d{0,20})?([eE][+-]?\\d{1,3})?");
    private static final double HEADING_MAX = 360;

    /// The names of the fields of an app.
    record Names(String latitude, String longitude, String heading, String timestamp) {}

    /// A field whose value cannot be understood.
    private static final class InvalidField extends Exception {

        private final String field;

        InvalidField(String field, String came, String expected) {
            super(field + ": " + came + " (expected: " + expected + ")", null, false, false);
            this.field = field;
        }

        String message() {
            return String.valueOf(getMessage());
        }
    }

    TrackerElement element() {
        if (find(names.latitude).isEmpty()
                && find(names.longitude).isEmpty()
                && find("location").isEmpty()) {
            return new TrackerElement.Empty();
        }
        try {
            return withTime(position());
        } catch (InvalidField e) {
            return new TrackerElement.Broken(e.field, e.message());
        }
    }

    private TrackerElement withTime(Position position) {
        try {
            var report = report(position, time());
            return isValid()
                    ? new TrackerElement.Believed(report)
                    : new TrackerElement.Doubtful(report, "valid", "valid: false (expected: true, or none)");
        } catch (InvalidField e) {
            return new TrackerElement.Doubtful(report(position, null), e.field, e.message());
        }
    }

    private PositionReport report(Position position, @Nullable Instant at) {
        return new PositionReport(
                null,
                position,
                number(names.heading, HEADING_MAX),
                number("speed", Double.MAX_VALUE) * speedUnit,
                accuracy(),
                at);
    }

    /// Where an app has no accuracy, it sends 0.
    private double accuracy() {
        var metres = number("accuracy", Double.MAX_VALUE);
        if (metres > 0) {
            return metres;
        }
        var dilution = number("hdop", Double.MAX_VALUE);
        return dilution > 0 ? dilution * hdopUnit : PositionReport.UNKNOWN;
    }

    private Position position() throws InvalidField {
        var latitude = find(names.latitude);
        var longitude = find(names.longitude);
        var both = find("location");
        if (latitude.isEmpty() && longitude.isEmpty() && both.isPresent()) {
            var parts = both.get().split(",", -1);
            if (parts.length != 2) {
                throw new InvalidField("location", SchemaText.quoted(both.get()), "two numbers such as 59.91,10.75");
            }
            return new Position(
                    coordinate("location", Optional.of(parts[0]), 90),
                    coordinate("location", Optional.of(parts[1]), 180));
        }
        return new Position(coordinate(names.latitude, latitude, 90), coordinate(names.longitude, longitude, 180));
    }

    private static double coordinate(String name, Optional<String> given, int max) throws InvalidField {
        var sent = given.orElseThrow(() -> new InvalidField(name, "missing", "a number"));
        var number = parse(sent);
        if (Double.isNaN(number)) {
            throw new InvalidField(name, SchemaText.quoted(sent), "a number");
        }
        if (Math.abs(number) > max) {
            throw new InvalidField(name, SchemaText.quoted(sent), -max + ".." + max);
        }
        return number;
    }

    /// Apps that have no time send none, 0 or -1.
    private @Nullable Instant time() throws InvalidField {
        var sent = find(names.timestamp);
        if (sent.isEmpty() || parse(sent.get()) <= 0) {
            return null;
        }
        return Timestamps.parse(sent.get())
                .orElseThrow(() -> new InvalidField(
                        names.timestamp, SchemaText.quoted(sent.get()), "a time such as 2026-01-31T12:00:00Z"));
    }

    private boolean isValid() {
        return find("valid")
                .filter(value -> value.equals("0") || value.equalsIgnoreCase("false"))
                .isEmpty();
    }

    private double number(String name, double max) {
        var number = find(name).map(TrackerFields::parse).orElse(PositionReport.UNKNOWN);
        return number >= 0 && number <= max ? number : PositionReport.UNKNOWN;
    }

    private Optional<String> find(String name) {
        return Optional.ofNullable(text.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /// NaN if it is no number.
    private static double parse(String text) {
        return NUMBER.matcher(text.strip()).matches() ? Double.parseDouble(text.strip()) : Double.NaN;
    }
}
