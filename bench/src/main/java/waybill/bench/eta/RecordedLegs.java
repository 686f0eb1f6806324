package waybill.bench.eta;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.zip.GZIPInputStream;
import waybill.eta.Leg;
import waybill.geo.Position;

/// The legs of the public data set LaDe (L. Wu et al., "LaDe: The First Comprehensive Last-mile Delivery Dataset from
/// Industry", 2023): from each delivery of a courier to the next of the same day.
final class RecordedLegs {

    private static final String FILE = "jilin.csv.gz";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final String YEAR = "2022-"; // the data set has none
    private static final double SECONDS_PER_MINUTE = 60;
    private static final double MINUTES_MAX = 120; // a longer one had a break in it

    /// @param end when the leg ended
    record RecordedLeg(LocalDateTime end, Leg leg, double minutes) {}

    private record Delivery(LocalDateTime time, Position place) {}

    private record CourierDay(String courier, LocalDate day) {}

    private RecordedLegs() {}

    /// The legs in the order in which they ended.
    static List<RecordedLeg> read(Path data) throws IOException {
        var file = data.resolve(FILE);
        if (!Files.exists(file)) {
            throw new IOException(data + " (expected: a folder with " + FILE + ")");
        }
        var days = new HashMap<CourierDay, List<Delivery>>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            lines.readLine();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var fields = line.split(",", -1);
                var time = LocalDateTime.parse(YEAR + fields[3], TIME);
                var place = new Position(Double.parseDouble(fields[4]), Double.parseDouble(fields[5]));
                days.computeIfAbsent(new CourierDay(fields[0], time.toLocalDate()), _ -> new ArrayList<>())
                        .add(new Delivery(time, place));
            }
        }
        var legs = new ArrayList<RecordedLeg>();
        days.forEach((day, deliveries) -> addLegs(day.courier(), deliveries, legs));
        legs.sort(Comparator.comparing(RecordedLeg::end)
                .thenComparing(leg -> leg.leg().driver())
                .thenComparingDouble(leg -> leg.leg().metres()));
        return legs;
    }

    private static void addLegs(String courier, List<Delivery> deliveries, List<RecordedLeg> legs) {
        deliveries.sort(Comparator.comparing(Delivery::time)
                .thenComparingDouble(delivery -> delivery.place().latitude())
                .thenComparingDouble(delivery -> delivery.place().longitude()));
        for (var i = 1; i < deliveries.size(); i++) {
            var from = deliveries.get(i - 1);
            var to = deliveries.get(i);
            var minutes = Duration.between(from.time(), to.time()).toSeconds() / SECONDS_PER_MINUTE;
            if (minutes <= MINUTES_MAX) {
                var leg = new Leg(
                        courier, from.place().metresTo(to.place()), from.time().getHour());
                legs.add(new RecordedLeg(to.time(), leg, minutes));
            }
        }
    }
}
