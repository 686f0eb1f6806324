package waybill.server.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The map behind the drivers: a GeoJSON `FeatureCollection` that the pages draw with styles of their own.
///
/// Each feature has a `kind`: `built-up`, `water`, `park`, `building`, `road` or `place`. A road has a `class`:
/// `motorway`, `major`, `minor` or `path`, and so has a place: `store`, `park` or `water`. A `name` is drawn beside a
/// road and at a place. A feature of another kind is not drawn.
public final class Basemap {

    /// Bytes of a file: all of it is in memory, in the hub and in each browser.
    static final long BYTES_MAX = 32 << 20;

    private final WebFile file;

    private Basemap(byte[] geoJson) {
        file = WebFile.of("basemap.json", geoJson);
    }

    /// Reads a file; throws an `IllegalArgumentException` for one that cannot be read, or is too large.
    public static Basemap read(Path path) {
        try {
            if (!Files.isReadable(path) || Files.size(path) > BYTES_MAX) {
                throw new IllegalArgumentException(
                        "basemap: " + path + " (expected: a GeoJSON file of at most " + BYTES_MAX + " bytes)");
            }
            return new Basemap(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException("basemap: " + path, e);
        }
    }

    WebFile file() {
        return file;
    }
}
