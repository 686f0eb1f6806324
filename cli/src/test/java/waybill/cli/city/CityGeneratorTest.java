package waybill.cli.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What holds for each city, whatever its seed.
class CityGeneratorTest {

    static final List<Long> SEEDS = List.of(1L, -3L);

    /// Documented by the authors of the map: with more, a browser is slow.
    private static final int FEATURES_MAX = 5_000;

    private static final int BYTES_MAX = 2_000_000;
    private static final int ROUTES = 60;

    private static final Map<Long, City> CITIES = new ConcurrentHashMap<>();

    private static City city(long seed) {
        return CITIES.computeIfAbsent(seed, CityGenerator::city);
    }

    @Test
    void aSeedGivesTheSameBytes() {
        assertThat(GeoJson.of(CityGenerator.city(1), List.of()).toString())
                .isEqualTo(GeoJson.of(city(1), List.of()).toString())
                .isNotEqualTo(GeoJson.of(city(-3), List.of()).toString());
    }

    @ParameterizedTest
    @FieldSource("SEEDS")
    void eachCrossingIsReachedFromEachOther(long seed) {
        var network = city(seed).network();
        var reached = new HashSet<>(List.of(0));
        var waiting = new ArrayDeque<>(List.of(0));
        while (!waiting.isEmpty()) {
            var here = waiting.removeFirst();
            for (var edge : network.edges()) {
                var next = edge.from() == here ? edge.to() : edge.to() == here ? edge.from() : here;
                if (reached.add(next)) {
                    waiting.add(next);
                }
            }
        }
        assertThat(reached).hasSize(network.crossings().size()).hasSizeGreaterThan(500);
    }

    @ParameterizedTest
    @FieldSource("SEEDS")
    void aRouteLeadsFromOneAddressToTheOtherAlongStreets(long seed) {
        var city = city(seed);
        var routes = city.routes();
        var random = new SplittableRandom(seed);
        for (var i = 0; i < ROUTES; i++) {
            var from = city.addresses().get(random.nextInt(city.addresses().size()));
            var to = city.addresses().get(random.nextInt(city.addresses().size()));
            var route = routes.route(from.stop(), to.stop());
            var apart = routes.place(from.stop()).distanceTo(routes.place(to.stop()));
            assertThat(route.points().getFirst().distanceTo(routes.place(from.stop())))
                    .isZero();
            assertThat(route.points().getLast().distanceTo(routes.place(to.stop())))
                    .isZero();
            assertThat(route.length()).isBetween(apart - 1, 4 * apart + 1_200);
            assertThat(route.duration())
                    .isBetween(
                            route.length() / RoadClass.MOTORWAY.speed() - 1,
                            route.length() / RoadClass.MINOR.speed() + 1);
            assertThat(route.seconds()).isSorted();
        }
    }

    @ParameterizedTest
    @FieldSource("SEEDS")
    void eachAddressIsItsOwnAndBesideItsStreet(long seed) {
        var city = city(seed);
        var routes = city.routes();
        assertThat(city.addresses()).hasSizeGreaterThan(2_000).doesNotHaveDuplicates();
        assertThat(city.addresses().stream().map(Address::text).distinct()).hasSameSizeAs(city.addresses());
        assertThat(city.addresses())
                .allSatisfy(address -> assertThat(address.door().distanceTo(routes.place(address.stop())))
                        .isBetween(1.0, 30.0));
    }

    @ParameterizedTest
    @FieldSource("SEEDS")
    void theStreetsAreAsLongAsTheirLines(long seed) {
        assertThat(city(seed).network().edges()).allSatisfy(edge -> {
            assertThat(edge.length()).isEqualTo(Lines.length(edge.line())).isBetween(1.0, 2_500.0);
            assertThat(edge.line().getFirst())
                    .isEqualTo(city(seed).network().crossings().get(edge.from()));
            assertThat(edge.line().getLast())
                    .isEqualTo(city(seed).network().crossings().get(edge.to()));
        });
    }

    @ParameterizedTest
    @FieldSource("SEEDS")
    void theMapIsSmallEnoughForABrowserAndItsPolygonsAreClosed(long seed) {
        var map = GeoJson.of(city(seed), List.of(new GeoJson.Place("Pizzeria Vela", new Point(0, 0))));
        assertThat(map.toString().getBytes(StandardCharsets.UTF_8).length).isLessThan(BYTES_MAX);
        var features = map.getJSONArray("features");
        assertThat(features.length()).isBetween(200, FEATURES_MAX);
        for (var feature : features) {
            var geometry = ((JSONObject) feature).getJSONObject("geometry");
            var coordinates = geometry.getJSONArray("coordinates");
            switch (geometry.getString("type")) {
                case "Polygon" -> assertPolygon(coordinates);
                case "MultiPolygon" -> coordinates.forEach(polygon -> assertPolygon((JSONArray) polygon));
                case "Point" -> assertPosition(coordinates);
                case "MultiLineString" -> coordinates.forEach(line -> assertLine((JSONArray) line));
                default -> throw new AssertionError(geometry.getString("type"));
            }
        }
    }

    private static void assertPolygon(JSONArray polygon) {
        for (var each : polygon) {
            var ring = (JSONArray) each;
            assertThat(ring.length()).isGreaterThanOrEqualTo(4);
            assertThat(ring.getJSONArray(0).similar(ring.getJSONArray(ring.length() - 1)))
                    .isTrue();
            assertLine(ring);
        }
    }

    private static void assertLine(JSONArray line) {
        assertThat(line.length()).isGreaterThanOrEqualTo(2);
        line.forEach(position -> assertPosition((JSONArray) position));
    }

    private static void assertPosition(JSONArray position) {
        assertThat(position.getDouble(0)).isCloseTo(3.25, within(0.15));
        assertThat(position.getDouble(1)).isCloseTo(55.75, within(0.1));
    }

    @ParameterizedTest
    @FieldSource("SEEDS")
    void eachStreetHasANameOfItsOwn(long seed) {
        var names = city(seed).map().roads().stream()
                .flatMap(road -> road.name().stream())
                .filter(name -> !name.equals("Ring Road"))
                .toList();
        assertThat(names).hasSizeGreaterThan(100).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void namesNeverRunOut() {
        var names = new StreetNames(new SplittableRandom(1));
        var given = new HashSet<String>();
        for (var i = 0; i < 10_000; i++) {
            var name = names.of(i % 2 == 0 ? RoadClass.MINOR : RoadClass.MAJOR);
            assertThat(given.add(Objects.requireNonNull(name))).as(name).isTrue();
        }
    }
}
