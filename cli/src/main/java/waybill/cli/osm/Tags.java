package waybill.cli.osm;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.cli.city.CityMap.Surface;
import waybill.cli.city.RoadClass;
import waybill.cli.osm.Feature.Direction;

/// The tags of an element, in the words of the OpenStreetMap wiki.
record Tags(Map<String, String> values) {

    private static final Map<String, RoadClass> STREETS = Map.ofEntries(
            Map.entry("motorway", RoadClass.MOTORWAY),
            Map.entry("motorway_link", RoadClass.MOTORWAY),
            Map.entry("trunk", RoadClass.MOTORWAY),
            Map.entry("trunk_link", RoadClass.MOTORWAY),
            Map.entry("primary", RoadClass.MAJOR),
            Map.entry("primary_link", RoadClass.MAJOR),
            Map.entry("secondary", RoadClass.MAJOR),
            Map.entry("secondary_link", RoadClass.MAJOR),
            Map.entry("tertiary", RoadClass.MAJOR),
            Map.entry("tertiary_link", RoadClass.MAJOR),
            Map.entry("residential", RoadClass.MINOR),
            Map.entry("unclassified", RoadClass.MINOR),
            Map.entry("living_street", RoadClass.MINOR),
            Map.entry("road", RoadClass.MINOR));

    private static final Set<String> PATHS =
            Set.of("service", "pedestrian", "footway", "path", "cycleway", "track", "steps", "bridleway");

    private static final Set<String> CLOSED = Set.of("no", "private");
    private static final Set<String> ONE_WAY = Set.of("yes", "1", "true");
    private static final Set<String> ROUND = Set.of("roundabout", "circular");
    private static final Set<String> STREAMS = Set.of("river", "canal");

    private static final Map<String, Surface> SURFACES = Map.ofEntries(
            Map.entry("natural=water", Surface.WATER),
            Map.entry("waterway=riverbank", Surface.WATER),
            Map.entry("waterway=dock", Surface.WATER),
            Map.entry("landuse=reservoir", Surface.WATER),
            Map.entry("landuse=basin", Surface.WATER),
            Map.entry("leisure=park", Surface.PARK),
            Map.entry("leisure=garden", Surface.PARK),
            Map.entry("leisure=pitch", Surface.PARK),
            Map.entry("leisure=golf_course", Surface.PARK),
            Map.entry("landuse=forest", Surface.PARK),
            Map.entry("landuse=grass", Surface.PARK),
            Map.entry("landuse=meadow", Surface.PARK),
            Map.entry("landuse=cemetery", Surface.PARK),
            Map.entry("landuse=allotments", Surface.PARK),
            Map.entry("natural=wood", Surface.PARK),
            Map.entry("natural=scrub", Surface.PARK),
            Map.entry("natural=grassland", Surface.PARK),
            Map.entry("landuse=residential", Surface.BUILT_UP),
            Map.entry("landuse=commercial", Surface.BUILT_UP),
            Map.entry("landuse=retail", Surface.BUILT_UP),
            Map.entry("landuse=industrial", Surface.BUILT_UP));

    /// The keys of [#SURFACES].
    private static final Set<String> SURFACE_KEYS = Set.of("natural", "waterway", "leisure", "landuse");

    /// Longer names are cut off.
    private static final int NAME_MAX = 80;

    String get(String key) {
        return values.getOrDefault(key, "");
    }

    Optional<String> name() {
        return Optional.of(get("name"))
                .filter(name -> !name.isBlank())
                .map(name -> name.substring(0, Math.min(NAME_MAX, name.length())));
    }

    /// Empty for what the map does not show.
    Optional<Feature> feature() {
        if (values.containsKey("highway")) {
            return road(get("highway"));
        }
        if (STREAMS.contains(get("waterway"))) {
            return has("tunnel") ? Optional.empty() : Optional.of(new Feature.Stream());
        }
        return surface().map(Feature.Ground::new);
    }

    /// Whether the element is a line between land, to its left, and sea.
    boolean isCoastline() {
        return get("natural").equals("coastline");
    }

    /// What the element is the surface of.
    Optional<Surface> surface() {
        return has("building")
                ? Optional.of(Surface.BUILDING)
                : SURFACE_KEYS.stream()
                        .flatMap(key -> Optional.ofNullable(SURFACES.get(key + '=' + get(key))).stream())
                        .min(Surface::compareTo);
    }

    private Optional<Feature> road(String highway) {
        var roadClass = STREETS.get(highway);
        if (roadClass != null && !isClosed()) {
            return Optional.of(new Feature.Street(roadClass, direction(highway), !has("bridge") && !has("tunnel")));
        }
        return (roadClass != null || PATHS.contains(highway)) && !has("tunnel")
                ? Optional.of(new Feature.Path())
                : Optional.empty();
    }

    private boolean isClosed() {
        return CLOSED.contains(values.getOrDefault("motor_vehicle", get("access"))) || has("area");
    }

    private Direction direction(String highway) {
        var oneWay = get("oneway");
        if (oneWay.equals("-1")) {
            return Direction.BACKWARD;
        }
        var isImplied = ROUND.contains(get("junction")) || highway.equals("motorway");
        return ONE_WAY.contains(oneWay) || (isImplied && !oneWay.equals("no")) ? Direction.FORWARD : Direction.BOTH;
    }

    /// Whether a key has a value other than `no`.
    private boolean has(String key) {
        return values.containsKey(key) && !get(key).equals("no");
    }
}
