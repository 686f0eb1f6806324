package waybill.socketio.room;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// A sink that records its frames; whether it accepts joined frames is checked each time.
final class RecordingSink implements FrameSink {

    private final BooleanSupplier ready;
    private final List<String> received = new ArrayList<>();
    private int joined;

    RecordingSink(BooleanSupplier ready) {
        this.ready = ready;
    }

    List<String> received() {
        return received;
    }

    /// How often frames came joined.
    int joinedCount() {
        return joined;
    }

    @Override
    public void send(Frame frame) {
        received.add(frame.text());
    }

    @Override
    public boolean acceptsJoined() {
        return ready.getAsBoolean();
    }

    @Override
    public void writeJoined(ByteBuf frames, int packets) {
        joined++;
        received.addAll(FrameReader.messages(frames));
        frames.release();
    }
}
