package waybill.socketio.packet;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.ProtocolException;

/// One value as MessagePack, as nodes exchange it.
///
/// @param json the value as the standard parser would have brought it
/// @param attachments its binary parts, which have placeholders in the JSON
public record MsgpackDocument(String json, List<byte[]> attachments) {

    /// How deep a message between nodes may nest: a packet stands a few levels deep in it.
    public static final int DEPTH_MAX = PacketLimits.DEPTH_MAX + 8;

    private static final PacketLimits LIMITS =
            PacketLimits.defaults().withAttachmentsMax(Integer.MAX_VALUE).withDepthMax(DEPTH_MAX);

    public static void write(@Nullable Object value, ByteArrayOutputStream out) {
        new MsgpackWriter(out).value(value);
    }

    public static @Nullable Object read(byte[] bytes) throws ProtocolException {
        var document = MsgpackReader.document(bytes, LIMITS);
        return JsonReader.read(document.json(), 0, document.json().length(), document.attachments());
    }
}
