package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/// The classes under test as the programs of the tests load them: those that a hub needs at its start are mapped from
/// one file,
/// which takes a third off the CPU time until it listens. Java shares classes of jars only, so folders of classes are
/// packed
/// into jars first. The first test that starts a program makes both; the others, also those of other processes, wait
/// for it.
final class ProgramArchive {

    private static final Path FOLDER = Path.of("target/programs").toAbsolutePath();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final List<String> JVM = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1", // starts fast rather than running fast
            "-XX:+UseSerialGC",
            "-Xlog:cds*=off"); // the JVM's own archive, below this one, is without access to native code
    private static final List<String> COMMAND = make();

    private ProgramArchive() {}

    /// The command that starts the program, without its arguments.
    static List<String> command() {
        return COMMAND;
    }

    private static List<String> make() {
        var classPath = Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
                .map(Path::of)
                .toList();
        try {
            Files.createDirectories(FOLDER);
            try (var channel = FileChannel.open(
                            FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                var archive =
                        FOLDER.resolve(Integer.toHexString(state(classPath).hashCode()));
                var classes = archive.resolve("classes.jsa");
                if (!Files.exists(classes)) {
                    create(archive, classes, classPath);
                }
                return command("-XX:SharedArchiveFile=" + classes, packed(archive, classPath));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    /// The file of classes is the last to come. Archives of earlier builds are deleted.
    private static void create(Path archive, Path classes, List<Path> classPath)
            throws IOException, InterruptedException {
        try (var old = Files.list(FOLDER)) {
            for (var folder : old.filter(Files::isDirectory).toList()) {
                delete(folder);
            }
        }
        var data = Files.createDirectories(archive.resolve("data"));
        for (var path : classPath) {
            if (Files.isDirectory(path)) {
                pack(path, jar(archive, path));
            }
        }
        var written = archive.resolve("classes.part");
        var serve = command("-XX:ArchiveClassesAtExit=" + written, packed(archive, classPath));
        var arguments = List.of("serve", "--port", "0", "--data", data.toString());
        var command = Stream.concat(serve.stream(), arguments.stream()).toList();
        try (var hub = ProgramProcess.start(Map.of("WAYBILL_LOG_EVENTS", "OFF"), Path.of("."), command)) {
            hub.line("http://");
            hub.interrupt();
            assertThat(written).as(() -> String.join("\n", hub.lines())).exists();
        }
        Files.move(written, classes);
    }

    private static List<String> command(String archive, String classPath) {
        var jvm = Stream.concat(Stream.of(JAVA), JVM.stream());
        return Stream.concat(jvm, Stream.of(archive, "-cp", classPath, "waybill.cli.Main"))
                .toList();
    }

    /// Changes with the classes.
    private static String state(List<Path> classPath) throws IOException {
        var state = new StringBuilder(System.getProperty("java.home"));
        for (var path : classPath) {
            state.append('\n').append(path);
            if (Files.isDirectory(path)) {
                try (var files = Files.walk(path)) {
                    var times = files.mapToLong(file -> file.toFile().lastModified())
                            .summaryStatistics();
                    state.append(times.getCount()).append(' ').append(times.getMax());
                }
            }
        }
        return state.toString();
    }

    private static String packed(Path archive, List<Path> classPath) {
        return classPath.stream()
                .filter(Files::exists)
                .map(path -> Files.isDirectory(path) ? jar(archive, path) : path)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jar(Path archive, Path folder) {
        return archive.resolve(Integer.toHexString(folder.hashCode()) + ".jar");
    }

    /// With entries of its folders: Flyway looks for its migrations by their folder.
    private static void pack(Path folder, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(folder)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (var file : files.skip(1).toList()) {
                var name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                if (Files.isDirectory(file)) {
                    out.putNextEntry(new ZipEntry(name + '/'));
                } else {
                    out.putNextEntry(new ZipEntry(name));
                    Files.copy(file, out);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
