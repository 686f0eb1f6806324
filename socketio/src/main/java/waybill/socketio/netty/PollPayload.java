package waybill.socketio.netty;

import org.jspecify.annotations.Nullable;
import waybill.socketio.engine.EngineCodec;
import waybill.socketio.engine.EnginePacket;
import waybill.socketio.room.Outbox;

/// What a poll is answered: the packets that wait, as one text.
final class PollPayload {

    private static final String NOOP = "6";

    private PollPayload() {}

    /// Takes packets from the outbox while they fit; the first one always does. What is left waits for the next poll.
    static String drain(@Nullable Outbox outbox, int charsMax) {
        if (outbox == null || outbox.isEmpty()) {
            return NOOP;
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
        return payload.toString();
    }

    private static void append(StringBuilder payload, String packet) {
        if (!payload.isEmpty() && !packet.isEmpty()) {
            payload.append(EngineCodec.SEPARATOR);
        }
        payload.append(packet);
    }
}
