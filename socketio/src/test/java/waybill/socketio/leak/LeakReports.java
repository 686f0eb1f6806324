package waybill.socketio.leak;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Keeps what Netty's leak detector logs.
public final class LeakReports extends AppenderBase<ILoggingEvent> {

    private static final ConcurrentLinkedQueue<String> REPORTS = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
        var message = event.getFormattedMessage();
        if (message.startsWith("LEAK:")) {
            REPORTS.add(message);
        }
    }

    /// What has leaked since it was last asked. Collects garbage first, for only then does a leak show, and allocates a
    /// little, for only then is it reported.
    @SuppressWarnings("SystemGc")
    static List<String> drain() {
        System.gc();
        for (int i = 0; i < 16; i++) {
            PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        var reports = new ArrayList<String>();
        for (var report = REPORTS.poll(); report != null; report = REPORTS.poll()) {
            reports.add(report);
        }
        return reports;
    }
}
