package waybill.socketio.netty;

import java.util.concurrent.atomic.LongAdder;

/// Counts connections, and while it is switched on also what they receive and send: switched off, a packet costs the
/// read of one field. Thread-safe.
public final class TrafficCounter {

    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder packetsReceived = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder packetsSent = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();
    private volatile boolean isOn;

    TrafficCounter() {}

    /// Counts packets from now on, or no longer.
    public void switchOn(boolean value) {
        isOn = value;
    }

    boolean isOn() {
        return isOn;
    }

    void onOpened() {
        opened.increment();
    }

    void onClosed() {
        closed.increment();
    }

    void onReceived(long bytes) {
        packetsReceived.increment();
        bytesReceived.add(bytes);
    }

    void onSent(int packets, long bytes) {
        packetsSent.add(packets);
        bytesSent.add(bytes);
    }

    public long opened() {
        return opened.sum();
    }

    public long closed() {
        return closed.sum();
    }

    public long packetsReceived() {
        return packetsReceived.sum();
    }

    public long bytesReceived() {
        return bytesReceived.sum();
    }

    public long packetsSent() {
        return packetsSent.sum();
    }

    public long bytesSent() {
        return bytesSent.sum();
    }
}
