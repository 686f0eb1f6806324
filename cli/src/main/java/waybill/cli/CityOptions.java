package waybill.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
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

    DemoCity city(Path directory) {
        return DemoCity.of(new TrafficPlan(drivers, speed), seed, directory);
    }
}
