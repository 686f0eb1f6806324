package waybill.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The modules and packages of `docs/architecture.md`, as rules. Think before changing one: it is the design.
class ArchitectureTest {

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("waybill");

    private static final String[] DOMAIN = {
        "waybill.access..",
        "waybill.concurrent..",
        "waybill.arrival..",
        "waybill.blob..",
        "waybill.directory..",
        "waybill.dispatch..",
        "waybill.eta..",
        "waybill.geo..",
        "waybill.journal..",
        "waybill.limit..",
        "waybill.link..",
        "waybill.messaging..",
        "waybill.notification..",
        "waybill.order..",
        "waybill.outbound..",
        "waybill.tracking.."
    };

    private static final String[] SQL = {"java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb.."};

    @Test
    void theRulesCoverEveryModule() {
        assertThat(Stream.concat(
                        Stream.of(DOMAIN).map(name -> name.substring(0, name.length() - "..".length())),
                        Stream.of(
                                "waybill.socketio",
                                "waybill.socketio.redis",
                                "waybill.hub",
                                "waybill.storage",
                                "waybill.bucket",
                                "waybill.stream",
                                "waybill.routing",
                                "waybill.server")))
                .allMatch(CLASSES::containPackage);
    }

    @Test
    void theDomainDependsOnJavaAndItselfAlone() {
        classes()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(and(DOMAIN, "java..", "org.jspecify.."))
                .check(CLASSES);
    }

    /// Streams in memory are permitted: the domain encodes with them what is stored as bytes.
    @Test
    void theDomainUsesNoFileSocketOrDatabase() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..")
                        .and(not(belongToAnyOf(
                                ByteArrayInputStream.class,
                                ByteArrayOutputStream.class,
                                DataInput.class,
                                DataInputStream.class,
                                DataOutput.class,
                                DataOutputStream.class,
                                InputStream.class,
                                IOException.class,
                                StandardCharsets.class,
                                UncheckedIOException.class))))
                .check(CLASSES);
    }

    @Test
    void theEngineDoesNotDependOnDeliveries() {
        noClasses()
                .that()
                .resideInAPackage("waybill.socketio..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(and(DOMAIN, "waybill.hub..", "waybill.storage..", "waybill.server.."))
                .check(CLASSES);
    }

    @Test
    void theProtocolsKnowNoNettyThreadOrClock() {
        noClasses()
                .that()
                .resideInAnyPackage("waybill.socketio.engine..", "waybill.socketio.packet..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "java.net..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(CLASSES);
    }

    @Test
    void theHubDependsOnTheDomainAlone() {
        classes()
                .that()
                .resideInAPackage("waybill.hub..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(and(DOMAIN, "waybill.hub..", "java..", "org.jspecify..", "org.slf4j.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("waybill.hub..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(and(SQL, "java.net..", "java.nio.file..", "java.nio.channels.."))
                .check(CLASSES);
    }

    @Test
    void storageDependsOnTheDomainAlone() {
        noClasses()
                .that()
                .resideInAPackage("waybill.storage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "waybill.socketio..", "waybill.hub..", "waybill.server..", "io.netty..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void theBucketDependsOnTheDomainAndOnTemporaryFilesAlone() {
        classes()
                .that()
                .resideInAPackage("waybill.bucket..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(and(
                        DOMAIN,
                        "waybill.bucket..",
                        "waybill.storage.blob..",
                        "software.amazon.awssdk..",
                        "java..",
                        "org.jspecify..",
                        "org.slf4j.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("waybill.bucket..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(CLASSES);
    }

    @Test
    void theTopicOfPositionsDependsOnTheDomainAlone() {
        classes()
                .that()
                .resideInAPackage("waybill.stream..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(and(
                        DOMAIN,
                        "waybill.stream..",
                        "org.apache.kafka..",
                        "com.fasterxml.jackson.core..",
                        "java..",
                        "org.jspecify.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("waybill.stream..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void routingDependsOnTheDomainAlone() {
        noClasses()
                .that()
                .resideInAPackage("waybill.routing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("waybill.socketio..", "waybill.hub..", "waybill.storage..", "waybill.server..")
                .check(CLASSES);
    }

    @Test
    void onlyStorageUsesSql() {
        noClasses()
                .that()
                .resideOutsideOfPackage("waybill.storage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SQL)
                .check(CLASSES);
    }

    @Test
    void onlyTheWiringNamesStorageAndRouting() {
        noClasses()
                .that()
                .resideInAPackage("waybill.server..")
                .and()
                .doNotHaveSimpleName("WaybillServer")
                .and()
                .doNotHaveSimpleName("Platform")
                .and()
                .haveSimpleNameNotEndingWith("Part")
                .and()
                .resideOutsideOfPackage("waybill.server.simulation..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "waybill.storage..",
                        "waybill.bucket..",
                        "waybill.stream..",
                        "waybill.routing..",
                        "waybill.socketio.redis..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("waybill.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("waybill.storage.sqlite..")
                .check(CLASSES);
    }

    @Test
    void dialectsOnlyParseAndRender() {
        noClasses()
                .that()
                .resideInAPackage("waybill.server.dialect..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "waybill.socketio..",
                        "waybill.server.socket..",
                        "waybill.server.caps..",
                        "waybill.server.live..",
                        "waybill.server.rest..",
                        "io..",
                        "java.net..")
                .check(CLASSES);
    }

    @Test
    void restAndSocketsDoNotDependOnEachOther() {
        noClasses()
                .that()
                .resideInAPackage("waybill.server.rest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "waybill.server.socket..",
                        "waybill.server.caps..",
                        "waybill.server.live..",
                        "waybill.socketio..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("waybill.server.socket..", "waybill.server.caps..", "waybill.server.live..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("waybill.server.rest..", "io.vertx..")
                .check(CLASSES);
    }

    private static String[] and(String[] packages, String... others) {
        return Stream.concat(Stream.of(packages), Stream.of(others)).toArray(String[]::new);
    }
}
