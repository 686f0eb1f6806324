package waybill.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import waybill.cli.city.City;
import waybill.cli.city.CityGenerator;
import waybill.cli.osm.OsmCity;
import waybill.cli.traffic.TrafficPlan;

/// The options of the demo's city.
final class CityOptions {

    @Option(
            names = "--drivers",
            paramLabel = "N",
            description = "drivers of the city, 500 at most, 0 for no city (default: ${DEFAULT-VALUE})")
    private int drivers = 40;

    @Option(
            names = "--speed",
            paramLabel = "X",
            description = "how many times faster than in a real city drivers drive and stores prepare, 1 to 60"
                    + " (default: ${DEFAULT-VALUE})")
    private double speed = 4;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the number that the city is made from: another number, another city"
                    + " (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--osm",
            paramLabel = "FILE",
            description = "the densest part of an extract of OpenStreetMap (.osm.pbf) instead of an invented city"
                    + " (default: none)")
    private @Nullable Path osm;

    DemoCity city(Path directory) {
        return DemoCity.of(new TrafficPlan(drivers, speed), seed, this::map, directory);
    }

    private City map() {
        return osm == null ? CityGenerator.city(seed) : OsmCity.read(osm);
    }
}
