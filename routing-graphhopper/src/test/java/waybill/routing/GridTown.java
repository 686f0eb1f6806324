package waybill.routing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import waybill.geo.Position;

/// A drawn town: streets in a grid, with a speed limit of 30 km/h.
final class GridTown {

    static final int BLOCKS = 20;

    static final double KMH = 30;

    private static final Position SOUTH_WEST = new Position(42.5, 1.5);

    /// About 111 m to the north.
    private static final double STEP = 0.001;

    private GridTown() {}

    static Position crossing(int north, int east) {
        return new Position(SOUTH_WEST.latitude() + north * STEP, SOUTH_WEST.longitude() + east * STEP);
    }

    /// Writes the town as an OpenStreetMap file in XML.
    static Path writeTo(Path file) throws IOException {
        var xml = new StringBuilder("<?xml version='1.0'?><osm version='0.6'>");
        for (var north = 0; north <= BLOCKS; north++) {
            for (var east = 0; east <= BLOCKS; east++) {
                var place = crossing(north, east);
                xml.append("<node id='%d' lat='%s' lon='%s' version='1'/>"
                        .formatted(id(north, east), place.latitude(), place.longitude()));
            }
        }
        for (var street = 0; street <= BLOCKS; street++) {
            xml.append("<way id='%d' version='1'>".formatted(street + 1));
            for (var at = 0; at <= BLOCKS; at++) {
                xml.append("<nd ref='%d'/>".formatted(id(street, at)));
            }
            xml.append(tags()).append("<way id='%d' version='1'>".formatted(BLOCKS + street + 2));
            for (var at = 0; at <= BLOCKS; at++) {
                xml.append("<nd ref='%d'/>".formatted(id(at, street)));
            }
            xml.append(tags());
        }
        return Files.writeString(file, xml.append("</osm>"));
    }

    private static String tags() {
        return "<tag k='highway' v='residential'/><tag k='maxspeed' v='%d'/></way>".formatted((int) KMH);
    }

    private static int id(int north, int east) {
        return north * (BLOCKS + 1) + east + 1;
    }
}
