package waybill.cli.osm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import waybill.cli.city.City;
import waybill.cli.city.MapProjection;
import waybill.geo.Position;
import waybill.routing.OsmElement;
import waybill.routing.OsmFile;

/// Reads a real city.
public final class OsmCity {

    /// A larger file takes minutes, and the demo shows one city of it.
    private static final long BYTES_MAX = 256 << 20;

    private static final int ADDRESSES_MIN = 200;

    private OsmCity() {}

    /// The part of a file where most streets meet. Reads it three times: for the streets, for where they meet, and for
    /// that part.
    ///
    /// @throws IllegalArgumentException for a file that cannot be read, is too large, or has no city
    public static City read(Path path) {
        var file = new OsmFile(path);
        checkSize(path);
        var centre = centre(file)
                .orElseThrow(() -> new IllegalArgumentException(
                        "osm: " + path + " has no streets (expected: an extract of a city)"));
        var extract = new Extract(new MapProjection(centre));
        file.read(extract::add);
        var city = extract.city(path.getFileName().toString());
        if (city.addresses().size() < ADDRESSES_MIN) {
            throw new IllegalArgumentException("osm: " + path + " has room for "
                    + city.addresses().size() + " addresses along the named streets at its densest place (expected: "
                    + ADDRESSES_MIN + " or more, an extract of a city)");
        }
        return city;
    }

    private static Optional<Position> centre(OsmFile file) {
        var meetings = new HashSet<Long>();
        file.readWays(element -> {
            if (element instanceof OsmElement.Way way
                    && new Tags(way.tags()).feature().orElse(null) instanceof Feature.Street
                    && !way.nodes().isEmpty()) {
                meetings.add(way.nodes().getFirst());
                meetings.add(way.nodes().getLast());
            }
        });
        var density = new DensityGrid();
        file.readNodes(element -> {
            if (element instanceof OsmElement.Node node && meetings.contains(node.id())) {
                density.add(node.place());
            }
        });
        return density.densest();
    }

    private static void checkSize(Path path) {
        try {
            if (Files.size(path) > BYTES_MAX) {
                throw new IllegalArgumentException("osm: " + path + " has " + (Files.size(path) >> 20)
                        + " MB (expected: at most " + (BYTES_MAX >> 20)
                        + " MB, an extract of a city, as \"osmium extract --bbox\" cuts it out of a country)");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
