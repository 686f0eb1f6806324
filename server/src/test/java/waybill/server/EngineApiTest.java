package waybill.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the other modules see of the engine.
class EngineApiTest {

    private static final Path MODULES = Path.of("..");
    private static final String[] ENGINE_EXPORTS = {"waybill.socketio", "waybill.socketio.adapter"};

    /// The exported package of a module of its own, whose rules are in [RedisArchitectureTest].
    private static final String REDIS = "waybill.socketio.redis";

    private static final Pattern EXPORT = Pattern.compile("exports ([\\w.]+);");
    private static final Pattern ENGINE_IMPORT =
            Pattern.compile("(?m)^import (?:static )?(waybill\\.socketio(?:\\.[a-z]\\w*)*)\\.[A-Z*]");

    @Test
    void theEngineExportsItsApiAndItsExtensionPointsAlone() throws IOException {
        var descriptor = Files.readString(MODULES.resolve("socketio/src/main/java/module-info.java"));
        assertThat(EXPORT.matcher(descriptor).results().map(export -> export.group(1)))
                .containsExactlyInAnyOrder(ENGINE_EXPORTS);
    }

    /// The other modules are on the class path, where the compiler does not check what the engine exports.
    @Test
    void theHubUsesWhatTheEngineExports() {
        noClasses()
                .that()
                .resideOutsideOfPackages("waybill.socketio..", "waybill.bench.jmh..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("waybill.socketio..")
                        .and(not(resideInAnyPackage(ENGINE_EXPORTS)))
                        .and(not(resideInAnyPackage(REDIS))))
                .check(ArchitectureTest.CLASSES);
    }

    /// The same for the sources of all modules, tests included. The benchmarks of parts of the engine are an exception.
    @Test
    void noSourceOfAnotherModuleNamesTheInsideOfTheEngine() throws IOException {
        try (var sources = Files.find(MODULES, 20, (path, _) -> path.toString().endsWith(".java"))) {
            var names = sources.map(path -> MODULES.relativize(path).toString())
                    .filter(path -> path.matches("\\w[^/]*/src/.*"))
                    .filter(path -> !path.startsWith("socketio/") && !path.contains("/java/waybill/socketio/"))
                    .filter(path -> !path.startsWith("bench/src/main/java/waybill/bench/jmh/"))
                    .flatMap(EngineApiTest::engineImports)
                    .filter(line -> Stream.of(ENGINE_EXPORTS).noneMatch(line::endsWith) && !line.endsWith(REDIS));
            assertThat(names).isEmpty();
        }
    }

    /// The packages of the engine that a source imports from, each behind the path of the source.
    private static Stream<String> engineImports(String source) {
        try {
            return ENGINE_IMPORT
                    .matcher(Files.readString(MODULES.resolve(source)))
                    .results()
                    .map(found -> source + " imports from " + found.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
