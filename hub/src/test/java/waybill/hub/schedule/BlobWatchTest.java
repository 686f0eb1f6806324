package waybill.hub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import waybill.blob.BlobFailure;
import waybill.blob.BlobId;
import waybill.blob.BlobStore;
import waybill.blob.BlobType;

/// When the store of files is checked, and what is said of it.
class BlobWatchTest {

    /// A store that can only be checked.
    private static final class Checked implements BlobStore {

        private int checks;
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
            throw new AssertionError("no file");
        }

        @Override
        public void forEachBefore(Instant time, Consumer<BlobId> consumer) {
            throw new AssertionError("no list");
        }

        @Override
        public void check() {
            checks++;
            if (isFailing) {
                throw new BlobFailure("the service does not answer");
            }
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private final Checked files = new Checked();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private long elapsedMs;
    private final BlobWatch watch = new BlobWatch(files, tasks::add, () -> elapsedMs);

    private void run() {
        watch.runDue();
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void tellsTheProblemUntilItIsGone() {
        run();
        assertThat(watch.problem()).isEmpty();
        files.isFailing = true;
        run();
        assertThat(files.checks).as("not due").isOne();
        elapsedMs += BlobWatch.EVERY.toMillis();
        run();
        assertThat(watch.problem()).contains("the service does not answer");
        files.isFailing = false;
        elapsedMs += BlobWatch.EVERY.toMillis();
        run();
        assertThat(watch.problem()).isEmpty();
    }

    @Test
    void neverChecksTwiceAtATime() {
        watch.runDue();
        elapsedMs += BlobWatch.EVERY.toMillis();
        watch.runDue();
        assertThat(tasks).hasSize(1);
    }
}
