package waybill.socketio.engine;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.engine.EnginePacket.Binary;
import waybill.socketio.engine.EnginePacket.Close;
import waybill.socketio.engine.EnginePacket.Message;
import waybill.socketio.engine.EnginePacket.Noop;
import waybill.socketio.engine.EnginePacket.Open;
import waybill.socketio.engine.EnginePacket.Ping;
import waybill.socketio.engine.EnginePacket.Pong;
import waybill.socketio.engine.EnginePacket.Upgrade;

/// Text frames and polling payloads to packets and back. Stateless, and total: any text at all gives packets or a
/// [ProtocolException].
public final class EngineCodec {

    /// What stands between the packets of a payload: the record separator of ASCII.
    public static final char SEPARATOR = '\u001e';

    private EngineCodec() {}

    /// The packet in one text; binary is `b` and base64, in a payload and from a client that sends no binary frames.
    public static EnginePacket decode(String frame) throws ProtocolException {
        if (frame.isEmpty()) {
            throw new ProtocolException("empty frame (expected: a type 0..6)");
        }
        return switch (frame.charAt(0)) {
            case '0' -> new Open(frame.substring(1));
            case '1' -> requireEmpty(new Close(), frame);
            case '2' -> new Ping(frame.substring(1));
            case '3' -> new Pong(frame.substring(1));
            case '4' -> new Message(frame.substring(1));
            case '5' -> requireEmpty(new Upgrade(), frame);
            case '6' -> requireEmpty(new Noop(), frame);
            case 'b' -> base64(frame);
            default -> throw new ProtocolException("engine packet type: '" + frame.charAt(0) + "' (expected: 0..6)");
        };
    }

    private static EnginePacket requireEmpty(EnginePacket packet, String frame) throws ProtocolException {
        if (frame.length() > 1) {
            throw new ProtocolException("data on engine packet type " + frame.charAt(0) + " (expected: none)");
        }
        return packet;
    }

    /// The packets of a polling request's body, in order; binary ones are `b` and base64.
    public static List<EnginePacket> decodePayload(String payload) throws ProtocolException {
        var packets = new ArrayList<EnginePacket>();
        int from = 0;
        while (true) {
            int end = payload.indexOf(SEPARATOR, from);
            packets.add(decode(payload.substring(from, end < 0 ? payload.length() : end)));
            if (end < 0) {
                return packets;
            }
            from = end + 1;
        }
    }

    private static EnginePacket base64(String text) throws ProtocolException {
        try {
            // The official Java client breaks lines in it, as one does in mails.
            var base64 = text.substring(1).replace("\n", "").replace("\r", "");
            return new Binary(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            throw new ProtocolException("binary packet (expected: base64 after 'b')");
        }
    }

    /// A packet as text; binary as in a payload.
    public static String encode(EnginePacket packet) {
        return switch (packet) {
            case Open(var handshake) -> "0" + handshake;
            case Close() -> "1";
            case Ping(var data) -> "2" + data;
            case Pong(var data) -> "3" + data;
            case Message(var text) -> "4" + text;
            case Binary(var bytes) -> "b" + Base64.getEncoder().encodeToString(bytes);
            case Upgrade() -> "5";
            case Noop() -> "6";
        };
    }
}
