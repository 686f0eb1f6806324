package waybill.cli.city;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.json.JSONArray;
import org.json.JSONObject;

/// Writes a city as the map of the dashboard: a GeoJSON `FeatureCollection` (RFC 7946).
///
/// Buildings of one block are one feature, streets of one name and class another.
public final class GeoJson {

    /// A place with a name, such as a store.
    public record Place(String name, Point point) {}

    /// A hundred-thousandth of a degree is about a metre; footprints need a tenth of that.
    private static final double DEGREE_PARTS = 1e6;

    /// The river goes beyond the city at both ends.
    private static final int RIVER_NAMES = 8;

    private final JSONArray features = new JSONArray();

    private GeoJson() {}

    /// The map of a city.
    ///
    /// @param stores that are shown by their names
    public static JSONObject of(City city, List<Place> stores) {
        var map = new GeoJson();
        map.addGround(city);
        map.addRoads(city);
        map.addNames(city);
        stores.forEach(store -> map.addPlace("store", store.name, store.point));
        return new JSONObject()
                .put("type", "FeatureCollection")
                .put("name", city.name())
                .put("features", map.features);
    }

    private void addGround(City city) {
        var terrain = city.terrain();
        var names = city.names();
        add("built-up", "Polygon", polygon(terrain.outline()));
        for (var i = 0; i < terrain.parks().size(); i++) {
            var park = terrain.parks().get(i).outline(0);
            add("park", "Polygon", polygon(park)).put("name", names.parks().get(i));
        }
        var half = terrain.riverWidth() / 2;
        var river = new ArrayList<>(terrain.bank(-half));
        river.addAll(terrain.bank(half).reversed());
        add("water", "Polygon", polygon(river)).put("name", names.river());
        for (var buildings : city.blocks()) {
            var polygons = new JSONArray();
            buildings.forEach(building -> polygons.put(polygon(building)));
            add("building", "MultiPolygon", polygons);
        }
    }

    private void addRoads(City city) {
        var lines = new ArrayList<JSONArray>();
        var classes = new ArrayList<RoadClass>();
        city.streetNames().forEach(_ -> {
            lines.add(new JSONArray());
            classes.add(RoadClass.MINOR);
        });
        for (var edge : city.network().edges()) {
            lines.get(edge.street()).put(line(edge.line()));
            classes.set(edge.street(), edge.roadClass());
        }
        for (var i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                road(classes.get(i).name().toLowerCase(Locale.ROOT), lines.get(i))
                        .put("name", city.streetNames().get(i));
            }
        }
        for (var highway : city.highways()) {
            road("motorway", new JSONArray().put(line(highway)));
        }
        for (var path : city.paths()) {
            road("path", new JSONArray().put(line(path)));
        }
    }

    private void addNames(City city) {
        var parks = city.terrain().parks();
        for (var i = 0; i < parks.size(); i++) {
            addPlace("park", city.names().parks().get(i), parks.get(i).centre());
        }
        var river = city.terrain().river();
        for (var part = 1; part <= RIVER_NAMES; part++) {
            addPlace("water", city.names().river(), river.get(river.size() * part / (RIVER_NAMES + 1)));
        }
    }

    private void addPlace(String placeClass, String name, Point point) {
        add("place", "Point", coordinates(point)).put("class", placeClass).put("name", name);
    }

    private JSONObject road(String roadClass, JSONArray lines) {
        return add("road", "MultiLineString", lines).put("class", roadClass);
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

    private static JSONArray polygon(List<Point> corners) {
        var ring = line(corners);
        ring.put(coordinates(corners.getFirst()));
        return new JSONArray().put(ring);
    }

    private static JSONArray line(List<Point> points) {
        var result = new JSONArray();
        points.forEach(point -> result.put(coordinates(point)));
        return result;
    }

    private static JSONArray coordinates(Point point) {
        var position = MapProjection.position(point);
        return new JSONArray().put(rounded(position.longitude())).put(rounded(position.latitude()));
    }

    private static double rounded(double degrees) {
        return Math.round(degrees * DEGREE_PARTS) / DEGREE_PARTS;
    }
}
