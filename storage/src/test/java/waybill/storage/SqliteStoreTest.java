package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.storage.sql.StoreLimits;

class SqliteStoreTest extends AllStoreContracts {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    Store openStore() {
        return Store.open(directory, StoreLimits.defaults(), () -> {});
    }

    @Test
    void aDirectoryIsLockedByOneHub() {
        assertThatThrownBy(() -> Store.open(directory, StoreLimits.defaults(), () -> {}))
                .hasMessageContaining("in use by another hub (expected: a directory of its own)");
    }

    @Test
    void readersFarBehindReadFromDisk() {
        for (var i = 0; i < 10_000; i++) {
            orderFixture().place(ACME, "m" + i);
        }
        orderFixture().place(ACME, "last").join();
        assertThat(eventLog().listAfter(0, 2))
                .extracting(OrderFixture::messageId)
                .containsExactly("m0", "m1");
        assertThat(eventLog().listAfter(10_000, 2))
                .extracting(OrderFixture::messageId)
                .containsExactly("last");
    }
}
