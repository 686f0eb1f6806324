package waybill.bench.arrival;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import waybill.bench.arrival.Trace.Point;
import waybill.geo.Position;

/// Recorded traces: the segments of GPX files, and JSON lists of `{point: "POINT(lng lat)", time}`. Points without a
/// time, or not later than the one before, are left out, and so are segments that are too short.
final class TraceFiles {

    private static final int POINTS_MIN = 10;
    private static final Pattern POINT = Pattern.compile("POINT\\((-?[\\d.]+) (-?[\\d.]+)\\)");
    private static final DateTimeFormatter JSON_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssxx");

    private TraceFiles() {}

    /// The traces of a folder, file by file.
    static List<Trace> read(Path folder) throws IOException {
        var traces = new ArrayList<Trace>();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                if (name.endsWith(".gpx")) {
                    readGpx(file, traces);
                } else if (name.endsWith(".json")) {
                    add(name, readJson(file), traces);
                }
            }
        }
        if (traces.isEmpty()) {
            throw new IOException(folder + " (expected: a folder with recorded traces, .gpx or .json)");
        }
        return List.copyOf(traces);
    }

    private static void add(String name, List<Point> points, List<Trace> traces) {
        if (points.size() >= POINTS_MIN) {
            traces.add(new Trace(name, points));
        }
    }

    private static void addPoint(List<Point> points, Position position, Instant at) {
        if (points.isEmpty() || points.getLast().atMs() < at.toEpochMilli()) {
            points.add(new Point(position, at.toEpochMilli()));
        }
    }

    private static List<Point> readJson(Path file) throws IOException {
        var points = new ArrayList<Point>();
        for (JsonNode one : new ObjectMapper().readTree(file.toFile())) {
            var place = POINT.matcher(one.path("point").asText());
            if (!place.matches()) {
                throw new IOException(file + ": point: " + one.path("point") + " (expected: POINT(lng lat))");
            }
            addPoint(
                    points,
                    new Position(Double.parseDouble(place.group(2)), Double.parseDouble(place.group(1))),
                    OffsetDateTime.parse(one.path("time").asText(), JSON_TIME).toInstant());
        }
        return points;
    }

    private static void readGpx(Path file, List<Trace> traces) throws IOException {
        var parsers = XMLInputFactory.newDefaultFactory();
        parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (var bytes = Files.newInputStream(file)) {
            var xml = parsers.createXMLStreamReader(bytes);
            var points = new ArrayList<Point>();
            @Nullable Position position = null;
            while (xml.hasNext()) {
                var event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "trkseg" -> points = new ArrayList<>();
                        case "trkpt" -> position = position(xml);
                        case "time" -> {
                            var at = time(xml.getElementText());
                            if (position != null && at.isPresent()) {
                                addPoint(points, position, at.get());
                            }
                        }
                        default -> {}
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "trkpt" -> position = null;
                        case "trkseg" -> add(file.getFileName().toString(), points, traces);
                        default -> {}
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Position position(XMLStreamReader xml) {
        return new Position(
                Double.parseDouble(xml.getAttributeValue(null, "lat")),
                Double.parseDouble(xml.getAttributeValue(null, "lon")));
    }

    /// A receiver without a clock writes a time before 1970.
    private static Optional<Instant> time(String text) {
        var at = OffsetDateTime.parse(text).toInstant();
        return at.isBefore(Instant.EPOCH) ? Optional.empty() : Optional.of(at);
    }
}
