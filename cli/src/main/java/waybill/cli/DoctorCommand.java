package waybill.cli;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import waybill.server.doctor.DoctorPart;
import waybill.server.doctor.Finding;

/// `waybill doctor`.
@Command(
        name = "doctor",
        description = {
            "Looks at what a hub with these options needs: configuration, ports, files, disk, clock, open files,"
                    + " databases, certificate, Redis. Changes nothing; the hub may be running.",
            "Takes the options and variables of serve. Exits with 1 if there is an error."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private final ServeOptions options;

    private final InstantSource clock;

    DoctorCommand(Environment environment, InstantSource clock) {
        options = new ServeOptions(environment);
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var findings = findings();
        for (var finding : findings) {
            System.out.printf("%-8s %s: %s%n", finding.level(), finding.subject(), finding.text());
        }
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.ERROR) ? 1 : 0;
    }

    private List<Finding> findings() {
        try {
            return DoctorPart.examine(options.config(), clock);
        } catch (IllegalArgumentException e) {
            return List.of(Finding.error("configuration", String.valueOf(e.getMessage())));
        }
    }
}
