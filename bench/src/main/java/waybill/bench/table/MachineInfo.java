package waybill.bench.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A description of the machine.
public final class MachineInfo {

    private static final long KB_PER_GB = 1024 * 1024;

    private MachineInfo() {}

    public static String describe() {
        return "%s, %d cores%s, %s %s (%s), JDK %s"
                .formatted(
                        value("/proc/cpuinfo", "model name").orElse("processor unknown"),
                        Runtime.getRuntime().availableProcessors(),
                        value("/proc/meminfo", "MemTotal")
                                .map(MachineInfo::memory)
                                .orElse(""),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        Runtime.version());
    }

    private static String memory(String kb) {
        return ", " + Long.parseLong(kb.replace(" kB", "")) / KB_PER_GB + " GB";
    }

    private static Optional<String> value(String file, String key) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }
}
