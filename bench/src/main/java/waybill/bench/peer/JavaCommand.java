package waybill.bench.peer;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Command lines for further JVMs like this one.
public final class JavaCommand {

    /// The options that Netty needs for its best performance on this JDK.
    private static final List<String> JVM_PERMISSIONS =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private JavaCommand() {}

    /// The collector, the sizes and the rest of what `./waybill` gives this JVM and the hub alike.
    static List<String> ownOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X"))
                .toList();
    }

    /// Runs a class of this project, with warnings as the log level.
    public static List<String> forClass(Class<?> main, List<String> options) {
        var quiet = new ArrayList<>(options);
        quiet.add("-Dlogback.configurationFile=waybill/bench/logback.xml");
        return of(System.getProperty("java.class.path"), main.getName(), quiet);
    }

    static List<String> of(String classPath, String main, List<String> options) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JVM_PERMISSIONS);
        words.addAll(options);
        words.addAll(List.of("-cp", classPath, main));
        return words;
    }
}
