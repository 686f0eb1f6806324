package waybill.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What holds for every package, whatever its module.
class PackageRulesTest {

    @Test
    void timeAndRandomnessAreArguments() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callConstructor(Random.class)
                .check(ArchitectureTest.CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("waybill.(**)").should().beFreeOfCycles().check(ArchitectureTest.CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        var unmarked = ArchitectureTest.CLASSES.getPackage("waybill").getSubpackagesInTree().stream()
                .filter(one -> !one.getClasses().isEmpty())
                .filter(one -> !one.getName().startsWith("waybill.socketio")) // its module is
                .filter(one -> !one.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName);
        assertThat(unmarked).isEmpty();
    }
}
