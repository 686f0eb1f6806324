package waybill.socketio.engine;

import java.util.ArrayList;
import java.util.List;

/// Records the calls of the session. Completes polls as configured.
final class RecordingOutput implements SessionOutput {

    static final Timing TIMING = new Timing(25_000, 20_000, 10_000);

    final List<String> events = new ArrayList<>();
    Session session = new Session(TIMING, TransportKind.POLLING, this, 0);

    @Override
    public void send(EnginePacket packet) {
        events.add("send " + EngineCodec.encode(packet));
    }

    @Override
    public void sendToProbe(EnginePacket packet) {
        events.add("toProbe " + EngineCodec.encode(packet));
    }

    @Override
    public void deliver(String text) {
        events.add("deliver " + text);
    }

    @Override
    public void deliver(byte[] bytes) {
        events.add("deliver " + bytes.length + " bytes");
    }

    @Override
    public void releasePoll() {
        events.add("releasePoll");
        session.pollCompleted(true);
    }

    @Override
    public void releasePollSoon() {
        events.add("releasePollSoon");
    }

    @Override
    public void upgraded() {
        events.add("upgraded");
    }

    @Override
    public void dropProbe() {
        events.add("dropProbe");
    }

    @Override
    public void closed(CloseReason reason) {
        events.add("closed " + reason);
    }

    @Override
    public void finished(CloseReason reason) {
        events.add("finished " + reason);
    }
}
