package waybill.server.web;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The map behind the drivers: a GeoJSON `FeatureCollection` that the pages draw with styles of their own.
///
/// Each feature has a `kind`: `built-up`, `water`, `park`, `building`, `road` or `place`. A road has a `class`:
/// `motorway`, `major`, `minor` or `path`, and so has a place: `store`, `park` or `water`. A `name` is drawn beside a
/// road and at a place. A feature of another kind is not drawn. The collection's `attribution` is shown on each map.
///
/// Thread-safe.
public final class Basemap {

    /// Bytes of a file: all of it is in memory, in the hub and in each dashboard.
    static final long BYTES_MAX = 32 << 20;

    /// A cut of more than this share of the map is answered with the map.
    private static final int CUT_SHARE = 4;

    private final byte[] geoJson;
    private final MapFeatures features;
    private final WebFile file;

    /// The newest cuts, as many as have the bytes of one map together.
    private final Map<MapBounds, WebFile> cuts = new LinkedHashMap<>();

    private long cutBytes;

    private Basemap(byte[] geoJson, MapFeatures features) {
        this.geoJson = geoJson;
        this.features = features;
        file = WebFile.of("basemap.json", geoJson);
    }

    /// Reads a file; throws an `IllegalArgumentException` for one that cannot be read, is too large, or is no map.
    public static Basemap read(Path path) {
        try {
            if (!Files.isReadable(path) || Files.size(path) > BYTES_MAX) {
                throw new IllegalArgumentException(
                        "basemap: " + path + " (expected: a GeoJSON file of at most " + BYTES_MAX + " bytes)");
            }
            return of(Files.readAllBytes(path), path);
        } catch (IOException e) {
            throw new UncheckedIOException("basemap: " + path, e);
        }
    }

    private static Basemap of(byte[] geoJson, Path path) {
        try {
            return new Basemap(geoJson, MapFeatures.parse(geoJson));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "basemap: " + path + ": " + e.getMessage() + " (expected: a FeatureCollection of GeoJSON)", e);
        }
    }

    WebFile file() {
        return file;
    }

    /// Who has surveyed the map.
    Optional<String> attribution() {
        return features.attribution();
    }

    /// The features that are within bounds in part or entirely, as a map of their own.
    synchronized WebFile cut(MapBounds bounds) {
        var known = cuts.get(bounds);
        if (known != null) {
            return known;
        }
        var bytes = new ByteArrayOutputStream();
        var collection = new JsonObject().put("type", "FeatureCollection");
        attribution().ifPresent(text -> collection.put("attribution", text));
        var head = collection.encode();
        bytes.writeBytes((head.substring(0, head.length() - 1) + ",\"features\":[").getBytes(StandardCharsets.UTF_8));
        var separator = "";
        for (var feature : features.features()) {
            if (feature.bounds().filter(bounds::meets).isPresent()) {
                bytes.writeBytes(separator.getBytes(StandardCharsets.UTF_8));
                bytes.write(geoJson, feature.start(), feature.end() - feature.start());
                separator = ",";
                if (bytes.size() > geoJson.length / CUT_SHARE) {
                    return file;
                }
            }
        }
        bytes.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        var cut = WebFile.of("basemap.json", bytes.toByteArray());
        keep(bounds, cut);
        return cut;
    }

    private void keep(MapBounds bounds, WebFile cut) {
        cuts.put(bounds, cut);
        cutBytes += cut.content().length();
        for (var eldest = cuts.entrySet().iterator(); cutBytes > geoJson.length && eldest.hasNext(); ) {
            cutBytes -= eldest.next().getValue().content().length();
            eldest.remove();
        }
    }
}
