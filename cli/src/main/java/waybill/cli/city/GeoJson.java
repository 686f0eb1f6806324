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

    /// A hundred-thousandth of a degree is about a metre; footprints need a tenth of that.
    private static final double DEGREE_PARTS = 1e6;

    private final JSONArray features = new JSONArray();

    private GeoJson() {}

    public static JSONObject of(City city) {
        var map = new GeoJson();
        map.addGround(city);
        map.addRoads(city);
        return new JSONObject().put("type", "FeatureCollection").put("name", city.name()).put("features", map.features);
    }

    private void addGround(City city) {
        var terrain = city.terrain();
        var names = city.names();
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
