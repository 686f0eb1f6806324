package waybill.server.live;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A test with a hub of its own for each method, which asks for tokens and has the default limits.
abstract class SecuredHubTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    DialectServerFixture fixture;

    @BeforeEach
    void openHub() {
        fixture = DialectServerFixture.secured(data);
    }

    @AfterEach
    void closeHub() {
        fixture.close();
    }
}
