package waybill.socketio.netty;

import org.jspecify.annotations.Nullable;
import waybill.socketio.engine.EngineCodec;
import waybill.socketio.engine.EnginePacket;
import waybill.socketio.room.Outbox;

/// What a poll is answered: the packets that wait, as one text.
final class PollPayload {

    private static final String NOOP = EngineCodec.encode(new EnginePacket.Noop());
    private static final String CLOSE = EngineCodec.encode(new EnginePacket.Close());

    private PollPayload() {}

    /// Takes packets from the outbox while they fit; the first one always does. What is left waits for the next poll.
    /// The last of a session that is `over` is a close packet.
    static String drain(@Nullable Outbox outbox, int charsMax, boolean over) {
        if (outbox == null || outbox.isEmpty()) {
            return over ? CLOSE : NOOP;
        }
        var payload = new StringBuilder();
        while (payload.length() < charsMax) {
            var frame = outbox.poll();
            if (frame == null) {
                break;
            }
            append(payload, frame.text());
            for (var bytes : frame.attachments()) {
                append(payload, EngineCodec.encode(new EnginePacket.Binary(bytes)));
            }
            frame.release();
        }
        if (over && outbox.isEmpty()) {
            append(payload, CLOSE);
        }
        return payload.toString();
    }

    private static void append(StringBuilder payload, String packet) {
        if (!payload.isEmpty() && !packet.isEmpty()) {
            payload.append(EngineCodec.SEPARATOR);
        }
        payload.append(packet);
    }
}
