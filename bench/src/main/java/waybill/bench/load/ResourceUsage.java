package waybill.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/// The resources that processes have used up to a moment. Values that the system does not provide are [#UNKNOWN].
///
/// @param busySeconds of all processes and all cores
record ResourceUsage(double serverCpuSeconds, double ownCpuSeconds, double busySeconds, double serverRssKb) {

    static final double UNKNOWN = Double.NaN;

    private static final double TICKS_PER_SECOND = 100; // what Linux shows to programs, whatever its own tick is
    private static final int[] BUSY_COLUMNS = {1, 2, 3, 6, 7};

    static ResourceUsage now(long serverPid) {
        return new ResourceUsage(
                cpuSeconds(serverPid), cpuSeconds(ProcessHandle.current().pid()), busy(), rssKb(serverPid));
    }

    private static double cpuSeconds(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toMillis)
                .map(ms -> ms / 1e3)
                .orElse(UNKNOWN);
    }

    private static double busy() {
        return line(
                Path.of("/proc/stat"),
                "cpu ",
                columns -> Arrays.stream(BUSY_COLUMNS)
                        .mapToDouble(column -> Double.parseDouble(columns[column]) / TICKS_PER_SECOND)
                        .sum());
    }

    private static double rssKb(long pid) {
        return line(
                Path.of("/proc", Long.toString(pid), "status"), "VmRSS:", columns -> Double.parseDouble(columns[1]));
    }

    private static double line(Path file, String start, ToDoubleFunction<String[]> number) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(start))
                    .mapToDouble(line -> number.applyAsDouble(line.split("\\s+")))
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException notLinux) {
            return UNKNOWN;
        }
    }
}
