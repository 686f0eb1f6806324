package waybill.cli.city;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.json.JSONArray;
import org.json.JSONObject;

/// Writes a city as the map of the dashboard: a GeoJSON `FeatureCollection` (RFC 7946).
public final class GeoJson {

    /// A place with a name, such as a store.
    public record Place(String name, Point point) {}

    /// A hundred-thousandth of a degree is about a metre; footprints need a tenth of that.
    private static final double DEGREE_PARTS = 1e6;

    private final JSONArray features = new JSONArray();
    private final MapProjection projection;

    private GeoJson(MapProjection projection) {
        this.projection = projection;
    }

    /// The map of a city.
    ///
    /// @param stores that are shown by their names
    public static JSONObject of(City city, List<Place> stores) {
        var json = new GeoJson(city.projection());
        var map = city.map();
        map.areas().forEach(json::addArea);
        map.streams().forEach(stream -> json.add("water", "LineString", json.line(stream)));
        map.roads().forEach(json::addRoad);
        map.labels().forEach(label -> json.addPlace(kind(label.surface()), label.name(), label.point()));
        stores.forEach(store -> json.addPlace("store", store.name, store.point));
        return new JSONObject()
                .put("type", "FeatureCollection")
                .put("name", city.name())
                .putOpt("attribution", map.attribution().orElse(null))
                .put("features", json.features);
    }

    private static String kind(CityMap.Surface surface) {
        return surface.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void addArea(CityMap.Area area) {
        var polygons = new JSONArray();
        area.polygons().forEach(rings -> polygons.put(polygon(rings)));
        var kind = kind(area.surface());
        named(
                polygons.length() == 1
                        ? add(kind, "Polygon", polygons.getJSONArray(0))
                        : add(kind, "MultiPolygon", polygons),
                area.name());
    }

    private void addRoad(CityMap.Road road) {
        var lines = new JSONArray();
        road.lines().forEach(line -> lines.put(line(line)));
        named(
                add("road", "MultiLineString", lines)
                        .put(
                                "class",
                                road.roadClass()
                                        .map(one -> one.name().toLowerCase(Locale.ROOT))
                                        .orElse("path")),
                road.name());
    }

    private void addPlace(String placeClass, String name, Point point) {
        add("place", "Point", coordinates(point)).put("class", placeClass).put("name", name);
    }

    private static void named(JSONObject properties, Optional<String> name) {
        name.ifPresent(text -> properties.put("name", text));
    }

    /// Returns the properties of the new feature.
    private JSONObject add(String kind, String geometry, JSONArray coordinates) {
        var properties = new JSONObject().put("kind", kind);
        features.put(new JSONObject()
                .put("type", "Feature")
                .put("properties", properties)
                .put("geometry", new JSONObject().put("type", geometry).put("coordinates", coordinates)));
        return properties;
    }

    private JSONArray polygon(List<List<Point>> rings) {
        var result = new JSONArray();
        for (var ring : rings) {
            result.put(line(ring).put(coordinates(ring.getFirst())));
        }
        return result;
    }

    private JSONArray line(List<Point> points) {
        var result = new JSONArray();
        points.forEach(point -> result.put(coordinates(point)));
        return result;
    }

    private JSONArray coordinates(Point point) {
        var position = projection.position(point);
        return new JSONArray().put(rounded(position.longitude())).put(rounded(position.latitude()));
    }

    private static double rounded(double degrees) {
        return Math.round(degrees * DEGREE_PARTS) / DEGREE_PARTS;
    }
}
