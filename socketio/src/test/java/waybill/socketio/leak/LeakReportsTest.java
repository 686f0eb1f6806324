package waybill.socketio.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakReportsTest {

    @Test
    void theDetectorLooksAtEveryBuffer() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    }

    @Test
    void aBufferThatIsNotGivenBackIsReported() {
        List<String> reports = new ArrayList<>();
        for (int i = 0; reports.isEmpty() && i < 100; i++) {
            PooledByteBufAllocator.DEFAULT.directBuffer(64);
            reports.addAll(LeakReports.drain());
        }
        assertThat(reports).isNotEmpty().allMatch(report -> report.contains("release() was not called"));
        assertThat(LeakReports.drain()).isEmpty();
    }

    @Test
    void aBufferThatIsGivenBackIsNot() {
        PooledByteBufAllocator.DEFAULT.directBuffer(64).release();
        assertThat(LeakReports.drain()).isEmpty();
    }
}
