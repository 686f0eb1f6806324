package waybill.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/// What the Redis adapter knows of the engine, and what knows Redis.
class RedisArchitectureTest {

    @Test
    void theRedisAdapterUsesWhatTheEngineExports() {
        classes()
                .that()
                .resideInAPackage("waybill.socketio.redis..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "waybill.socketio",
                        "waybill.socketio.adapter",
                        "waybill.socketio.redis..",
                        "io.lettuce..",
                        "io.netty.util.concurrent..",
                        "java..",
                        "org.jspecify..",
                        "org.slf4j..")
                .check(ArchitectureTest.CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("waybill.socketio.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.lettuce..")
                .check(ArchitectureTest.CLASSES);
        noClasses()
                .that()
                .resideInAPackage("waybill.socketio..")
                .and()
                .resideOutsideOfPackage("waybill.socketio.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("waybill.socketio.redis..")
                .check(ArchitectureTest.CLASSES);
    }
}
