package waybill.cli.osm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.cli.city.Address;
import waybill.cli.city.City;
import waybill.cli.city.CityMap.Area;
import waybill.cli.city.CityMap.Surface;
import waybill.cli.city.Lines;
import waybill.cli.city.RoadClass;
import waybill.geo.Position;

class OsmCityTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void drawATown() throws IOException {
        file = OsmTown.write(directory.resolve("town.osm"));
    }

    @Test
    void aTownHasItsNameAndItsMiddleAndItsAddresses() {
        var city = OsmCity.read(file);
        assertThat(city.name()).isEqualTo("Gridham");
        var middle = city.projection().centre();
        assertThat(middle.latitude()).isCloseTo(OsmTown.SOUTH + OsmTown.BLOCKS / 2000.0, within(0.003));
        assertThat(middle.longitude()).isCloseTo(OsmTown.WEST + OsmTown.BLOCKS / 2000.0, within(0.003));
        assertThat(city.addresses()).hasSizeGreaterThan(1_000);
        assertThat(city.addresses().stream().map(Address::text))
                .doesNotHaveDuplicates()
                .contains("1 3 Row", "2 3 Lane", "7 One Way Avenue");
    }

    @Test
    void driversTakeStreetsAloneAndABridgeHasNoAddresses() {
        var city = OsmCity.read(file);
        assertThat(city.addresses().stream().map(Address::text))
                .noneMatch(text -> text.matches(".*(Closed|Path|Bridge).*"));
        assertThat(roadClass(city, "Closed Street")).isEmpty();
        assertThat(roadClass(city, "High Bridge")).contains(RoadClass.MINOR);
        assertThat(roadClass(city, "One Way Avenue")).contains(RoadClass.MAJOR);
    }

    private static Optional<RoadClass> roadClass(City city, String name) {
        return city.map().roads().stream()
                .filter(road -> road.name().orElse("").equals(name))
                .findFirst()
                .flatMap(road -> road.roadClass());
    }

    @Test
    void aOneWayStreetIsDrivenInItsDirectionAlone() {
        var city = OsmCity.read(file);
        var houses = city.addresses().stream()
                .filter(address -> address.text().endsWith("One Way Avenue"))
                .sorted(Comparator.comparingDouble(address -> address.door().y()))
                .toList();
        var south = houses.get(4);
        var north = houses.get(houses.size() - 4);
        var routes = city.routes();
        var apart = routes.place(south.stop()).distanceTo(routes.place(north.stop()));
        assertThat(routes.route(north.stop(), south.stop()).length()).isCloseTo(apart, within(1.0));
        assertThat(routes.route(south.stop(), north.stop()).length()).isGreaterThan(apart + 100);
        var neighbour = houses.get(5); // on the same edge, against its direction
        assertThat(routes.route(south.stop(), neighbour.stop()).length()).isGreaterThan(200);
    }

    @Test
    void eachAddressIsReachedFromEachOther() {
        var city = OsmCity.read(file);
        var routes = city.routes();
        var random = new SplittableRandom(1);
        for (var i = 0; i < 200; i++) {
            var from = city.addresses().get(random.nextInt(city.addresses().size()));
            var to = city.addresses().get(random.nextInt(city.addresses().size()));
            assertThat(routes.route(from.stop(), to.stop()).duration()).isLessThan(1_200);
        }
    }

    @Test
    void theMapHasSurfacesWithTheirHolesAndRiversAndNamesTheMappers() {
        var map = OsmCity.read(file).map();
        assertThat(map.attribution()).contains("© OpenStreetMap contributors");
        assertThat(map.streams()).hasSize(1);
        assertThat(areas(map.areas(), Surface.BUILDING)).hasSize(1);
        assertThat(areas(map.areas(), Surface.PARK))
                .extracting(Area::name)
                .containsExactly(Optional.of("Central Park"));
        var lake = areas(map.areas(), Surface.WATER).getFirst().polygons();
        assertThat(lake).hasSize(1);
        assertThat(lake.getFirst()).extracting(List::size).containsExactly(4, 4);
        assertThat(map.labels()).extracting(label -> label.name()).contains("Grid River", "Central Park");
    }

    @Test
    void theSeaIsToTheRightOfTheCoastAndHasAnIsland() {
        var city = OsmCity.read(file);
        var sea = areas(city.map().areas(), Surface.WATER).getLast().polygons();
        var east = new Position(OsmTown.SOUTH + OsmTown.BLOCKS / 2000.0, OsmTown.WEST + 0.03);
        var coast = new Position(east.latitude(), OsmTown.WEST + OsmTown.COAST / 1000);
        assertThat(sea).hasSize(1);
        assertThat(sea.getFirst()).hasSize(2);
        assertThat(sea.getFirst().getFirst())
                .as("nothing of the town")
                .allMatch(point -> point.x() > city.projection().point(coast).x() - 1);
        assertThat(Math.abs(Lines.area(sea.getFirst().getFirst())))
                .as("square metres from the coast to the edge of the map")
                .isBetween(15e6, 30e6);
        assertThat(sea.getFirst().getLast()).hasSize(4);
    }

    private static List<Area> areas(List<Area> areas, Surface surface) {
        return areas.stream().filter(area -> area.surface() == surface).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html>Not found</html>                                               | cannot be read
            <?xml version='1.0'?><osm version='0.6'></osm>                       | has no streets
            <?xml version='1.0'?><osm version='0.6'><node id='1' lat='1' lon='2' | cannot be read
            hello                                                                | cannot be read
            """)
    void aFileWithoutACityIsRefused(String content, String reason) throws IOException {
        Files.writeString(file, content);
        assertThatThrownBy(() -> OsmCity.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("osm: " + file + " " + reason)
                .hasMessageContaining("(expected: an extract of ");
    }

    @Test
    void aMissingFileIsRefused() {
        assertThatThrownBy(() -> OsmCity.read(directory.resolve("none.osm.pbf")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("osm: .*none.osm.pbf \\(expected: a file that can be read\\)");
    }

    @Test
    void aVillageIsRefused() throws IOException {
        var town = Files.readString(file).replaceAll("v='\\d+ (Row|Lane)'", "v=''");
        Files.writeString(file, town);
        assertThatThrownBy(() -> OsmCity.read(file))
                .hasMessageMatching(
                        "osm: .* has room for \\d+ addresses .* \\(expected: 200 or more, an extract of a city\\)");
    }

    @Test
    void aCountryIsRefusedAtOnce() throws IOException {
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(3L << 30); // without a block on the disk
        }
        assertThatThrownBy(() -> OsmCity.read(file))
                .hasMessageMatching(
                        "osm: .* has 3072 MB \\(expected: at most 256 MB, .*\"osmium extract --bbox\".*\\)");
    }

    /// `-Dwaybill.osm=andorra.osm.pbf` names an extract of OpenStreetMap that has Andorra in it.
    @Test
    @EnabledIfSystemProperty(
            named = "waybill.osm",
            matches = ".+",
            disabledReason = "no map of Andorra is given by -Dwaybill.osm")
    void theCityOfAndorraIsInItsValley() throws IOException {
        var pbf = Path.of(Objects.requireNonNull(System.getProperty("waybill.osm")));
        var city = OsmCity.read(pbf);
        assertThat(city.name()).isEqualTo("les Escaldes");
        assertThat(city.addresses()).hasSizeGreaterThan(500);
        var cut = Files.write(directory.resolve("cut.osm.pbf"), Files.readAllBytes(pbf))
                .toFile();
        try (var half = new RandomAccessFile(cut, "rw")) {
            half.setLength(half.length() / 2);
        }
        assertThatThrownBy(() -> OsmCity.read(cut.toPath()))
                .hasMessageContaining("cannot be read: Unable to read PBF file");
    }
}
