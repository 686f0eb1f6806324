package waybill.socketio.packet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes what [JsonArray#value] gives as MessagePack.
final class MsgpackWriter {

    private static final int NIL = 0xC0;
    private static final int FALSE = 0xC2;
    private static final int TRUE = 0xC3;
    private static final int BIN_8 = 0xC4;
    private static final int FLOAT_64 = 0xCB;
    private static final int INT_64 = 0xD3;
    private static final int STR_8 = 0xD9;
    private static final int STR_16 = 0xDA;
    private static final int STR_32 = 0xDB;
    private static final int ARRAY_16 = 0xDC;
    private static final int MAP_16 = 0xDE;

    private final ByteArrayOutputStream out;

    MsgpackWriter(ByteArrayOutputStream out) {
        this.out = out;
    }

    void value(@Nullable Object value) {
        switch (value) {
            case null -> out.write(NIL);
            case Boolean bool -> out.write(bool ? TRUE : FALSE);
            case Long number -> integer(number);
            case Double number -> {
                out.write(FLOAT_64);
                bytes(Double.doubleToRawLongBits(number), 8);
            }
            case String text -> string(text);
            case byte[] bytes -> binary(bytes);
            case List<?> list -> {
                header(list.size(), 0x90, ARRAY_16);
                list.forEach(this::value);
            }
            case Map<?, ?> map -> {
                header(map.size(), 0x80, MAP_16);
                map.forEach((name, member) -> {
                    string(String.valueOf(name));
                    value(member);
                });
            }
            default -> throw new AssertionError("no value of JSON: " + value.getClass());
        }
    }

    private void integer(long number) {
        if (number >= -32 && number <= 127) {
            out.write((int) number);
        } else if (number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE) {
            out.write(0xD2);
            bytes(number, 4);
        } else {
            out.write(INT_64);
            bytes(number, 8);
        }
    }

    private void string(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length < 32) {
            out.write(0xA0 | utf8.length);
        } else if (utf8.length <= 0xFF) {
            out.write(STR_8);
            bytes(utf8.length, 1);
        } else if (utf8.length <= 0xFFFF) {
            out.write(STR_16);
            bytes(utf8.length, 2);
        } else {
            out.write(STR_32);
            bytes(utf8.length, 4);
        }
        out.writeBytes(utf8);
    }

    private void binary(byte[] bytes) {
        int width = bytes.length <= 0xFF ? 0 : bytes.length <= 0xFFFF ? 1 : 2;
        out.write(BIN_8 + width);
        bytes(bytes.length, 1 << width);
        out.writeBytes(bytes);
    }

    private void header(int size, int fix, int wide) {
        if (size < 16) {
            out.write(fix | size);
        } else if (size <= 0xFFFF) {
            out.write(wide);
            bytes(size, 2);
        } else {
            out.write(wide + 1);
            bytes(size, 4);
        }
    }

    private void bytes(long value, int count) {
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }
}
