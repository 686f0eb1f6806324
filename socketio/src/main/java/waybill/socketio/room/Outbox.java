package waybill.socketio.room;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.FrameKind;

/// What one socket has yet to be sent, in two parts: a bounded queue that keeps every frame, and a map that keeps
/// the newest frame of each key. A watcher on a bad line sees fewer positions of a driver, but never an old one
/// late, and never misses a delivery.
///
/// Reliable frames overtake the latest ones. Belongs to its socket's event loop.
public final class Outbox {

    /// What became of an offered frame. After [#OVERFLOW] the caller closes the socket: a client that missed a
    /// reliable frame must start over, and knows how to.
    public enum OfferResult {
        QUEUED,
        REPLACED,
        OVERFLOW
    }

    private final int framesMax;
    private final long bytesMax;
    private final ArrayDeque<Frame> reliable = new ArrayDeque<>();
    private final LinkedHashMap<String, Frame> latest = new LinkedHashMap<>();
    private long bytes; // of the reliable frames
    private long latestBytes;

    public Outbox(int framesMax, long bytesMax) {
        this.framesMax = framesMax;
        this.bytesMax = bytesMax;
    }

    /// Takes a frame and a reference of its own to it, or returns why not.
    public OfferResult offer(Frame frame) {
        if (frame.kind() == FrameKind.LATEST) {
            return offerLatest(frame);
        }
        if (reliable.size() >= framesMax || bytes + frame.size() > bytesMax) {
            return OfferResult.OVERFLOW;
        }
        bytes += frame.size();
        reliable.add(frame.retain());
        return OfferResult.QUEUED;
    }

    private OfferResult offerLatest(Frame frame) {
        var older = latest.remove(frame.key());
        if (older == null && latest.size() >= framesMax) {
            return OfferResult.OVERFLOW;
        }
        latest.put(frame.key(), frame.retain());
        latestBytes += frame.size();
        if (older == null) {
            return OfferResult.QUEUED;
        }
        latestBytes -= older.size();
        older.release();
        return OfferResult.REPLACED;
    }

    /// The next frame to write, whose reference passes to the caller.
    public @Nullable Frame poll() {
        var frame = reliable.poll();
        if (frame != null) {
            bytes -= frame.size();
            return frame;
        }
        var oldest = latest.pollFirstEntry();
        if (oldest == null) {
            return null;
        }
        latestBytes -= oldest.getValue().size();
        return oldest.getValue();
    }

    public boolean isEmpty() {
        return reliable.isEmpty() && latest.isEmpty();
    }

    public int size() {
        return reliable.size() + latest.size();
    }

    /// How many bytes wait.
    public long bytes() {
        return bytes + latestBytes;
    }

    /// Forgets everything.
    public void clear() {
        for (var frame = poll(); frame != null; frame = poll()) {
            frame.release();
        }
    }
}
