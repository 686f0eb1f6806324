package waybill.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server that accepts connections, and does not answer for a while.
@Timeout(300)
class PausedPostgresTest {

    private static final int PAUSE_S = 7;

    @TempDir
    private Path data = Path.of("");

    @Test
    void aConnectionThatIsOpenedDuringAPauseIsThereWhenThePauseEnds() throws Exception {
        try (var postgres = KillablePostgres.start(data.resolve("postgres"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var database = PostgresDatabase.open(postgres.address());
            postgres.pause();
            var opening = threads.submit(database::openWriter);
            assertThatThrownBy(() -> opening.get(PAUSE_S, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            postgres.resume();
            try (var writer = opening.get();
                    var statement = writer.createStatement()) {
                assertThat(statement.execute("SELECT 1")).isTrue();
            }
        }
    }
}
