package waybill.socketio.packet;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.ProtocolException;

/// Checks that each placeholder in a binary packet stands for an attachment that the packet has announced.
final class Placeholders {

    private Placeholders() {}

    static void check(JsonArray data, int attachments) throws ProtocolException {
        for (int i = 0; i < data.size(); i++) {
            check(data.value(i, List.of()), attachments);
        }
    }

    private static void check(@Nullable Object value, int attachments) throws ProtocolException {
        switch (value) {
            case Map<?, ?> map
            when Boolean.TRUE.equals(map.get("_placeholder")) -> {
                boolean stands = map.get("num") instanceof Long number && number >= 0 && number < attachments;
                if (!stands) {
                    throw new ProtocolException(
                            "placeholder without an attachment (expected: num 0.." + (attachments - 1) + ")");
                }
            }
            case Map<?, ?> map -> {
                for (var member : map.values()) {
                    check(member, attachments);
                }
            }
            case List<?> list -> {
                for (var element : list) {
                    check(element, attachments);
                }
            }
            case null, default -> {}
        }
    }
}
