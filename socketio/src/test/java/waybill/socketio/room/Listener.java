package waybill.socketio.room;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// A line that writes down what it is told; whether it is ready for joined frames is asked each time.
final class Listener implements Line {

    private final BooleanSupplier ready;
    private final List<String> heard = new ArrayList<>();
    private int joined;

    Listener(BooleanSupplier ready) {
        this.ready = ready;
    }

    List<String> heard() {
        return heard;
    }

    /// How often frames came joined.
    int joined() {
        return joined;
    }

    @Override
    public void send(Frame frame) {
        heard.add(frame.text());
    }

    @Override
    public boolean takesJoined() {
        return ready.getAsBoolean();
    }

    @Override
    public void writeJoined(ByteBuf frames) {
        joined++;
        heard.addAll(Wire.messages(frames));
        frames.release();
    }
}
