package waybill.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A packet with values copied from the event it replies to: `%key%` stands for the value of `"key":`.
final class ReplyTemplate {

    private static final Pattern KEY = Pattern.compile("%(\\w+)%");

    private final List<byte[]> texts = new ArrayList<>();
    private final List<AsciiPattern> keys = new ArrayList<>();

    ReplyTemplate(String template) {
        var slots = KEY.matcher(template);
        var from = 0;
        while (slots.find()) {
            texts.add(template.substring(from, slots.start()).getBytes(US_ASCII));
            keys.add(new AsciiPattern("\"" + slots.group(1) + "\":"));
            from = slots.end();
        }
        texts.add(template.substring(from).getBytes(US_ASCII));
    }

    /// The reply to the event in `bytes[from, to)`.
    byte[] render(byte[] bytes, int from, int to) {
        var packet = new ByteArrayOutputStream();
        for (var i = 0; i < keys.size(); i++) {
            packet.writeBytes(texts.get(i));
            var key = keys.get(i);
            var at = key.indexIn(bytes, from, to);
            if (at == AsciiPattern.ABSENT) {
                throw new IllegalStateException(
                        key + " missing in an event (expected: one with all keys of the reply)");
            }
            var value = at + key.length();
            packet.write(bytes, value, AsciiPattern.endOfScalar(bytes, value, to) - value);
        }
        packet.writeBytes(texts.getLast());
        return packet.toByteArray();
    }
}
