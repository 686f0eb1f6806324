package waybill.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The drawing in `docs/architecture.md`, as rules. Think before changing one: it is the design.
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("waybill");

    private static final String[] DOMAIN = {
        "waybill.access..",
        "waybill.directory..",
        "waybill.geo..",
        "waybill.mailbox..",
        "waybill.order..",
        "waybill.tracking.."
    };

    @Test
    void theRulesSeeEveryModule() {
        assertThat(List.of("waybill.socketio", "waybill.order", "waybill.mailbox", "waybill.storage", "waybill.server"))
                .allMatch(CLASSES::containPackage);
    }

    @Test
    void theDomainKnowsThePlatformAndItselfAlone() {
        classes()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.concat(Stream.of("java..", "org.jspecify.."), Stream.of(DOMAIN))
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void theDomainTouchesNoFileSocketOrDatabase() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..")
                .check(CLASSES);
    }

    @Test
    void theWireKnowsNothingOfDeliveries() {
        noClasses()
                .that()
                .resideInAPackage("waybill.socketio..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("waybill.order..", "waybill.mailbox..", "waybill.storage..", "waybill.server..")
                .check(CLASSES);
    }

    @Test
    void storageKnowsTheDomainAlone() {
        noClasses()
                .that()
                .resideInAPackage("waybill.storage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("waybill.socketio..", "waybill.server..", "io.netty..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void onlyStorageSpeaksSql() {
        noClasses()
                .that()
                .resideOutsideOfPackage("waybill.storage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb..")
                .check(CLASSES);
    }

    @Test
    void onlyTheHubNamesStorage() {
        noClasses()
                .that()
                .resideInAPackage("waybill.server..")
                .and()
                .doNotHaveSimpleName("Hub")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("waybill.storage..")
                .check(CLASSES);
    }

    @Test
    void dialectsTranslateAndDoNothingElse() {
        noClasses()
                .that()
                .resideInAPackage("waybill.server.dialect..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "waybill.socketio..",
                        "waybill.server.realtime..",
                        "waybill.server.rest..",
                        "io..",
                        "java.net..")
                .check(CLASSES);
    }

    @Test
    void restAndRealtimeDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("waybill.server.rest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("waybill.server.realtime..", "waybill.socketio..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("waybill.server.realtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("waybill.server.rest..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void timeAndChanceComeFromOutside() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callConstructor(Random.class)
                .check(CLASSES);
    }

    @Test
    void noPackagesOfTheHubGoInCircles() {
        slices().matching("waybill.(order|mailbox|storage|server)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        slices().matching("waybill.server.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        var unmarked = CLASSES.getPackage("waybill").getSubpackagesInTree().stream()
                .filter(one -> !one.getClasses().isEmpty())
                .filter(one -> !one.getName().startsWith("waybill.socketio")) // its module is
                .filter(one -> !one.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName);
        assertThat(unmarked).isEmpty();
    }
}
