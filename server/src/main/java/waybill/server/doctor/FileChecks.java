package waybill.server.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import waybill.server.Config;

/// The data directory, the disk, the clock, and what the system allows the process.
final class FileChecks {

    private static final long FREE_MIN = 64L << 20;
    private static final long FREE_WARNING = 1L << 30;
    private static final long OPEN_FILES = 10_000;
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private static final EnumSet<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private FileChecks() {}

    static List<Finding> examine(Config config, InstantSource clock) {
        var findings = new ArrayList<Finding>();
        try {
            findings.add(directory(config.data()));
            if (Files.isDirectory(config.data())) {
                findings.add(modes(config.data()));
                findings.add(clock(config.data(), clock.instant()));
            }
            findings.add(space(existing(config.data())));
        } catch (IOException | UncheckedIOException e) {
            findings.add(Finding.error("data directory", e.getMessage() + "; look at it with ls -la"));
        }
        openFiles().ifPresent(findings::add);
        return findings;
    }

    private static Path existing(Path data) {
        var path = data.toAbsolutePath().normalize();
        while (!Files.exists(path)) {
            path = path.resolve("..").normalize();
        }
        return path;
    }

    private static Finding directory(Path data) {
        var place = existing(data);
        if (!Files.isDirectory(place) || !Files.isWritable(place)) {
            return Finding.error(
                    "data directory",
                    place + " is no directory that this user may write to; name another with --data, or chown it");
        }
        return Finding.ok(
                "data directory",
                Files.exists(data) ? data + " can be written" : data + " is created at the first start");
    }

    private static Finding modes(Path data) throws IOException {
        if (!Files.getFileStore(data).supportsFileAttributeView("posix")) {
            return Finding.ok("files", "the file system has no permissions");
        }
        var open = new ArrayList<Path>();
        try (var files = Files.list(data)) {
            for (var file : files.toList()) {
                var modes = Files.getPosixFilePermissions(file);
                modes.retainAll(OTHERS);
                if (Files.isRegularFile(file) && !modes.isEmpty()) {
                    open.add(file.getFileName());
                }
            }
        }
        var modes = Files.getPosixFilePermissions(data);
        modes.retainAll(OTHERS);
        if (open.isEmpty() || modes.isEmpty()) {
            return Finding.ok("files", "are readable by their owner only");
        }
        return Finding.warning(
                "files", open + " can be read by other users, names and addresses are in them; chmod 700 " + data);
    }

    /// Files that were written in the future mean that the clock was set back, or was wrong before.
    private static Finding clock(Path data, Instant now) throws IOException {
        var newest = now;
        try (var files = Files.list(data)) {
            for (var file : files.toList()) {
                var at = Files.getLastModifiedTime(file).toInstant();
                newest = at.isAfter(newest) ? at : newest;
            }
        }
        return Duration.between(now, newest).compareTo(CLOCK_TOLERANCE) > 0
                ? Finding.error(
                        "clock",
                        "is " + now + ", and the data was written at " + newest + "; synchronize it (timedatectl"
                                + " status) before the hub starts")
                : Finding.ok("clock", "is " + now + ", later than the data");
    }

    private static Finding space(Path directory) throws IOException {
        var free = Files.getFileStore(directory).getUsableSpace();
        var text = (free >> 20) + " MiB are free";
        if (free < FREE_MIN) {
            return Finding.error("disk", text + ", and tracks are not written below 64 MiB; free some");
        }
        return free < FREE_WARNING
                ? Finding.warning("disk", text + "; an order takes some 2 KB, free some or set --order-days")
                : Finding.ok("disk", text);
    }

    private static Optional<Finding> openFiles() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return Optional.empty();
        }
        var max = system.getMaxFileDescriptorCount();
        return Optional.of(
                max < OPEN_FILES
                        ? Finding.warning(
                                "open files",
                                "at most " + max + ", about one for each connection; set LimitNOFILE=200000 in the"
                                        + " systemd unit, or ulimit -n")
                        : Finding.ok("open files", "at most " + max));
    }
}
