package waybill.hub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import waybill.blob.BlobFailure;
import waybill.blob.BlobId;
import waybill.blob.BlobStore;
import waybill.blob.BlobType;

/// Which uploaded files are deleted, and when.
class BlobSweepTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    /// Files of which only their age is known.
    private static final class Ages implements BlobStore {

        private final Map<BlobId, Instant> storedAt = new HashMap<>();
        private boolean isFailing;

        @Override
        public Upload begin(BlobId id, BlobType type, long bytesMax) {
            throw new AssertionError("no upload");
        }

        @Override
        public Optional<InputStream> open(BlobId id) {
            return Optional.empty();
        }

        @Override
        public void delete(BlobId id) {
            storedAt.remove(id);
        }

        @Override
        public void forEachBefore(Instant time, Consumer<BlobId> consumer) {
            if (isFailing) {
                throw new BlobFailure("the service does not answer");
            }
            List.copyOf(storedAt.entrySet()).stream()
                    .filter(file -> file.getValue().isBefore(time))
                    .forEach(file -> consumer.accept(file.getKey()));
        }

        @Override
        public void check() {
            throw new AssertionError("no check");
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private final Ages files = new Ages();
    private final List<BlobId> referenced = new ArrayList<>();
    private long elapsedMs;
    private final BlobSweep sweep =
            new BlobSweep(files, referenced::contains, Runnable::run, () -> NOON, () -> elapsedMs);

    private BlobId store(int number, Duration age) {
        var id = new BlobId(new UUID(0, number));
        files.storedAt.put(id, NOON.minus(age));
        return id;
    }

    @Test
    void deletesOldFilesThatNothingNames() {
        var young = store(1, Duration.ofMinutes(59));
        store(2, Duration.ofMinutes(61));
        var named = store(3, Duration.ofDays(9));
        referenced.add(named);
        sweep.runDue();
        assertThat(files.storedAt).containsOnlyKeys(young, named);
        assertThat(sweep.deleted()).isEqualTo(1);
    }

    @Test
    void runsNowAndThenAndSoonAgainAfterAFailure() {
        files.isFailing = true;
        sweep.runDue();
        files.isFailing = false;
        store(1, Duration.ofDays(1));
        sweep.runDue();
        assertThat(files.storedAt).as("not due").hasSize(1);
        elapsedMs += Duration.ofMinutes(1).toMillis();
        sweep.runDue();
        assertThat(files.storedAt).isEmpty();
        store(2, Duration.ofDays(1));
        elapsedMs += Duration.ofHours(5).toMillis();
        sweep.runDue();
        assertThat(files.storedAt).hasSize(1);
        elapsedMs += Duration.ofHours(1).toMillis();
        sweep.runDue();
        assertThat(files.storedAt).isEmpty();
    }
}
